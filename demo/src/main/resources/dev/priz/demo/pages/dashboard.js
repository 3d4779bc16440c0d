import { Plot, SPAN_MILLIS } from "./plot.js";
import { ReconnectingSocket } from "./reconnect.js";
import { Status } from "./status.js";

/**
 * One reading of the machine, as the server sends it each second.
 * @typedef {object} Stats
 * @property {number} cpu_usage percent, as the next two
 * @property {number} memory_usage
 * @property {number} disk_usage
 * @property {number} timestamp epoch milliseconds, by the server's clock
 * @property {string} host
 * @property {number} cpu_cores
 * @property {number} memory_total bytes, as the next three
 * @property {number} memory_used
 * @property {number} disk_total
 * @property {number} disk_used
 */

const LATE_AFTER_MILLIS = 3_000;
const DEAD_AFTER_MILLIS = 10_000;
const REFRESH_MILLIS = 250;

const cpu = metric("cpu");
const memory = metric("memory");
const disk = metric("disk");
const metrics = [cpu, memory, disk];
const freshness = byId("freshness");

/** By this page's clock, as the server's may differ; 0 before the first reading. */
let receivedMillis = 0;
let aheadMillis = 0;
let drawnMillis = 0;
let openedMillis = 0;
/** @type {import("./reconnect.js").State} */
let state = "closed";

const socket = new ReconnectingSocket("/ws/dashboard", {
  onMessage: (text) => receive(JSON.parse(text)),
  onState: (next, nextTryMillis) => {
    state = next;
    status.show(next, nextTryMillis);
    if (next === "open") openedMillis = Date.now();
  },
});
const status = new Status(byId("status"), () => socket.connect());
socket.connect();

setInterval(refresh, REFRESH_MILLIS);
document.addEventListener("visibilitychange", refresh);

/** @param {Stats} stats */
function receive(stats) {
  receivedMillis = Date.now();
  aheadMillis = stats.timestamp - receivedMillis;
  add(cpu, stats.timestamp, stats.cpu_usage);
  add(memory, stats.timestamp, stats.memory_usage);
  add(disk, stats.timestamp, stats.disk_usage);
  byId("host").textContent = stats.host;
  cpu.detail.textContent = stats.cpu_cores === 1 ? "1 core" : `${stats.cpu_cores} cores`;
  memory.detail.textContent = `${bytes(stats.memory_used)} of ${bytes(stats.memory_total)}`;
  disk.detail.textContent = `${bytes(stats.disk_used)} of ${bytes(stats.disk_total)}`;
  draw();
  refresh();
}

/**
 * @param {ReturnType<typeof metric>} into
 * @param {number} time
 * @param {number} value
 */
function add(into, time, value) {
  const { samples } = into;
  // the server's clock was set back: what was drawn for then is not comparable
  if (samples.length && time <= samples[samples.length - 1].time) samples.length = 0;
  samples.push({ time, value });
  while (time - samples[0].time > SPAN_MILLIS) samples.shift();
  const values = samples.map((sample) => sample.value);
  into.value.textContent = percent(value);
  into.range.textContent = `min ${percent(Math.min(...values))}, max ${percent(Math.max(...values))}`;
}

function draw() {
  if (document.hidden) return;
  drawnMillis = Date.now();
  for (const { plot, samples } of metrics) plot.draw(samples, drawnMillis + aheadMillis);
}

/** Says how old the figures are; without new ones the plots move on, so that a gap is seen as one. */
function refresh() {
  if (document.hidden) return;
  const now = Date.now();
  const age = now - receivedMillis;
  const late = receivedMillis > 0 && age > LATE_AFTER_MILLIS;
  byId("metrics").classList.toggle("stale", late);
  freshness.classList.toggle("late", late);
  freshness.textContent = receivedMillis ? `Updated ${seconds(age)} ago` : "Waiting for the first reading";
  if (receivedMillis && now - drawnMillis > 1_500) draw();
  // an open connection without readings is a dead one
  if (state === "open" && now - Math.max(openedMillis, receivedMillis) > DEAD_AFTER_MILLIS) socket.connect();
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

/** @param {number} count */
function bytes(count) {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  let unit = 0;
  while (count >= 1024 && unit < units.length - 1) {
    count /= 1024;
    unit++;
  }
  return `${count.toFixed(count < 100 && unit > 0 ? 1 : 0)} ${units[unit]}`;
}

/** @param {string} id */
function metric(id) {
  const svg = /** @type {SVGSVGElement} */ (/** @type {unknown} */ (byId(`${id}-plot`)));
  /** @type {import("./plot.js").Sample[]} */
  const samples = [];
  const detail = byId(`${id}-detail`);
  const range = byId(`${id}-range`);
  return { samples, plot: new Plot(svg), value: byId(id), detail, range };
}

/** @param {string} id */
function byId(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}
