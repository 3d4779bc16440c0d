import { shown } from "./iotdevice.js";
import { History } from "./iotplot.js";

/** @typedef {import("./iotdevice.js").Device} Device */

// where there is no room beside the houses, it lies over them
const NARROW = matchMedia("(max-width: 900px)");

/** All about one device, and what can be done with it. */
export class Panel {
  /** @type {Device | undefined} */ device;
  #dialog = /** @type {HTMLDialogElement} */ (byId("panel"));
  #history = new History(/** @type {SVGSVGElement} */ (/** @type {unknown} */ (byId("history"))));
  #target = /** @type {HTMLInputElement} */ (byId("target"));
  #choices = [.../** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("#pace input"))];
  #moved;
  #isSliding = false;
  #events = "";

  /**
   * @param {object} callbacks
   * @param {(device: Device, change: import("./iotdevice.js").Change) => void} callbacks.command
   * @param {(device: Device, plugged: boolean) => void} callbacks.plug
   * @param {() => void} callbacks.moved something else is to be shown
   */
  constructor({ command, plug, moved }) {
    this.#moved = moved;
    /** @param {import("./iotdevice.js").Change} change */
    const tell = (change) => this.device && command(this.device, change);
    byId("switch").addEventListener("click", () => tell({ on: !this.device?.wanted.on }));
    this.#target.addEventListener("input", () => {
      this.#isSliding = true;
      moved();
    });
    this.#target.addEventListener("change", () => {
      this.#isSliding = false;
      tell({ target: this.#target.valueAsNumber });
    });
    for (const choice of this.#choices) choice.addEventListener("change", () => tell({ seconds: Number(choice.value) }));
    byId("plug").addEventListener("click", () => this.device && plug(this.device, !this.device.online));
    byId("panel-close").addEventListener("click", () => this.#dialog.close());
    this.#dialog.addEventListener("close", moved);
    NARROW.addEventListener("change", () => this.#place(false));
  }

  get isOpen() {
    return this.#dialog.open;
  }

  /** @param {Device} device @param {boolean} asked whether someone has asked for it */
  show(device, asked) {
    this.device = device;
    this.#isSliding = false;
    this.#events = "";
    const { kind, house, low, high, unit } = device.latest;
    this.#dialog.dataset.kind = kind;
    byId("panel-icon").setAttribute("href", `#icon-${kind}`);
    byId("panel-name").textContent = `${device.name}, ${house}`;
    Object.assign(this.#target, { min: low, max: high, step: unit === "%" ? 1 : 0.5 });
    this.#place(asked);
    this.#moved();
  }

  /** @param {number} now by the devices' clock */
  draw(now) {
    const { device } = this;
    if (!device || !this.#dialog.open) return;
    const { latest, wanted, online, pending } = device;
    const { unit, value } = latest;
    this.#dialog.classList.toggle("offline", !online);
    this.#dialog.classList.toggle("pending", pending);
    setText("panel-presence", online ? "Online" : "Offline");
    setText("panel-value", shown(value, unit));
    setText("panel-target", wanted.on ? `target ${shown(wanted.target, unit)}` : "off");
    byId("switch").setAttribute("aria-checked", String(wanted.on));
    if (!this.#isSliding) this.#target.valueAsNumber = wanted.target;
    setText("target-value", shown(this.#target.valueAsNumber, unit));
    for (const choice of this.#choices) choice.checked = Number(choice.value) === wanted.seconds;
    setText("plug", online ? "Unplug for 20 s" : "Plug in now");
    this.#history.draw(device.samples, latest.on ? latest.target : undefined, now, device.gapMillis);
    this.#drawEvents(device);
  }

  /** @param {Device} device */
  #drawEvents(device) {
    const events = JSON.stringify(device.events);
    if (events === this.#events) return;
    this.#events = events;
    byId("events").replaceChildren(...device.events.map(({ words, state, pending }) => {
      const row = document.createElement("li");
      row.className = pending ? "event pending" : "event";
      const what = document.createElement("span");
      what.textContent = words;
      const how = document.createElement("span");
      how.textContent = state;
      row.append(what, how);
      return row;
    }));
  }

  /** @param {boolean} asked */
  #place(asked) {
    const dialog = this.#dialog;
    if (!this.device) return;
    if (dialog.open) dialog.close();
    if (!NARROW.matches) dialog.setAttribute("open", "");
    else if (asked) dialog.showModal();
  }
}

/** @param {string} id @param {string} words */
function setText(id, words) {
  const element = byId(id);
  if (element.textContent !== words) element.textContent = words;
}

/** @param {string} id */
function byId(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}
