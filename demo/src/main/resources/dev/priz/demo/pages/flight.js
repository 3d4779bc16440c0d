import { turned } from "./snapshots.js";

/**
 * @typedef {{width: number, height: number, ticksPerSecond: number, radius: number,
 *   topSpeed: number, drag: number, dashSpeed: number, dashPauseTicks: number}} Rules
 * @typedef {{x: number, y: number, speedX: number, speedY: number}} Motion
 * @typedef {{number: number, atMillis: number, direction: number, power: number,
 *   dashes: number, dash: boolean}} Steering
 */

/** @type {Steering} */
const NONE = { number: 0, atMillis: 0, direction: 0, power: 0, dashes: 0, dash: false };
const WALL_BOUNCE = 0.6;
const KEPT_MILLIS = 2000;
const MAX_LAG_MILLIS = 500;
// the server's pause begins when it hears of a dash, and the next may be faster on its way
const PAUSE_MARGIN_MILLIS = 80;
const JUMP = 250;
const MEND_PER_SECOND = 9;
const TURN_PER_SECOND = 16;

/**
 * Our own plug, ahead of the server: it obeys at once. Each snapshot says where it was; from there
 * it flies again through all that was steered since, as in Plug.java. Where that ends elsewhere,
 * such as after a bump, the picture gets there smoothly.
 */
export class Flight {
  #rules;
  /** @type {Motion | undefined} */ #motion;
  /** @type {Steering[]} the newest last */ #steered = [];
  #atMillis = 0;
  /** @type {number | undefined} how old a snapshot is when it comes */ #lagMillis;
  #acknowledged = 0;
  #dashMillis = -Infinity;
  #heading = 0;
  /** How far the picture is from where we think to be. */
  #error = { x: 0, y: 0 };

  /** @param {Rules} rules */
  constructor(rules) {
    this.#rules = rules;
  }

  get #steering() {
    return this.#steered.at(-1) ?? NONE;
  }

  /** How much of the pause after a dash is over, 0 to 1. @param {number} nowMillis */
  readiness(nowMillis) {
    const { dashPauseTicks, ticksPerSecond } = this.#rules;
    const pause = (dashPauseTicks * 1000) / ticksPerSecond + PAUSE_MARGIN_MILLIS;
    return Math.min(1, (nowMillis - this.#dashMillis) / pause);
  }

  /**
   * Steers so from now on.
   * @param {number} direction 0 to 255; 256 are a turn
   * @param {number} power 0 to 255
   * @param {boolean} dash
   * @param {number} nowMillis
   * @returns {Uint8Array<ArrayBuffer>} what tells the server
   */
  steer(direction, power, dash, nowMillis) {
    this.#flyTo(nowMillis);
    const before = this.#steering;
    const number = (before.number + 1) & 255;
    const dashes = (before.dashes + Number(dash)) & 255;
    const angle = (direction * 2 * Math.PI) / 256;
    const steering = { number, atMillis: nowMillis, direction: angle, power: power / 255, dashes, dash };
    this.#steered.push(steering);
    if (dash) this.#dashMillis = nowMillis;
    if (dash && this.#motion) this.#dash(this.#motion, steering);
    return Uint8Array.of(number, direction, power, dashes);
  }

  /** Learns where the server had us. @param {import("./snapshots.js").Plug} plug @param {number} nowMillis */
  correct(plug, nowMillis) {
    this.#flyTo(nowMillis);
    this.#measureLag(plug.number, nowMillis);
    const shown = this.#motion;
    if (!shown) this.#heading = plug.heading;
    const motion = { x: plug.x, y: plug.y, speedX: plug.speedX, speedY: plug.speedY };
    let atMillis = nowMillis - (this.#lagMillis ?? 0);
    let steering = NONE;
    for (const next of this.#steered) {
      if (next.atMillis > atMillis) {
        this.#fly(motion, steering, next.atMillis - atMillis);
        atMillis = next.atMillis;
      }
      steering = next;
      if (next.dash && isAfter(next.number, plug.number)) this.#dash(motion, next);
    }
    this.#fly(motion, steering, nowMillis - atMillis);
    this.#motion = motion;
    if (shown) this.#keepPicture(shown, motion);
    const old = nowMillis - KEPT_MILLIS;
    while (this.#steered.length > 1 && this.#steered[1].atMillis < old) this.#steered.shift();
  }

  /** Where we are, for the eye; undefined before the first snapshot. @param {number} nowMillis */
  at(nowMillis) {
    const seconds = (nowMillis - this.#atMillis) / 1000;
    this.#flyTo(nowMillis);
    const motion = this.#motion;
    if (!motion) return undefined;
    const mended = Math.exp(-MEND_PER_SECOND * seconds);
    this.#error.x *= mended;
    this.#error.y *= mended;
    if (this.#steering.power > 0 || this.#steering.dash) {
      const part = 1 - Math.exp(-TURN_PER_SECOND * seconds);
      this.#heading = turned(this.#heading, this.#steering.direction, part);
    }
    const [x, y] = [motion.x + this.#error.x, motion.y + this.#error.y];
    return { x, y, speedX: motion.speedX, speedY: motion.speedY, heading: this.#heading };
  }

  /** @param {Motion} shown @param {Motion} motion */
  #keepPicture(shown, motion) {
    const error = { x: this.#error.x + shown.x - motion.x, y: this.#error.y + shown.y - motion.y };
    this.#error = Math.hypot(error.x, error.y) > JUMP ? { x: 0, y: 0 } : error;
  }

  /** @param {number} number that counts on the server @param {number} nowMillis */
  #measureLag(number, nowMillis) {
    if (number === this.#acknowledged) return;
    this.#acknowledged = number;
    const steering = this.#steered.find((candidate) => candidate.number === number);
    if (!steering) return;
    // the snapshot is of the end of the first tick that it counted in
    const lag = nowMillis - steering.atMillis - 1000 / this.#rules.ticksPerSecond;
    const before = this.#lagMillis ?? lag;
    this.#lagMillis = Math.min(MAX_LAG_MILLIS, Math.max(0, before + (lag - before) * 0.15));
  }

  /** @param {number} nowMillis */
  #flyTo(nowMillis) {
    if (this.#motion) this.#fly(this.#motion, this.#steering, nowMillis - this.#atMillis);
    this.#atMillis = nowMillis;
  }

  /** @param {Motion} motion @param {Steering} steering @param {number} millis */
  #fly(motion, { direction, power }, millis) {
    const { topSpeed, drag, width, height, radius } = this.#rules;
    const seconds = millis / 1000;
    const glide = Math.exp(-drag * seconds);
    const wantedX = Math.cos(direction) * power * topSpeed;
    const wantedY = Math.sin(direction) * power * topSpeed;
    motion.x += wantedX * seconds + ((motion.speedX - wantedX) * (1 - glide)) / drag;
    motion.y += wantedY * seconds + ((motion.speedY - wantedY) * (1 - glide)) / drag;
    motion.speedX = wantedX + (motion.speedX - wantedX) * glide;
    motion.speedY = wantedY + (motion.speedY - wantedY) * glide;
    const insideX = Math.min(width - radius, Math.max(radius, motion.x));
    const insideY = Math.min(height - radius, Math.max(radius, motion.y));
    if (insideX !== motion.x) motion.speedX *= -WALL_BOUNCE;
    if (insideY !== motion.y) motion.speedY *= -WALL_BOUNCE;
    motion.x = insideX;
    motion.y = insideY;
  }

  /** @param {Motion} motion @param {Steering} steering */
  #dash(motion, { direction }) {
    motion.speedX += Math.cos(direction) * this.#rules.dashSpeed;
    motion.speedY += Math.sin(direction) * this.#rules.dashSpeed;
  }
}

/** Whether a number, of which only a byte is told, comes after another. @param {number} number @param {number} other */
function isAfter(number, other) {
  const distance = (number - other) & 255;
  return distance > 0 && distance < 128;
}
