/* Shows the program and the page of the demo that the address names: /source?chat. */

const demo = /^\?([a-z]+)$/.exec(location.search)?.[1] ?? "chat";
/** Beside NAME.java, NAME.js and NAME.html. @type {Record<string, string[]>} */
const MORE = {
  chat: ["/source/Stamped.java", "/people.js", "/rooms.js", "/transcript.js", "/typing.js"],
  notifications: ["/source/Stamped.java", "/marks.js", "/toasts.js"],
  game: [
    "/source/Arena.java",
    "/source/Plug.java",
    "/source/Bots.java",
    "/source/Snapshot.java",
    "/flight.js",
    "/snapshots.js",
    "/stage.js",
    "/cords.js",
    "/stick.js",
    "/standings.js",
  ],
  prices: ["/source/Market.java", "/quote.js", "/tile.js", "/chart.js"],
  iot: ["/source/Device.java", "/iotdevice.js", "/iotpanel.js", "/iotplot.js"],
  editor: ["/sharedtext.js", "/textfield.js", "/carets.js"],
  dashboard: ["/source/Machine.java", "/source/Program.java", "/readings.js", "/plot.js", "/curve.js"],
};

const program = `${demo[0].toUpperCase()}${demo.slice(1)}.java`;
const more = MORE[demo] ?? [];
const files = [
  `/source/${program}`,
  ...more.filter((path) => path.endsWith(".java")),
  `/${demo}.html`,
  `/${demo}.js`,
  ...more.filter((path) => path.endsWith(".js")),
  "/priz.js",
];

const title = document.querySelector("#title");
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
