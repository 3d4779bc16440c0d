import { smoothPath } from "./curve.js";

/** @typedef {{time: number, value: number}} Sample a percentage at an epoch time in milliseconds */

// readings come once a second: from here on, some are missing
const GAP_MILLIS = 2_500;
const POINTER_REACH = 12;
const LEFT = 42;
const RIGHT = 12;
const TOP = 8;
const BOTTOM = 22;
const PERCENTS = [0, 25, 50, 75, 100];
/** Where the time axis has its lines, in parts of the whole. */
const AGES = [1, 0.75, 0.5, 0.25, 0];

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit" });

/** An area chart of percentages over the last minutes, drawn into an `<svg>` of any size. */
export class Plot {
  #svg;
  #axes;
  #area;
  #trace;
  #dots;
  #reading;
  /** @type {Sample[]} */ #samples = [];
  #now = 0;
  #span = 120_000;
  #pointerX = NaN;

  /** @param {SVGSVGElement} svg an empty element with an id */
  constructor(svg) {
    this.#svg = svg;
    this.#axes = append(svg, "g");
    this.#area = append(svg, "path", { fill: `url(#${fade(svg)})` });
    this.#trace = append(svg, "path", { class: "trace" });
    this.#dots = append(svg, "g", { class: "dots" });
    this.#reading = append(svg, "g", { class: "reading" });
    new ResizeObserver(() => this.#resize()).observe(svg);
    svg.addEventListener("pointermove", (event) => this.#point(event.offsetX));
    svg.addEventListener("pointerdown", (event) => this.#point(event.offsetX));
    svg.addEventListener("pointerleave", () => this.#point(NaN));
  }

  /**
   * Draws `samples`, oldest first, with `now` at the right edge.
   * @param {Sample[]} samples
   * @param {number} now
   * @param {number} span how far back it looks, in milliseconds
   */
  draw(samples, now, span) {
    if (span !== this.#span) {
      this.#span = span;
      this.#drawAxes();
    }
    this.#samples = samples.filter(({ time }) => now - time <= span);
    this.#now = now;
    const runs = this.#runs();
    const floor = this.#y(0);
    const long = runs.filter((run) => run.length > 1);
    this.#trace.setAttribute("d", long.map(smoothPath).join(""));
    this.#area.setAttribute("d", long.map((run) =>
      `${smoothPath(run)}V${floor}H${run[0].x.toFixed(1)}Z`).join(""));
    const lone = runs.filter((run) => run.length === 1).map(([point]) => point);
    const latest = runs.at(-1)?.at(-1);
    this.#dots.replaceChildren();
    for (const { x, y } of lone) append(this.#dots, "circle", { cx: x, cy: y, r: 2 });
    if (latest) append(this.#dots, "circle", { cx: latest.x, cy: latest.y, r: 4 });
    this.#showReading();
  }

  /** The samples as points, cut where readings are missing. */
  #runs() {
    /** @type {import("./curve.js").Point[][]} */
    const runs = [];
    let before = -Infinity;
    for (const { time, value } of this.#samples) {
      if (time - before > GAP_MILLIS) runs.push([]);
      /** @type {import("./curve.js").Point[]} */ (runs.at(-1)).push({ x: this.#x(time), y: this.#y(value) });
      before = time;
    }
    return runs;
  }

  #resize() {
    if (this.#svg.clientWidth === 0) return;
    this.#drawAxes();
    this.draw(this.#samples, this.#now, this.#span);
  }

  #drawAxes() {
    const { clientWidth: width, clientHeight: height } = this.#svg;
    this.#axes.replaceChildren();
    for (const percent of PERCENTS) {
      const y = this.#y(percent);
      append(this.#axes, "path", { class: "grid", d: `M${LEFT} ${Math.round(y) + 0.5}H${width - RIGHT}` });
      if (percent % 50 === 0) this.#label(`${percent}%`, LEFT - 8, y + 4, "end");
    }
    for (const part of AGES) {
      const age = part * this.#span;
      const x = this.#x(this.#now - age);
      append(this.#axes, "path", { class: "grid", d: `M${Math.round(x) + 0.5} ${TOP}V${this.#y(0)}` });
      this.#label(age ? ago(age) : "now", x, height - 5, age ? "middle" : "end");
    }
  }

  /** @param {number} x */
  #point(x) {
    this.#pointerX = x;
    this.#showReading();
  }

  /** Shows the reading under the pointer. */
  #showReading() {
    this.#reading.replaceChildren();
    const nearest = this.#nearest();
    if (!nearest) return;
    const { time, value } = nearest;
    const x = this.#x(time);
    const y = this.#y(value);
    append(this.#reading, "line", { x1: x, x2: x, y1: TOP, y2: this.#y(0) });
    append(this.#reading, "circle", { cx: x, cy: y, r: 4 });
    const atRight = x > this.#svg.clientWidth / 2;
    const label = append(this.#reading, "text",
      { x: x + (atRight ? -10 : 10), y: TOP + 14, "text-anchor": atRight ? "end" : "start" });
    label.textContent = `${value.toFixed(1)}% at ${clock.format(time)}`;
  }

  #nearest() {
    /** @type {Sample | null} */
    let nearest = null;
    let least = POINTER_REACH;
    for (const sample of this.#samples) {
      const distance = Math.abs(this.#x(sample.time) - this.#pointerX);
      if (!(distance < least)) continue;
      nearest = sample;
      least = distance;
    }
    return nearest;
  }

  /**
   * @param {string} words
   * @param {number} x
   * @param {number} y
   * @param {string} anchor
   */
  #label(words, x, y, anchor) {
    append(this.#axes, "text", { x, y, "text-anchor": anchor }).textContent = words;
  }

  /** @param {number} time */
  #x(time) {
    const right = this.#svg.clientWidth - RIGHT;
    return right - ((this.#now - time) / this.#span) * (right - LEFT);
  }

  /** @param {number} percent */
  #y(percent) {
    const bottom = this.#svg.clientHeight - BOTTOM;
    return bottom - (Math.min(100, Math.max(0, percent)) / 100) * (bottom - TOP);
  }
}

/** @param {number} millis */
function ago(millis) {
  return millis > 120_000 ? `−${millis / 60_000} min` : `−${millis / 1000} s`;
}

/**
 * Adds the gradient under the curve; the id of it.
 * @param {SVGSVGElement} svg
 */
function fade(svg) {
  const id = `${svg.id}-fade`;
  const gradient = append(svg, "linearGradient", { id, x2: 0, y2: 1 });
  append(gradient, "stop", { "stop-color": "currentColor", "stop-opacity": 0.32 });
  append(gradient, "stop", { offset: 1, "stop-color": "currentColor", "stop-opacity": 0.06 });
  return id;
}

/**
 * @param {Element} parent
 * @param {string} name
 * @param {Record<string, string | number>} attributes
 */
function append(parent, name, attributes = {}) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  parent.append(made);
  return made;
}
