import { SPAN_MILLIS, percent } from "./quote.js";

/** @typedef {{up: string, down: string, line: string, muted: string, surface: string, ink: string}} Palette */

const SPARK_WIDTH = 72;
const SPARK_HEIGHT = 28;
const FLASH_MILLIS = 350;
const NEWS_MILLIS = 500;
/** The change, in percent, at which a tile has its full tint. */
const FULL_TINT = 4;
const ARROWS = new Map([[1, "▲"], [-1, "▼"], [0, ""]]);

const calm = matchMedia("(prefers-reduced-motion: reduce)");

/** One symbol on the wall: its price, its change, and a line of the last two minutes. */
export class Tile {
  /** Whether it is in sight; others are not worth drawing. */
  visible = false;
  #price;
  #change;
  #arrow;
  #spark;
  #shown = NaN;
  #scale = 0;
  #flashing = 0;

  /** @param {import("./quote.js").Quote} quote */
  constructor(quote) {
    this.quote = quote;
    const [good, place = ""] = quote.symbol.split(".");
    this.element = part("div", "tile");
    this.element.dataset.symbol = quote.symbol;
    this.element.setAttribute("role", "option");
    this.element.setAttribute("aria-selected", "false");
    this.element.tabIndex = -1;
    const name = part("span", "name", good);
    name.append(" ", part("span", "place", place));
    this.#change = part("span", "change");
    this.#spark = /** @type {HTMLCanvasElement} */ (part("canvas", "spark"));
    this.#arrow = part("span", "arrow");
    this.#price = part("span", "price");
    const amount = part("span", "amount");
    amount.append(this.#arrow, this.#price);
    this.element.append(name, this.#change, this.#spark, amount);
  }

  /**
   * Shows what is known now, and flashes if that is another price. What is out of sight is drawn
   * once only, so that no tile is ever empty.
   * @param {Palette} palette @param {number} now
   */
  draw(palette, now) {
    if (!this.visible && !Number.isNaN(this.#shown)) return;
    const { price, change, direction } = this.quote;
    this.#change.textContent = percent(change);
    this.element.dataset.trend = change > 0 ? "up" : "down";
    this.element.style.setProperty("--tint", Math.min(1, Math.abs(change) / FULL_TINT).toFixed(2));
    if (price !== this.#shown) {
      this.#price.textContent = price.toFixed(2);
      this.#arrow.textContent = ARROWS.get(direction) ?? "";
      this.element.dataset.move = direction < 0 ? "down" : "up";
      // what comes of the past, when a page opens or was away, is no news
      if (this.visible && direction && now - this.quote.time < NEWS_MILLIS) this.#flash();
      this.#shown = price;
    }
    if (this.visible) this.#drawSpark(palette, now);
  }

  // on and off: dozens of tiles that fade at once keep a small machine busy
  #flash() {
    if (calm.matches) return;
    clearTimeout(this.#flashing);
    this.element.classList.add("fresh");
    this.#flashing = setTimeout(() => this.element.classList.remove("fresh"), FLASH_MILLIS);
  }

  /** @param {Palette} palette @param {number} now */
  #drawSpark(palette, now) {
    const pen = this.#spark.getContext("2d");
    if (!pen) return;
    if (this.#scale !== devicePixelRatio) {
      this.#scale = devicePixelRatio;
      this.#spark.width = SPARK_WIDTH * devicePixelRatio;
      this.#spark.height = SPARK_HEIGHT * devicePixelRatio;
    }
    pen.setTransform(this.#scale, 0, 0, this.#scale, 0, 0);
    pen.clearRect(0, 0, SPARK_WIDTH, SPARK_HEIGHT);
    const { points, low, high, change } = this.quote;
    const right = SPARK_WIDTH - 4;
    // a price that hardly moves has a flat line, not a mountain of one cent
    const range = Math.max(high - low, low / 500);
    const middle = (high + low) / 2;
    /** @param {number} time */
    const x = (time) => right - ((now - time) / SPAN_MILLIS) * right;
    /** @param {number} price */
    const y = (price) => SPARK_HEIGHT / 2 - ((price - middle) / range) * (SPARK_HEIGHT - 6);
    pen.lineWidth = 1.5;
    pen.lineJoin = "round";
    pen.strokeStyle = pen.fillStyle = change > 0 ? palette.up : palette.down;
    pen.beginPath();
    for (const { time, price } of points) pen.lineTo(x(time), y(price));
    const last = y(points[points.length - 1]?.price ?? middle);
    pen.lineTo(right, last);
    pen.stroke();
    pen.beginPath();
    pen.arc(right, last, 2.2, 0, 7);
    pen.fill();
  }
}

/** @param {string} tag @param {string} className @param {string} [text] */
function part(tag, className, text = "") {
  const made = document.createElement(tag);
  made.className = className;
  if (text) made.textContent = text;
  return made;
}
