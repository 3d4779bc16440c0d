/** @typedef {{time: number, price: number}} Point a price at an epoch time in milliseconds */

/** How far back quotes and their plots look. */
export const SPAN_MILLIS = 120_000;

/** What is known of one symbol: its price now, and those of the last two minutes. */
export class Quote {
  /** @type {Point[]} oldest first */ points = [];
  price = NaN;
  time = 0;
  /** 1 if the last change was up, -1 down, 0 none yet. */
  direction = 0;

  /** @param {string} symbol such as "Honey.Kor" */
  constructor(symbol) {
    this.symbol = symbol;
  }

  /**
   * Takes a price, unless a newer one is known.
   * @param {number} price @param {number} time
   */
  take(price, time) {
    // of two in the same millisecond, the later to arrive is the newer
    if (time < this.time) return;
    if (price !== this.price && this.time) this.direction = Math.sign(price - this.price);
    this.price = price;
    this.time = time;
    this.points.push({ time, price });
  }

  /** Forgets what is too old for a plot, but for the one from which the line comes in. @param {number} now */
  prune(now) {
    const { points } = this;
    let over = 0;
    while (over + 1 < points.length && points[over + 1].time < now - SPAN_MILLIS) over++;
    points.splice(0, over);
  }

  /** Forgets the past: what comes next has nothing to do with it. */
  restart() {
    this.points = [];
    this.time = 0;
    this.direction = 0;
  }

  /** How much it has changed in the last two minutes, in percent. */
  get change() {
    return this.points.length ? 100 * (this.price / this.points[0].price - 1) : 0;
  }

  get low() {
    return this.points.reduce((least, { price }) => Math.min(least, price), Infinity);
  }

  get high() {
    return this.points.reduce((most, { price }) => Math.max(most, price), -Infinity);
  }
}

/** @param {number} change in percent; the sign says what the colour does */
export function percent(change) {
  const text = Math.abs(change).toFixed(2);
  return `${text === "0.00" ? "±" : change > 0 ? "+" : "−"}${text}%`;
}
