/* Shows the program and the page of the demo that the address names: /source?chat. */

const demo = /^\?([a-z]+)$/.exec(location.search)?.[1] ?? "chat";
const program = `${demo[0].toUpperCase()}${demo.slice(1)}.java`;
const files = [`/source/${program}`, `/${demo}.js`, `/${demo}.html`];

const title = document.querySelector(`#title`);
const code = /** @type {HTMLElement} */ (document.querySelector("#code"));
const list = /** @type {HTMLElement} */ (document.querySelector("#files"));

if (title) title.textContent = `Source: ${demo}`;
/** @type {HTMLAnchorElement} */ (document.querySelector("#demo")).href = `/${demo}`;
list.append(...files.map(link));
addEventListener("hashchange", show);
show();

async function show() {
  const file = files.find((path) => location.hash === `#${name(path)}`) ?? files[0];
  for (const entry of list.children) {
    entry.setAttribute("aria-current", String(entry.textContent === name(file)));
  }
  const response = await fetch(file);
  const text = response.ok ? await response.text() : `${file} is not there.`;
  code.replaceChildren(...text.trimEnd().split("\n").map(line));
}

/** @param {string} path */
function link(path) {
  const entry = document.createElement("a");
  entry.href = `#${name(path)}`;
  entry.textContent = name(path);
  return entry;
}

/** @param {string} text */
function line(text) {
  const row = document.createElement("span");
  row.className = /^\s*(\/\/|\/?\*)/.test(text) ? "row comment" : "row";
  row.textContent = `${text}\n`;
  return row;
}

/** @param {string} path */
function name(path) {
  return path.slice(path.lastIndexOf("/") + 1);
}
