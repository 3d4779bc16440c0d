/**
 * How a visitor steers: with keys, by dragging a finger from anywhere, or by pointing with the
 * mouse held down. A tap, a second finger, the right button and the space bar dash.
 */

/** @type {Record<string, [number, number]>} */
const KEYS = {
  ArrowRight: [1, 0],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowUp: [0, -1],
  KeyD: [1, 0],
  KeyS: [0, 1],
  KeyA: [-1, 0],
  KeyW: [0, -1],
};
const FULL_DRAG = 56;
const FULL_POINTING = 140;
const LEAST_DRAG = 8;
const TAP_MILLIS = 220;

export class Stick {
  #canvas;
  #dash;
  #change;
  /** @type {Set<string>} */ #keys = new Set();
  /** @type {{id: number, mouse: boolean, fromX: number, fromY: number, x: number, y: number, atMillis: number} | null} */
  #pointer = null;
  enabled = false;

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {() => void} dash
   * @param {() => void} change called when something is pressed or let go
   */
  constructor(canvas, dash, change) {
    this.#canvas = canvas;
    this.#dash = dash;
    this.#change = change;
    addEventListener("keydown", (event) => this.#press(event));
    addEventListener("keyup", (event) => this.#keys.delete(event.code) && change());
    addEventListener("blur", () => this.release());
    canvas.addEventListener("pointerdown", (event) => this.#touch(event));
    canvas.addEventListener("pointermove", (event) => this.#drag(event));
    canvas.addEventListener("pointerup", (event) => this.#lift(event));
    canvas.addEventListener("pointercancel", (event) => this.#lift(event));
    canvas.addEventListener("contextmenu", (event) => event.preventDefault());
  }

  /** The stick under a finger, in the canvas. */
  get drawn() {
    const pointer = this.#pointer;
    return pointer && !pointer.mouse ? { ...pointer, full: FULL_DRAG } : null;
  }

  /** Lets go of everything. */
  release() {
    this.#keys.clear();
    this.#pointer = null;
    this.#change();
  }

  /**
   * Where to, and how much, 0 to 1.
   * @param {{x: number, y: number}} own where our plug is in the canvas, which the mouse points from
   */
  read(own) {
    let [x, y] = [0, 0];
    for (const key of this.#keys) {
      x += KEYS[key][0];
      y += KEYS[key][1];
    }
    if (x || y) return { angle: Math.atan2(y, x), power: 1 };
    const pointer = this.#pointer;
    if (!pointer) return { angle: 0, power: 0 };
    const from = pointer.mouse ? own : { x: pointer.fromX, y: pointer.fromY };
    [x, y] = [pointer.x - from.x, pointer.y - from.y];
    const length = Math.hypot(x, y);
    const full = pointer.mouse ? FULL_POINTING : FULL_DRAG;
    return { angle: Math.atan2(y, x), power: length < LEAST_DRAG ? 0 : Math.min(1, length / full) };
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    const focused = /** @type {Element} */ (event.target);
    if (!this.enabled || focused.matches("input") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.code === "Space" && !focused.matches("button, a")) {
      event.preventDefault();
      if (!event.repeat) this.#dash();
    } else if (event.code in KEYS) {
      event.preventDefault();
      this.#keys.add(event.code);
      this.#change();
    }
  }

  /** @param {PointerEvent} event */
  #touch(event) {
    if (!this.enabled) return;
    if (event.button === 2 || this.#pointer) return this.#dash();
    const { pointerId: id, offsetX: x, offsetY: y, timeStamp: atMillis } = event;
    this.#canvas.setPointerCapture(id);
    this.#pointer = { id, mouse: event.pointerType === "mouse", fromX: x, fromY: y, x, y, atMillis };
    this.#change();
  }

  /** @param {PointerEvent} event */
  #drag(event) {
    if (event.pointerId !== this.#pointer?.id) return;
    this.#pointer.x = event.offsetX;
    this.#pointer.y = event.offsetY;
  }

  /** @param {PointerEvent} event */
  #lift(event) {
    const pointer = this.#pointer;
    if (event.pointerId !== pointer?.id) return;
    this.#pointer = null;
    this.#change();
    const far = Math.hypot(pointer.x - pointer.fromX, pointer.y - pointer.fromY) >= LEAST_DRAG;
    const isTap = !pointer.mouse && !far && event.timeStamp - pointer.atMillis < TAP_MILLIS;
    if (isTap && event.type === "pointerup") this.#dash();
  }
}
