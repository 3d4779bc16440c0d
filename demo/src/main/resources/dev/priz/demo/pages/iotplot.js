import { smoothPath } from "./curve.js";

/**
 * @typedef {object} Sample
 * @property {number} time epoch milliseconds, by the device's clock
 * @property {number} value
 * @property {boolean} late measured while the device had no connection
 *
 * @typedef {import("./curve.js").Point} Point
 */

/** How far back the plots look. */
export const SPAN_MILLIS = 180_000;

const LEFT = 40;
const RIGHT = 10;
const TOP = 8;
const BOTTOM = 22;
const AGES_SECONDS = [180, 120, 60, 0];
const TRACE_INSET = 3;

/**
 * Draws the trend of a tile into an `<svg>` that has one `<path>`.
 * @param {SVGSVGElement} svg
 * @param {Sample[]} samples oldest first
 * @param {number} now
 * @param {number} gapMillis silence that is a gap
 */
export function drawTrend(svg, samples, now, gapMillis) {
  const { clientWidth: width, clientHeight: height } = svg;
  if (!width) return;
  const values = samples.map(({ value }) => value);
  const { low, high } = range(values, 1);
  const runs = runsOf(samples, gapMillis, ({ time, value }) => ({
    x: width - ((now - time) / SPAN_MILLIS) * width,
    y: height - TRACE_INSET - ((value - low) / (high - low)) * (height - 2 * TRACE_INSET),
  }));
  svg.children[0].setAttribute("d", pathOf(runs));
}

/** What one device has measured, drawn into an `<svg>` of any size. */
export class History {
  #svg;
  #axes;
  #target;
  #trace;
  #late;
  #dot;

  /** @param {SVGSVGElement} svg an empty element */
  constructor(svg) {
    this.#svg = svg;
    this.#axes = append(svg, "g");
    this.#target = append(svg, "path", { class: "target" });
    this.#trace = append(svg, "path", { class: "trace" });
    this.#late = append(svg, "g", { class: "late" });
    this.#dot = append(svg, "circle", { class: "dot", r: 4 });
  }

  /**
   * @param {Sample[]} samples oldest first
   * @param {number | undefined} target if the device has one now
   * @param {number} now
   * @param {number} gapMillis silence that is a gap
   */
  draw(samples, target, now, gapMillis) {
    const { clientWidth: width, clientHeight: height } = this.#svg;
    if (!width) return;
    const { low, high } = range([...samples.map(({ value }) => value), ...(target === undefined ? [] : [target])], 1);
    const right = width - RIGHT;
    const bottom = height - BOTTOM;
    /** @param {number} time */
    const x = (time) => right - ((now - time) / SPAN_MILLIS) * (right - LEFT);
    /** @param {number} value */
    const y = (value) => bottom - ((value - low) / (high - low)) * (bottom - TOP);

    this.#axes.replaceChildren();
    for (const value of ticks(low, high)) {
      this.#line(`M${LEFT} ${Math.round(y(value)) + 0.5}H${right}`);
      this.#label(String(value), LEFT - 8, y(value) + 4, "end");
    }
    for (const age of AGES_SECONDS) {
      this.#label(age ? `−${age / 60} min` : "now", x(now - age * 1000), height - 5,
        age === AGES_SECONDS[0] ? "start" : age ? "middle" : "end");
    }
    this.#target.setAttribute("d", target === undefined ? "" : `M${LEFT} ${y(target).toFixed(1)}H${right}`);
    const point = (/** @type {Sample} */ { time, value }) => ({ x: x(time), y: y(value) });
    this.#trace.setAttribute("d", pathOf(runsOf(samples, gapMillis, point)));
    this.#late.replaceChildren();
    for (const sample of samples) {
      if (sample.late) append(this.#late, "circle", { cx: x(sample.time), cy: y(sample.value), r: 3 });
    }
    const latest = samples.at(-1);
    this.#dot.toggleAttribute("hidden", !latest);
    if (!latest) return;
    this.#dot.setAttribute("cx", x(latest.time).toFixed(1));
    this.#dot.setAttribute("cy", y(latest.value).toFixed(1));
  }

  /** @param {string} d */
  #line(d) {
    append(this.#axes, "path", { class: "grid", d });
  }

  /** @param {string} words @param {number} x @param {number} y @param {string} anchor */
  #label(words, x, y, anchor) {
    append(this.#axes, "text", { x, y, "text-anchor": anchor }).textContent = words;
  }
}

/**
 * The range of values with some air around, and never so small that noise fills the plot.
 * @param {number[]} values @param {number} least
 */
function range(values, least) {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const air = Math.max(least, (high - low) * 0.15);
  return { low: low - air, high: high + air };
}

/** Four or so round numbers. @param {number} low @param {number} high */
function ticks(low, high) {
  const rough = (high - low) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough) ?? rough;
  const found = [];
  for (let value = Math.ceil(low / step) * step; value <= high; value += step) found.push(Number(value.toFixed(2)));
  return found;
}

/**
 * The samples as points, cut where some are missing.
 * @param {Sample[]} samples @param {number} gapMillis @param {(sample: Sample) => Point} point
 */
function runsOf(samples, gapMillis, point) {
  /** @type {Point[][]} */
  const runs = [];
  let before = -Infinity;
  for (const sample of samples) {
    if (sample.time - before > gapMillis) runs.push([]);
    /** @type {Point[]} */ (runs.at(-1)).push(point(sample));
    before = sample.time;
  }
  return runs;
}

/** @param {Point[][]} runs */
function pathOf(runs) {
  return runs.filter((run) => run.length > 1).map(smoothPath).join("");
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
