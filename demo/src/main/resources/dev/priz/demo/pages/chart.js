import { SPAN_MILLIS } from "./quote.js";

const TOP = 14;
const BOTTOM = 22;
const LEFT = 22;
const RIGHT = 64;
const LINES = 4;
const AGES_SECONDS = [120, 90, 60, 30, 0];

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit" });

/** The plot of one quote over the last two minutes, on a `<canvas>` of any size. */
export class Chart {
  #canvas;
  #pen;
  #width = 0;
  #height = 0;
  #pointerX = NaN;
  #low = 0;
  #high = 1;
  #now = 0;

  /** @param {HTMLCanvasElement} canvas @param {() => void} redraw called when its size or pointer changes */
  constructor(canvas, redraw) {
    this.#canvas = canvas;
    this.#pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    new ResizeObserver(redraw).observe(canvas);
    /** @param {number} x */
    const point = (x) => {
      this.#pointerX = x;
      redraw();
    };
    canvas.addEventListener("pointermove", (event) => point(event.offsetX));
    canvas.addEventListener("pointerdown", (event) => point(event.offsetX));
    canvas.addEventListener("pointerleave", () => point(NaN));
  }

  /**
   * @param {import("./quote.js").Quote} quote @param {import("./tile.js").Palette} palette
   * @param {number} now at the right edge
   */
  draw(quote, palette, now) {
    this.#fit();
    if (!quote.points.length || !this.#width) return;
    this.#now = now;
    const room = Math.max((quote.high - quote.low) * 0.08, quote.low / 1_000);
    this.#low = quote.low - room;
    this.#high = quote.high + room;
    this.#pen.clearRect(0, 0, this.#width, this.#height);
    this.#drawAxes(palette);
    const colour = quote.change > 0 ? palette.up : palette.down;
    this.#drawLine(quote, colour);
    this.#drawPrice(quote.price, colour, palette);
    this.#drawReading(quote, palette);
  }

  #fit() {
    const { clientWidth, clientHeight } = this.#canvas;
    const scale = devicePixelRatio;
    const width = Math.round(clientWidth * scale);
    const height = Math.round(clientHeight * scale);
    // setting them clears the canvas, be they new or not
    if (this.#canvas.width !== width) this.#canvas.width = width;
    if (this.#canvas.height !== height) this.#canvas.height = height;
    this.#width = clientWidth;
    this.#height = clientHeight;
    this.#pen.setTransform(scale, 0, 0, scale, 0, 0);
    this.#pen.font = `12px ${getComputedStyle(this.#canvas).fontFamily}`;
    this.#pen.lineJoin = "round";
  }

  /** @param {import("./tile.js").Palette} palette */
  #drawAxes(palette) {
    const pen = this.#pen;
    pen.lineWidth = 1;
    pen.strokeStyle = palette.line;
    pen.fillStyle = palette.muted;
    pen.textAlign = "left";
    const step = niceStep((this.#high - this.#low) / LINES);
    for (let price = Math.ceil(this.#low / step) * step; price < this.#high; price += step) {
      const y = Math.round(this.#y(price)) + 0.5;
      this.#rule(LEFT, y, this.#width - RIGHT, y);
      pen.fillText(price.toFixed(2), this.#width - RIGHT + 8, y + 4);
    }
    pen.textAlign = "center";
    for (const age of AGES_SECONDS) {
      const x = Math.round(this.#x(this.#now - age * 1000)) + 0.5;
      pen.fillText(age ? `−${age} s` : "now", x, this.#height - 5);
    }
  }

  /** @param {import("./quote.js").Quote} quote @param {string} colour */
  #drawLine({ points, price }, colour) {
    const pen = this.#pen;
    const line = new Path2D();
    for (const point of points) line.lineTo(this.#x(point.time), this.#y(point.price));
    line.lineTo(this.#x(this.#now), this.#y(price));
    const area = new Path2D(line);
    area.lineTo(this.#x(this.#now), this.#y(this.#low));
    area.lineTo(this.#x(points[0].time), this.#y(this.#low));
    pen.save();
    pen.beginPath();
    pen.rect(LEFT, 0, this.#width - LEFT, this.#height);
    pen.clip();
    pen.fillStyle = colour;
    pen.globalAlpha = 0.12;
    pen.fill(area);
    pen.globalAlpha = 1;
    pen.strokeStyle = colour;
    pen.lineWidth = 2;
    pen.stroke(line);
    pen.restore();
  }

  /**
   * The price now, on a tag beside the line.
   * @param {number} price @param {string} colour @param {import("./tile.js").Palette} palette
   */
  #drawPrice(price, colour, palette) {
    const pen = this.#pen;
    const x = this.#x(this.#now);
    const y = this.#y(price);
    pen.fillStyle = colour;
    pen.beginPath();
    pen.arc(x, y, 4, 0, 7);
    pen.fill();
    pen.beginPath();
    pen.roundRect(x + 6, y - 10, RIGHT - 8, 20, 6);
    pen.fill();
    pen.fillStyle = palette.surface;
    pen.textAlign = "center";
    pen.fillText(price.toFixed(2), x + 6 + (RIGHT - 8) / 2, y + 4);
  }

  /**
   * What it was where the pointer is.
   * @param {import("./quote.js").Quote} quote @param {import("./tile.js").Palette} palette
   */
  #drawReading({ points }, palette) {
    const right = this.#width - RIGHT;
    if (!(this.#pointerX >= LEFT && this.#pointerX <= right)) return;
    const time = this.#now - ((right - this.#pointerX) / (right - LEFT)) * SPAN_MILLIS;
    const known = points.findLast((point) => point.time <= time);
    if (!known) return;
    const pen = this.#pen;
    pen.strokeStyle = palette.muted;
    pen.lineWidth = 1;
    this.#rule(this.#pointerX, TOP, this.#pointerX, this.#height - BOTTOM);
    const atRight = this.#pointerX > this.#width / 2;
    pen.textAlign = atRight ? "right" : "left";
    pen.lineWidth = 5;
    pen.strokeStyle = palette.surface;
    pen.fillStyle = palette.ink;
    const words = `${known.price.toFixed(2)} at ${clock.format(time)}`;
    const x = this.#pointerX + (atRight ? -8 : 8);
    pen.strokeText(words, x, TOP + 10);
    pen.fillText(words, x, TOP + 10);
  }

  /** @param {number} x1 @param {number} y1 @param {number} x2 @param {number} y2 */
  #rule(x1, y1, x2, y2) {
    this.#pen.beginPath();
    this.#pen.moveTo(x1, y1);
    this.#pen.lineTo(x2, y2);
    this.#pen.stroke();
  }

  /** @param {number} time */
  #x(time) {
    const right = this.#width - RIGHT;
    return right - ((this.#now - time) / SPAN_MILLIS) * (right - LEFT);
  }

  /** @param {number} price */
  #y(price) {
    const bottom = this.#height - BOTTOM;
    return bottom - ((price - this.#low) / (this.#high - this.#low)) * (bottom - TOP);
  }
}

/** The next of 1, 2, 5, 10 … cents. @param {number} least */
function niceStep(least) {
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 5].find((each) => each * power >= least) ?? 10;
  return Math.max(0.01, factor * power);
}
