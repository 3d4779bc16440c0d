import { element } from "./transcript.js";

const TELL_EVERY_MILLIS = 2_500;
// a notice later than this is not coming: who types would have told again
const OVER_MILLIS = 4_000;
const MOST_NAMES = 2;

/** Who is typing: tells the others that we are, and shows which of them are. */
export class Typing {
  #line;
  #tell;
  #toldMillis = 0;
  /** @type {Map<string, {name: string, timer: number}>} */ #others = new Map();

  /**
   * @param {HTMLElement} line takes the words, such as "Ada is typing…"
   * @param {() => void} tell tells the others that we are typing; called now and then while we are
   */
  constructor(line, tell) {
    this.#line = line;
    this.#tell = tell;
  }

  /** We have typed something. */
  typed() {
    if (Date.now() - this.#toldMillis < TELL_EVERY_MILLIS) return;
    this.#toldMillis = Date.now();
    this.#tell();
  }

  /** We have sent it, so what we type next is news. */
  sent() {
    this.#toldMillis = 0;
  }

  /** Someone else is typing. @param {{id: string, name: string}} who */
  show({ id, name }) {
    clearTimeout(this.#others.get(id)?.timer);
    const timer = setTimeout(() => this.end(id), OVER_MILLIS);
    this.#others.set(id, { name, timer });
    this.#draw();
  }

  /** Someone else has said it. @param {string} id */
  end(id) {
    clearTimeout(this.#others.get(id)?.timer);
    if (this.#others.delete(id)) this.#draw();
  }

  /** Forgets all of it, as in another room. */
  clear() {
    this.sent();
    for (const id of this.#others.keys()) this.end(id);
  }

  #draw() {
    const names = [...this.#others.values()].map(({ name }) => element("bdi", "", name));
    const [first, second] = names;
    if (!first) this.#line.replaceChildren();
    else if (!second) this.#line.replaceChildren(first, " is typing…");
    else if (names.length === MOST_NAMES) this.#line.replaceChildren(first, " and ", second, " are typing…");
    else this.#line.replaceChildren(`${names.length} people are typing…`);
  }
}
