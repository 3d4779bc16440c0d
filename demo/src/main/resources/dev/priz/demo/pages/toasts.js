import { element } from "./transcript.js";

const LIFE_MILLIS = 8_000;
const MOST = 4;

/** Short messages over the page, which a screen reader reads out and which go by themselves. */
export class Toasts {
  #stack;
  /** @type {Map<HTMLElement, number>} timers by toast; 0 while it stays */ #toasts = new Map();

  /** @param {HTMLElement} stack a live region that takes the toasts */
  constructor(stack) {
    this.#stack = stack;
    // nobody reads in a tab that is not in front
    document.addEventListener("visibilitychange", () => this.#restart());
    for (const type of ["pointerenter", "pointerleave", "focusin", "focusout"]) {
      stack.addEventListener(type, () => this.#restart());
    }
    addEventListener("keydown", ({ key }) => {
      const newest = [...this.#toasts.keys()].at(-1);
      if (key === "Escape" && newest) this.#remove(newest);
    });
  }

  /**
   * Shows one more; the oldest goes where there are too many.
   * @param {{kind: string, title: string, text: string, from?: string}} words
   */
  show({ kind, title, text, from }) {
    const toast = element("div", "toast");
    toast.dataset.kind = kind;
    const words = element("div", "words");
    words.append(element("p", "title", title), element("p", "text", text));
    if (from) {
      const sender = element("p", "from", "from ");
      sender.append(element("bdi", "", from));
      words.append(sender);
    }
    for (const paragraph of words.children) paragraph.setAttribute("dir", "auto");
    const dismiss = element("button", "dismiss", "×");
    dismiss.ariaLabel = `Dismiss: ${title}`;
    dismiss.addEventListener("click", () => this.#remove(toast));
    toast.append(words, dismiss);
    this.#stack.append(toast);
    this.#start(toast);
    const [oldest] = this.#toasts.keys();
    if (this.#toasts.size > MOST) this.#remove(oldest);
  }

  #restart() {
    for (const toast of this.#toasts.keys()) this.#start(toast);
  }

  /** It stays while someone may be reading one of them. @param {HTMLElement} toast */
  #start(toast) {
    clearTimeout(this.#toasts.get(toast));
    const stays = document.hidden || this.#stack.matches(":hover, :focus-within");
    this.#toasts.set(toast, stays ? 0 : setTimeout(() => this.#remove(toast), LIFE_MILLIS));
  }

  /** @param {HTMLElement} toast */
  #remove(toast) {
    clearTimeout(this.#toasts.get(toast));
    this.#toasts.delete(toast);
    toast.remove();
  }
}
