import { element } from "./transcript.js";

/**
 * @typedef {object} Mark someone's caret and selection
 * @property {number} id
 * @property {string} name
 * @property {number} hue
 * @property {number} from @property {number} to @property {number} head all three in the text
 * @property {boolean} isNamed whether its name is shown
 */

const FLAG_WIDTH = 180;

/**
 * Shows in a copy of a text that lies over its `<textarea>`, letter upon letter, where everyone is.
 * The copy also makes the field as high as its text.
 */
export class Carets {
  #mirror;
  #mine = element("span", "mine");

  /** @param {HTMLElement} mirror */
  constructor(mirror) {
    this.#mirror = mirror;
  }

  /** Where in the window our own line is, as it was drawn last. */
  get top() {
    return this.#mine.getBoundingClientRect().top;
  }

  /**
   * @param {string} text @param {Mark[]} marks
   * @param {number} mine where our own caret is, which the field itself shows
   */
  show(text, marks, mine) {
    const cuts = new Set([0, mine, text.length]);
    for (const { from, to, head } of marks) cuts.add(from).add(to).add(head);
    const places = [...cuts].sort((a, b) => a - b);
    const carets = new Map(marks.map((mark) => [mark, caretOf(mark)]));
    const copy = document.createDocumentFragment();
    for (const [i, place] of places.entries()) {
      if (place === mine) copy.append(this.#mine);
      for (const [mark, caret] of carets) if (mark.head === place) copy.append(caret);
      const words = text.slice(place, places[i + 1] ?? place);
      const selection = marks.findLast(({ from, to }) => from <= place && place < to);
      copy.append(selection ? coloured(element("span", "selected", words), selection) : words);
    }
    // a line that has nothing in it yet is a line
    copy.append("\u200b");
    this.#mirror.replaceChildren(copy);
    const furthest = this.#mirror.clientWidth - FLAG_WIDTH;
    const flipped = [...carets.values()].filter((caret) => caret.offsetLeft > furthest);
    for (const caret of flipped) caret.classList.add("flipped");
  }

  /** How far down a caret is shown, or -1. @param {number} id of its mark */
  topOf(id) {
    const caret = /** @type {HTMLElement | null} */ (this.#mirror.querySelector(`[data-id="${id}"]`));
    return caret ? caret.offsetTop : -1;
  }
}

/** @param {Mark} mark */
function caretOf(mark) {
  const caret = coloured(element("span", mark.isNamed ? "caret named" : "caret"), mark);
  caret.dataset.name = mark.name;
  caret.dataset.id = String(mark.id);
  return caret;
}

/** @param {HTMLElement} span @param {Mark} mark */
function coloured(span, { hue }) {
  span.style.setProperty("--hue", String(hue));
  return span;
}
