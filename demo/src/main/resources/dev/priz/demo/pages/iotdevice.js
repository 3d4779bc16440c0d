import { SPAN_MILLIS, drawTrend } from "./iotplot.js";

/**
 * What a device reports.
 * @typedef {object} Reading
 * @property {string} device
 * @property {string} house
 * @property {string} kind
 * @property {string} unit
 * @property {number} low the least that the target may be
 * @property {number} high
 * @property {number} value
 * @property {number} target
 * @property {boolean} on
 * @property {number} seconds between two reports, about
 * @property {number} time epoch milliseconds
 * @property {boolean} late measured without a connection
 * @property {string[]} done the commands that it has followed
 *
 * @typedef {{on?: boolean, target?: number, seconds?: number}} Change what a command changes
 *
 * @typedef {object} Event what happened to a device, of the kinds that the page lists
 * @property {string} words
 * @property {string} state
 * @property {boolean} pending
 *
 * @typedef {object} Command
 * @property {Change} change
 * @property {number} sentMillis by this page's clock of `performance`; 0 if another page sent it
 * @property {Event} event
 */

const MAX_EVENTS = 20;
const WAITS = "waits until it is back";

/** A device as this page knows it, and its tile. */
export class Device {
  /** @type {import("./iotplot.js").Sample[]} */ samples = [];
  /** @type {Event[]} newest first */ events = [];
  online = false;
  /** When it went offline, by this page's clock. */
  offlineMillis = 0;
  /** Of the newest reading. @type {Reading} */ latest;
  /** @type {Map<string, Command>} that it has not followed yet */ #commands = new Map();
  #caughtUp = 0;
  #tile = document.createElement("button");
  #value = document.createElement("span");
  #number = document.createTextNode("");
  #trend = document.createElementNS("http://www.w3.org/2000/svg", "svg");

  /** @param {Reading} first */
  constructor(first) {
    this.latest = first;
    const { kind } = first;
    const name = document.createElement("span");
    name.className = "tile-name";
    name.textContent = this.name;
    const unit = document.createElement("small");
    unit.textContent = first.unit;
    this.#value.className = "tile-value";
    this.#value.append(this.#number, " ", unit);
    this.#trend.setAttribute("class", "trend");
    this.#trend.setAttribute("aria-hidden", "true");
    this.#trend.append(document.createElementNS("http://www.w3.org/2000/svg", "path"));
    this.#tile.type = "button";
    this.#tile.id = first.device;
    this.#tile.className = `tile ${kind}`;
    this.#tile.append(icon(kind), name, this.#value, this.#trend);
  }

  get tile() {
    return this.#tile;
  }

  get name() {
    const { kind } = this.latest;
    return kind[0].toUpperCase() + kind.slice(1);
  }

  /** Silence after which something is missing in a plot. */
  get gapMillis() {
    return 2_500 * Math.max(this.latest.seconds, 2);
  }

  /** What is to be shown of a setting: what was asked for, until the device has done it. */
  get wanted() {
    let { on, target, seconds } = this.latest;
    for (const { change } of this.#commands.values()) ({ on, target, seconds } = { on, target, seconds, ...change });
    return { on, target, seconds };
  }

  get pending() {
    return this.#commands.size > 0;
  }

  /** @param {Reading} reading */
  hear(reading) {
    const { time, value, late } = reading;
    let at = this.samples.length;
    while (at > 0 && this.samples[at - 1].time > time) at--;
    this.samples.splice(at, 0, { time, value, late });
    const oldest = (this.samples.at(-1)?.time ?? 0) - SPAN_MILLIS;
    while (this.samples[0].time < oldest) this.samples.shift();
    if (time >= this.latest.time) this.latest = reading;
    if (late && this.offlineMillis) this.#caughtUp++;
    for (const id of reading.done) this.#followed(id);
  }

  /**
   * A command of this page, or another.
   * @param {string} id @param {Change} change @param {boolean} own
   */
  told(id, change, own) {
    const event = this.tell(wordsOf(change, this.latest.unit), this.online ? "sent" : WAITS, true);
    this.#commands.set(id, { change, sentMillis: own ? performance.now() : 0, event });
  }

  /** A command did not get to the server. @param {string} id @param {string} why */
  failed(id, why) {
    const command = this.#commands.get(id);
    this.#commands.delete(id);
    if (command) Object.assign(command.event, { state: why, pending: false });
  }

  /** @param {boolean} online @param {boolean} news whether that has just changed */
  setOnline(online, news) {
    if (online === this.online) return;
    this.online = online;
    if (!online) {
      this.offlineMillis = Date.now();
      this.#caughtUp = 0;
      for (const { event } of this.#commands.values()) event.state = WAITS;
      if (news) this.tell("Went offline", "", false);
    } else if (news) {
      const event = this.tell("Came back", "", false);
      // what it has measured meanwhile comes right after
      setTimeout(() => {
        event.state = this.#caughtUp ? `with ${this.#caughtUp} readings from meanwhile` : "";
        this.offlineMillis = 0;
      }, 1_500);
    }
  }

  /** @param {string} words @param {string} state @param {boolean} pending */
  tell(words, state, pending) {
    const event = { words, state, pending };
    this.events.unshift(event);
    this.events.length = Math.min(this.events.length, MAX_EVENTS);
    return event;
  }

  /** @param {number} now by the devices' clock @param {boolean} selected */
  draw(now, selected) {
    const { on, unit, value } = this.latest;
    const tile = this.#tile;
    tile.classList.toggle("off", !on);
    tile.classList.toggle("offline", !this.online);
    tile.classList.toggle("pending", this.pending);
    tile.setAttribute("aria-pressed", String(selected));
    const state = this.online ? (on ? "" : ", off") : ", offline";
    tile.setAttribute("aria-label", `${this.name}, ${shown(value, unit)}${state}`);
    this.#number.data = figure(value, unit);
    drawTrend(this.#trend, this.samples, now, this.gapMillis);
  }

  /** @param {string} id of a command */
  #followed(id) {
    const command = this.#commands.get(id);
    if (!command) return;
    this.#commands.delete(id);
    const { event, sentMillis } = command;
    event.pending = false;
    event.state = sentMillis ? `done after ${took(performance.now() - sentMillis)}` : "done";
  }
}

/** @param {number} value @param {string} unit */
export function shown(value, unit) {
  return `${figure(value, unit)}\u202f${unit}`;
}

/** @param {number} value @param {string} unit */
function figure(value, unit) {
  return value.toFixed(unit === "%" ? 0 : 1);
}

/** @param {string} kind */
export function icon(kind) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#icon-${kind}`);
  svg.append(use);
  return svg;
}

/** @param {Change} change @param {string} unit */
function wordsOf({ on, target, seconds }, unit) {
  if (on !== undefined) return on ? "Switch on" : "Switch off";
  if (target !== undefined) return `Target ${shown(target, unit)}`;
  return `Report every ${seconds} s`;
}

/** @param {number} millis */
function took(millis) {
  return millis < 1_000 ? `${Math.max(1, Math.round(millis))} ms` : `${(millis / 1_000).toFixed(1)} s`;
}
