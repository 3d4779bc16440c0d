import * as Y from "/lib/yjs/yjs.mjs";

/**
 * A `<textarea>` that shows a Y.Text: what is typed goes into the text, and what others write into
 * the field, where the selection stays with the words it is at. Undo takes back our own changes.
 */
export class TextField {
  #area;
  #text;
  #undo;

  /** @param {HTMLTextAreaElement} area @param {Y.Text} text */
  constructor(area, text) {
    this.#area = area;
    this.#text = text;
    this.#undo = new Y.UndoManager(text, { trackedOrigins: new Set([this]) });
    area.value = text.toString();
    area.addEventListener("input", () => this.#read());
    area.addEventListener("beforeinput", (event) => this.#before(event));
    area.addEventListener("keydown", (event) => this.#press(event));
    text.observe(({ delta }, { origin }) => {
      if (origin !== this) this.#write(delta, origin === this.#undo);
    });
  }

  get canUndo() {
    return this.#undo.canUndo();
  }

  get canRedo() {
    return this.#undo.canRedo();
  }

  undo() {
    this.#undo.undo();
  }

  redo() {
    this.#undo.redo();
  }

  /** The selection as it can be told to others: it stays with the words. */
  selection() {
    const { selectionStart, selectionEnd, selectionDirection } = this.#area;
    const isEmpty = selectionStart === selectionEnd;
    // a caret stays behind the letter before it, as the field has it when others write there
    const start = Y.createRelativePositionFromTypeIndex(this.#text, selectionStart, isEmpty ? -1 : 0);
    const end = Y.createRelativePositionFromTypeIndex(this.#text, selectionEnd, -1);
    return selectionDirection === "backward" ? { anchor: end, head: start } : { anchor: start, head: end };
  }

  /** The index of such an end of a selection, or -1. @param {any} position from anyone */
  indexOf(position) {
    try {
      const relative = Y.createRelativePositionFromJSON(position);
      const doc = /** @type {Y.Doc} */ (this.#text.doc);
      const absolute = Y.createAbsolutePositionFromRelativePosition(relative, doc);
      return absolute?.type === this.#text ? absolute.index : -1;
    } catch {
      return -1;
    }
  }

  #read() {
    const { value, selectionEnd } = this.#area;
    const change = changeOf(this.#text.toString(), value, selectionEnd);
    this.#text.doc?.transact(() => {
      if (change.removed) this.#text.delete(change.at, change.removed);
      if (change.inserted) this.#text.insert(change.at, change.inserted);
    }, this);
  }

  /** @param {any[]} delta @param {boolean} isUndo */
  #write(delta, isUndo) {
    let index = 0;
    for (const { retain, insert, delete: removed } of delta) {
      if (retain) index += retain;
      else this.#area.setRangeText(insert ?? "", index, index + (removed ?? 0), "preserve");
      if (insert) index += insert.length;
    }
    // the field has one kind of line break, and no pictures
    const wanted = this.#text.toString();
    if (this.#area.value !== wanted) this.#area.value = wanted;
    if (isUndo) this.#area.setSelectionRange(index, index);
  }

  /** Undo of a menu or a gesture, which would be that of the browser. @param {InputEvent} event */
  #before(event) {
    if (event.inputType !== "historyUndo" && event.inputType !== "historyRedo") return;
    event.preventDefault();
    if (event.inputType === "historyUndo") this.undo();
    else this.redo();
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const key = event.key.toLowerCase();
    if (key !== "z" && key !== "y") return;
    event.preventDefault();
    if (key === "y" || event.shiftKey) this.redo();
    else this.undo();
  }
}

/**
 * The one change that makes a text of another.
 * @param {string} before @param {string} after
 * @param {number} caret where it is after the change, which tells which of equal letters is new
 */
export function changeOf(before, after, caret) {
  let end = 0;
  const longestEnd = Math.min(before.length, after.length - caret);
  while (end < longestEnd && fromEnd(before, end) === fromEnd(after, end)) end++;
  let at = 0;
  const longestStart = Math.min(before.length, after.length) - end;
  while (at < longestStart && before.charCodeAt(at) === after.charCodeAt(at)) at++;
  // half of an emoji is no text
  if (at > 0 && (before.charCodeAt(at - 1) & 0xfc00) === 0xd800) at--;
  if (end > 0 && (fromEnd(before, end - 1) & 0xfc00) === 0xdc00) end--;
  return { at, removed: before.length - end - at, inserted: after.slice(at, after.length - end) };
}

/** @param {string} text @param {number} index */
function fromEnd(text, index) {
  return text.charCodeAt(text.length - 1 - index);
}
