/** @typedef {"connecting" | "open" | "waiting" | "offline" | "closed"} State */

/** @type {Record<State, string>} */
const WORDS = {
  connecting: "Connecting…",
  open: "Connected",
  waiting: "Reconnecting",
  offline: "Offline",
  closed: "Not connected",
};

/**
 * Shows the state of a connection in the `.status` element of a page, with the seconds to the
 * next try and a button that tries now. The seconds are for the eye: a screen reader hears only
 * the changes of state.
 */
export class Status {
  #root;
  #words;
  #spoken;
  #button;
  #nextTryMillis = 0;
  #timer = 0;

  /**
   * @param {HTMLElement} root the `.status` element
   * @param {() => void} tryNow what its button does
   */
  constructor(root, tryNow) {
    this.#root = root;
    this.#words = /** @type {HTMLElement} */ (root.querySelector(".status-words"));
    this.#spoken = /** @type {HTMLElement} */ (root.querySelector("[role=status]"));
    this.#button = /** @type {HTMLButtonElement} */ (root.querySelector("button"));
    this.#button.addEventListener("click", tryNow);
  }

  /**
   * Shows `state`, and counts down to `nextTryMillis` while waiting.
   * @param {State} state
   * @param {number} nextTryMillis epoch time of the next try, or 0
   */
  show(state, nextTryMillis) {
    clearInterval(this.#timer);
    this.#root.dataset.state = state;
    if (state !== "connecting") this.#trouble(state === "waiting" || state === "offline");
    this.#words.textContent = WORDS[state];
    const speak = state === "connecting" && !this.#button.hidden ? "waiting" : state;
    if (this.#spoken.textContent !== WORDS[speak]) this.#spoken.textContent = WORDS[speak];
    if (state !== "waiting") return;
    this.#nextTryMillis = nextTryMillis;
    this.#count();
    this.#timer = setInterval(() => this.#count(), 250);
  }

  /**
   * Trouble lasts from the loss of a connection until the next one, through all the tries.
   * @param {boolean} present
   */
  #trouble(present) {
    this.#root.classList.toggle("trouble", present);
    this.#button.hidden = !present;
  }

  #count() {
    const seconds = Math.max(1, Math.ceil((this.#nextTryMillis - Date.now()) / 1000));
    const words = `${WORDS.waiting} in ${seconds} s`;
    if (this.#words.textContent !== words) this.#words.textContent = words;
  }
}
