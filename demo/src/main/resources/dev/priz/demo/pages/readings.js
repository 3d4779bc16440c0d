/**
 * One reading, as it is published each second; a machine says all of it, its cores and programs a part.
 * @typedef {object} Stats
 * @property {number} cpu_usage percent, as the next two
 * @property {number} [memory_usage]
 * @property {number} [disk_usage]
 * @property {number} timestamp epoch milliseconds, by the server's clock
 * @property {number[]} [cores] percent of each
 * @property {number} [cpu_cores]
 * @property {number} [memory_total] bytes, as the next three
 * @property {number} [memory_used]
 * @property {number} [disk_total]
 * @property {number} [disk_used]
 * @property {number} [threads]
 */

/** @typedef {import("./plot.js").Sample} Sample */

/** How far back readings are kept, as by the server. */
const KEPT_MILLIS = 600_000;
const AGAIN_MILLIS = 10_000;

/** The readings of one topic, for the last ten minutes. */
export class Readings {
  /** @type {Sample[]} */ cpu = [];
  /** @type {Sample[]} */ memory = [];
  /** @type {Sample[]} */ disk = [];
  /** @type {Sample[][]} one list for each core */ cores = [];
  /** @type {Stats | undefined} the newest */ latest;
  /** By this page's clock, as the server's may differ; 0 before the first reading. */
  receivedMillis = 0;
  aheadMillis = 0;

  /** @param {string} topic such as "dashboard/HOST" @param {string} about */
  constructor(topic, about) {
    this.topic = topic;
    this.name = topic.slice(topic.indexOf("/") + 1);
    this.about = about;
  }

  /** @param {Stats} stats */
  add(stats) {
    const { timestamp: time } = stats;
    const behindMillis = (this.latest?.timestamp ?? 0) - time;
    // a little behind, it is one that is known; far behind, the past is told once more, or the
    // server's clock was set back, and what was drawn for then is not comparable
    if (this.latest && behindMillis >= 0 && behindMillis < AGAIN_MILLIS) return;
    if (behindMillis >= AGAIN_MILLIS) this.#forget();
    this.latest = stats;
    this.receivedMillis = Date.now();
    this.aheadMillis = time - this.receivedMillis;
    put(this.cpu, time, stats.cpu_usage);
    put(this.memory, time, stats.memory_usage);
    put(this.disk, time, stats.disk_usage);
    stats.cores?.forEach((value, core) => put((this.cores[core] ??= []), time, value));
  }

  #forget() {
    for (const samples of [this.cpu, this.memory, this.disk, ...this.cores]) samples.length = 0;
  }
}

/** @param {Sample[]} samples @param {number} time @param {number | undefined} value */
function put(samples, time, value) {
  if (value === undefined) return;
  samples.push({ time, value });
  while (time - samples[0].time > KEPT_MILLIS) samples.shift();
}
