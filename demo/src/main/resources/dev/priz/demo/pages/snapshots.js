/**
 * What the server says of the arena; Snapshot.java has the format.
 *
 * @typedef {{id: number, x: number, y: number, speedX: number, speedY: number, heading: number,
 *   dashing: boolean, safe: boolean, away: boolean, number: number}} Plug
 * @typedef {{x: number, y: number, worth: number}} Spark
 * @typedef {{tick: number, plugs: Map<number, Plug>, sparks: Spark[]}} Snapshot
 */

const TURN = 2 * Math.PI;
const PLUG_BYTES = 11;
const SPARK_BYTES = 5;
// two snapshots back, so that there is nearly always one before and one after
const DELAY_TICKS = 2;
const MAX_AHEAD_TICKS = 2;
const MAX_KEPT = 12;

/**
 * @param {ArrayBuffer} message
 * @returns {Snapshot}
 */
export function decode(message) {
  const view = new DataView(message);
  const plugs = new Map();
  let at = 6;
  for (let count = view.getUint16(4); count > 0; count--, at += PLUG_BYTES) {
    const flags = view.getUint8(at + 9);
    plugs.set(view.getUint16(at), {
      id: view.getUint16(at),
      x: view.getUint16(at + 2) / 16,
      y: view.getUint16(at + 4) / 16,
      speedX: view.getInt8(at + 6) * 8,
      speedY: view.getInt8(at + 7) * 8,
      heading: (view.getUint8(at + 8) * TURN) / 256,
      dashing: (flags & 1) !== 0,
      safe: (flags & 2) !== 0,
      away: (flags & 4) !== 0,
      number: view.getUint8(at + 10),
    });
  }
  const sparks = [];
  for (; at < message.byteLength; at += SPARK_BYTES) {
    const [x, y] = [view.getUint16(at), view.getUint16(at + 2)];
    sparks.push({ x, y, worth: view.getUint8(at + 4) });
  }
  return { tick: view.getUint32(0), plugs, sparks };
}

/** The last snapshots, and what was between them. */
export class Timeline {
  /** @type {Snapshot[]} */ #kept = [];
  #tickMillis;
  /** When tick 0 would have arrived. */
  #beginMillis = 0;

  /** @param {number} ticksPerSecond */
  constructor(ticksPerSecond) {
    this.#tickMillis = 1000 / ticksPerSecond;
  }

  get newest() {
    return this.#kept.at(-1);
  }

  /** @param {Snapshot} snapshot @param {number} nowMillis */
  add(snapshot, nowMillis) {
    const begin = nowMillis - snapshot.tick * this.#tickMillis;
    const before = this.newest;
    const follows = before && snapshot.tick > before.tick;
    // a server that has started again, or a pause in which nobody watched
    if (!follows || Math.abs(begin - this.#beginMillis) > 1000) {
      this.#kept = [];
      this.#beginMillis = begin;
    }
    // what comes early shows the true delay, what comes late says little
    const early = begin < this.#beginMillis;
    this.#beginMillis += (begin - this.#beginMillis) * (early ? 0.3 : 0.02);
    this.#kept.push(snapshot);
    if (this.#kept.length > MAX_KEPT) this.#kept.shift();
  }

  /**
   * The arena a little while ago: sparks and flags as in the last snapshot before then, places
   * between those in that and the next.
   * @param {number} nowMillis
   */
  at(nowMillis) {
    const tick = (nowMillis - this.#beginMillis) / this.#tickMillis - DELAY_TICKS;
    let index = this.#kept.findLastIndex((snapshot) => snapshot.tick <= tick);
    if (index < 0) index = 0;
    const before = this.#kept[index];
    if (!before) return { tick: 0, plugs: [], sparks: [] };
    const after = this.#kept[index + 1];
    const plugs = [...before.plugs.values()].map((plug) => {
      const next = after?.plugs.get(plug.id);
      if (after && next) return between(plug, next, (tick - before.tick) / (after.tick - before.tick));
      const ahead = Math.min(MAX_AHEAD_TICKS, Math.max(0, tick - before.tick));
      const seconds = (ahead * this.#tickMillis) / 1000;
      return { ...plug, x: plug.x + plug.speedX * seconds, y: plug.y + plug.speedY * seconds };
    });
    return { tick: before.tick, plugs, sparks: before.sparks };
  }
}

/** @param {Plug} a @param {Plug} b @param {number} part of the way */
function between(a, b, part) {
  const way = Math.min(1, Math.max(0, part));
  return {
    ...a,
    x: a.x + (b.x - a.x) * way,
    y: a.y + (b.y - a.y) * way,
    heading: turned(a.heading, b.heading, way),
  };
}

/** A heading on the shorter way to another. @param {number} from @param {number} to @param {number} part */
export function turned(from, to, part) {
  const turn = ((((to - from) % TURN) + TURN + Math.PI) % TURN) - Math.PI;
  return from + turn * part;
}
