import { Plot } from "./plot.js";
import { Priz } from "./priz.js";
import { Readings } from "./readings.js";
import { Status } from "./status.js";

/** @typedef {import("./plot.js").Sample} Sample */

const LATE_AFTER_MILLIS = 3_000;
const REFRESH_MILLIS = 250;
const NOTICE_MILLIS = 15_000;
const KEPT_READINGS = 600;

const cpu = metric("cpu");
const memory = metric("memory");
const disk = metric("disk");
const freshness = byId("freshness");

/** @type {Map<string, {readings: Readings, button: HTMLButtonElement, value: HTMLElement}>} */
const machines = new Map();
/** @type {{plot: Plot, value: HTMLElement}[]} */
const cores = [];
/** @type {Readings | undefined} */
let selected;
let spanMillis = 120_000;
let drawnMillis = 0;
let frame = 0;

const priz = new Priz("/ws/dashboard/topics", {
  onState: (state, nextTryMillis) => status.show(state, nextTryMillis),
});
const status = new Status(byId("status"), () => priz.connect());

priz.subscribe("dashboard/machines", {
  last: 100,
  onMessage: ({ topic, about }) => meet(topic, about),
});

for (const button of document.querySelectorAll("[data-minutes]")) {
  button.addEventListener("click", () => {
    spanMillis = Number(/** @type {HTMLElement} */ (button).dataset.minutes) * 60_000;
    for (const each of document.querySelectorAll("[data-minutes]")) {
      each.setAttribute("aria-pressed", String(each === button));
    }
    schedule();
  });
}
setInterval(refresh, REFRESH_MILLIS);
document.addEventListener("visibilitychange", schedule);

/** Follows a machine that is new to this page. @param {string} topic @param {string} about */
function meet(topic, about) {
  if (machines.has(topic)) return;
  const readings = new Readings(topic, about);
  const button = document.createElement("button");
  button.type = "button";
  button.title = about;
  const name = document.createElement("span");
  name.textContent = readings.name;
  const value = document.createElement("b");
  value.textContent = "–";
  button.append(name, value);
  button.addEventListener("click", () => select(readings));
  byId("machines").append(button);
  machines.set(topic, { readings, button, value });
  priz.subscribe(topic, {
    last: KEPT_READINGS,
    onSubscribed: ({ first, recovered }) => {
      if (!first && recovered) tell("The connection was lost. What was measured meanwhile has been filled in.");
    },
    onMessage: (stats) => {
      readings.add(stats);
      value.textContent = percent(stats.cpu_usage);
      if (readings === selected) schedule();
    },
    onLost: () => tell("Readings are missing: the plots have a gap, or begin anew."),
  });
  select(selected ?? readings);
}

/** @param {Readings} readings */
function select(readings) {
  selected = readings;
  for (const machine of machines.values()) {
    machine.button.setAttribute("aria-pressed", String(machine.readings === readings));
  }
  byId("host").textContent = readings.name;
  byId("about").textContent = readings.about;
  schedule();
}

/** Of all readings that come together, such as those of the past, the last is drawn. */
function schedule() {
  frame ||= requestAnimationFrame(() => {
    frame = 0;
    draw();
    refresh();
  });
}

function draw() {
  const latest = selected?.latest;
  if (!selected || !latest) return;
  drawnMillis = Date.now();
  const now = drawnMillis + selected.aheadMillis;
  show(cpu, selected.cpu, now);
  show(memory, selected.memory, now);
  show(disk, selected.disk, now);
  showCores(selected.cores, now);
  cpu.title.textContent = selected.cores.length ? "All cores" : "Processor";
  memory.title.textContent = latest.threads ? "Heap" : "Memory";
  const counts = [count(latest.cpu_cores, "core"), count(latest.threads, "thread")];
  cpu.detail.textContent = counts.filter(Boolean).join(", ");
  memory.detail.textContent = `${bytes(latest.memory_used)} of ${bytes(latest.memory_total)}`;
  disk.detail.textContent = `${bytes(latest.disk_used)} of ${bytes(latest.disk_total)}`;
}

/** @param {ReturnType<typeof metric>} into @param {Sample[]} samples @param {number} now */
function show(into, samples, now) {
  into.section.hidden = samples.length === 0;
  if (into.section.hidden) return;
  into.plot.draw(samples, now, spanMillis);
  const values = samples.filter(({ time }) => now - time <= spanMillis).map(({ value }) => value);
  into.value.textContent = percent(samples[samples.length - 1].value);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  into.range.textContent = values.length ? `min ${percent(least)}, max ${percent(most)}` : "";
}

/** @param {Sample[][]} samples of each core @param {number} now */
function showCores(samples, now) {
  byId("cores").hidden = samples.length === 0;
  while (cores.length < samples.length) cores.push(core(cores.length));
  cores.forEach(({ plot, value }, i) => {
    const own = samples[i] ?? [];
    /** @type {HTMLElement} */ (value.parentElement).hidden = own.length === 0;
    if (!own.length) return;
    plot.draw(own, now, spanMillis);
    value.textContent = percent(own[own.length - 1].value);
  });
}

/** Says how old the figures are; without new ones the plots move on, so that a gap is seen as one. */
function refresh() {
  if (document.hidden || !selected) return;
  const now = Date.now();
  for (const { readings, button } of machines.values()) {
    button.classList.toggle("stale", now - readings.receivedMillis > LATE_AFTER_MILLIS);
  }
  const { receivedMillis } = selected;
  const age = now - receivedMillis;
  const late = receivedMillis > 0 && age > LATE_AFTER_MILLIS;
  byId("metrics").classList.toggle("stale", late);
  freshness.classList.toggle("late", late);
  freshness.textContent = receivedMillis ? `Updated ${seconds(age)} ago` : "Waiting for the first reading";
  if (receivedMillis && now - drawnMillis > 1_500) draw();
}

/** @param {string} words */
function tell(words) {
  byId("notice").textContent = words;
  setTimeout(() => {
    if (byId("notice").textContent === words) byId("notice").textContent = "";
  }, NOTICE_MILLIS);
}

/** @param {number} millis */
function seconds(millis) {
  if (millis < 9_950) return `${(Math.max(0, millis) / 1000).toFixed(1)} s`;
  return millis < 120_000 ? `${Math.round(millis / 1000)} s` : `${Math.round(millis / 60_000)} min`;
}

/** @param {number} value */
function percent(value) {
  return `${value.toFixed(1)}%`;
}

/** @param {number | undefined} number @param {string} what */
function count(number, what) {
  if (number === undefined) return "";
  return number === 1 ? `1 ${what}` : `${number} ${what}s`;
}

/** @param {number | undefined} number */
function bytes(number = 0) {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  let unit = 0;
  while (number >= 1024 && unit < units.length - 1) {
    number /= 1024;
    unit++;
  }
  return `${number.toFixed(number < 100 && unit > 0 ? 1 : 0)} ${units[unit]}`;
}

/** @param {string} id */
function metric(id) {
  const svg = /** @type {SVGSVGElement} */ (/** @type {unknown} */ (byId(`${id}-plot`)));
  const section = /** @type {HTMLElement} */ (svg.parentElement);
  const title = byId(`${id}-title`);
  const detail = byId(`${id}-detail`);
  const range = byId(`${id}-range`);
  return { section, title, plot: new Plot(svg), value: byId(id), detail, range };
}

/** The place of one core. @param {number} index */
function core(index) {
  const section = document.createElement("section");
  section.className = "metric metric-cpu";
  const title = document.createElement("h2");
  title.textContent = `Core ${index + 1}`;
  const value = document.createElement("p");
  value.className = "value";
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.id = `core-${index}-plot`;
  svg.setAttribute("class", "plot");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", `Use of core ${index + 1} over time`);
  section.append(title, value, svg);
  byId("cores").append(section);
  return { plot: new Plot(svg), value };
}

/** @param {string} id */
function byId(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}
