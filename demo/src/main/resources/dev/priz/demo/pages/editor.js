import * as Y from "/lib/yjs/yjs.mjs";
import { Carets } from "./carets.js";
import { SharedText } from "./sharedtext.js";
import { Status } from "./status.js";
import { TextField } from "./textfield.js";
import { element } from "./transcript.js";

const NAME_KEY = "priz.chat.name";
const QUALITIES = ["Brave", "Calm", "Clever", "Cosy", "Gentle", "Lucky", "Merry", "Sunny", "Swift"];
const ANIMALS = ["Badger", "Dolphin", "Falcon", "Fox", "Hedgehog", "Heron", "Otter", "Owl", "Robin"];
const GOLDEN_ANGLE = 137.5;
const SHOW_EVERY_MILLIS = 50;
const NAME_MILLIS = 3_000;
const NEWS_MILLIS = 6_000;
const LINE_PIXELS = 48;
const PUBLIC = "welcome";
const BEGINNING = `Everyone who has this page open writes in this text.

Open it once more, in another window or on your phone, and write in both. Words appear where they are written, and all copies end up the same, also when two people type in the same place at once.

Things to try

– Stop the server and keep writing. When it is back, what everyone wrote is merged.
– Press Ctrl-Z. It takes back what you wrote, and leaves alone what others wrote.
– Select a few words. The others see them in your colour.
– “New text” makes one of its own. Whoever has its address can write in it.
`;

const area = /** @type {HTMLTextAreaElement} */ (byId("text"));
const nameField = /** @type {HTMLInputElement} */ (byId("name"));
const desk = byId("desk");
const name = (new URLSearchParams(location.search).get("doc") ?? PUBLIC)
  .normalize()
  .toLowerCase()
  .replace(/[^\p{L}\p{N}]+/gu, "-")
  .slice(0, 40) || PUBLIC;

const doc = new Y.Doc();
const text = doc.getText("text");
const field = new TextField(area, text);
const carets = new Carets(byId("mirror"));
const status = new Status(byId("status"), () => shared.connect());

let me = 0;
/** @typedef {import("./sharedtext.js").Person & {movedMillis: number}} Present */
/** @type {Map<number, Present>} the others */
const people = new Map();
let shown = "";
let showTimer = 0;
let frame = 0;
let newsTimer = 0;
/** Who has changed the text since it was drawn. @type {Set<"us" | "others">} */
const writers = new Set();

const shared = new SharedText(`/ws/editor?doc=${encodeURIComponent(name)}`, doc, begin, {
  onState: (state, nextTryMillis) => {
    status.show(state, nextTryMillis);
    if (state !== "waiting" && state !== "offline") return;
    document.body.classList.add("away");
    if (me) say("You are not connected. Keep writing: once you are back, it is merged with what the others write.");
    draw();
  },
  onWelcome: (id, others) => {
    me = id;
    shown = "";
    people.clear();
    for (const person of others) people.set(person.id, { ...person, movedMillis: 0 });
  },
  onReady: ({ first, restored, merged }) => {
    document.body.classList.remove("away");
    byId("me").style.setProperty("--hue", String(hueOf(me)));
    area.style.setProperty("--hue", String(hueOf(me)));
    if (first) {
      area.disabled = false;
      if (matchMedia("(hover: hover)").matches) focusAtEnd();
    } else if (restored) say("You are back. The server had lost the text, and has it from you again.", true);
    else if (merged) say("You are back. What you wrote is merged with what the others wrote.", true);
    else say("You are back.", true);
    showMyself();
    showPeople();
    draw();
  },
  onPerson: (person) => {
    if (person.id === me) return;
    const before = people.get(person.id);
    people.set(person.id, { ...person, movedMillis: Date.now() });
    if (before?.name !== person.name) showPeople();
    setTimeout(draw, NAME_MILLIS + 50);
    draw();
  },
  onLeft: (id) => {
    people.delete(id);
    showPeople();
    draw();
  },
  onFull: (full) => {
    say(full ? "This text is full. What you write now stays in this page alone: copy it elsewhere." : "");
  },
});

text.observe((_, { origin }) => {
  writers.add(origin === field ? "us" : "others");
  draw();
});

byId("title").textContent = name;
document.title = name === PUBLIC ? document.title : `${name} – ${document.title}`;
nameField.value = rememberedName() || `${oneOf(QUALITIES)} ${oneOf(ANIMALS)}`;
fitName();
/** @type {HTMLAnchorElement} */ (byId("new")).href =
  `/editor?doc=${oneOf(QUALITIES)}-${oneOf(ANIMALS)}-${Math.floor(Math.random() * 9_000) + 1_000}`.toLowerCase();

nameField.addEventListener("input", () => {
  fitName();
  rememberName(myName());
  showMyselfSoon();
});
nameField.addEventListener("keydown", ({ key }) => key === "Enter" && area.focus());
document.addEventListener("selectionchange", showMyselfSoon);
for (const type of ["select", "keyup", "pointerup"]) area.addEventListener(type, showMyselfSoon);
area.addEventListener("input", showMyselfSoon);

// while a word is composed, as on a phone or in Japanese, a change of the field would break it off
area.addEventListener("compositionstart", () => shared.hold());
area.addEventListener("compositionupdate", () => shared.hold());
area.addEventListener("compositionend", () => shared.release());

byId("undo").addEventListener("click", () => undo(() => field.undo()));
byId("redo").addEventListener("click", () => undo(() => field.redo()));
addEventListener("resize", draw);
addEventListener("beforeunload", (event) => shared.isUnsaved && event.preventDefault());

// Safari lays its keyboard over the page and tells only the visual viewport
visualViewport?.addEventListener("resize", () => {
  if (!visualViewport || visualViewport.scale !== 1) return;
  document.documentElement.style.setProperty("--screen", `${visualViewport.height}px`);
  scrollTo(0, 0);
});

/**
 * Writes the first words, as the same author on every page: two that do it at once write them once.
 * @param {Y.Doc} empty
 */
function begin(empty) {
  if (name !== PUBLIC) return;
  const beginning = new Y.Doc();
  beginning.clientID = 0;
  beginning.getText("text").insert(0, BEGINNING);
  Y.applyUpdate(empty, Y.encodeStateAsUpdate(beginning));
}

function showMyselfSoon() {
  showTimer ||= setTimeout(showMyself, SHOW_EVERY_MILLIS);
}

function showMyself() {
  clearTimeout(showTimer);
  showTimer = 0;
  if (document.body.classList.contains("away")) return;
  const myself = { name: myName(), ...field.selection() };
  const json = JSON.stringify(myself);
  // when others write, our caret stays with its words, and there is nothing to tell
  if (json === shown) return;
  shown = json;
  shared.show(myself);
}

/** Draws all that depends on the text, once before the next picture is shown. */
function draw() {
  frame ||= requestAnimationFrame(() => {
    frame = 0;
    const before = carets.top;
    const { top, bottom } = desk.getBoundingClientRect();
    const isInView = document.activeElement === area && top <= before && before <= bottom;
    const value = area.value;
    const away = document.body.classList.contains("away");
    carets.show(value, away ? [] : marks(value.length), area.selectionEnd);
    const isOurs = writers.has("us");
    // what others write above our line must not push it away under our fingers
    if (!isOurs && writers.has("others") && isInView) desk.scrollTop += carets.top - before;
    // the field has only now become as high as what we wrote in it
    if (isOurs) desk.scrollTop += outside(carets.top, top, bottom);
    writers.clear();
    showCount(value);
    setEnabled("undo", field.canUndo);
    setEnabled("redo", field.canRedo);
  });
}

/**
 * How far a line is below or, negative, above what is seen.
 * @param {number} line @param {number} top @param {number} bottom
 */
function outside(line, top, bottom) {
  return Math.max(0, line + LINE_PIXELS - bottom) + Math.min(0, line - LINE_PIXELS - top);
}

/** @param {number} length */
function marks(length) {
  const now = Date.now();
  return [...people.values()].flatMap(({ id, name, anchor, head, movedMillis }) => {
    const ends = [field.indexOf(anchor), field.indexOf(head)];
    if (!name || ends.some((index) => index < 0 || index > length)) return [];
    const [from, to] = [Math.min(...ends), Math.max(...ends)];
    return { id, name, hue: hueOf(id), from, to, head: ends[1], isNamed: now - movedMillis < NAME_MILLIS };
  });
}

function showPeople() {
  const named = [...people.values()].filter(({ name }) => name);
  byId("people").replaceChildren(...named.map(({ id, name = "" }) => {
    const button = /** @type {HTMLButtonElement} */ (element("button", "person"));
    button.type = "button";
    button.title = `Go to ${name}`;
    button.dataset.initial = firstLetter(name);
    button.style.setProperty("--hue", String(hueOf(id)));
    button.append(element("bdi", "", name));
    button.addEventListener("click", () => goTo(id));
    const item = element("li", "");
    item.append(button);
    return item;
  }));
}

/** @param {number} id */
function goTo(id) {
  const top = carets.topOf(id);
  const person = people.get(id);
  if (top < 0 || !person) return;
  person.movedMillis = Date.now();
  setTimeout(draw, NAME_MILLIS + 50);
  draw();
  const page = byId("mirror").getBoundingClientRect().top - desk.getBoundingClientRect().top;
  const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
  desk.scrollTo({ top: desk.scrollTop + page + top - desk.clientHeight / 3, behavior });
}

/** @param {string} value */
function showCount(value) {
  const words = value.match(/\S+/g)?.length ?? 0;
  const full = value.length >= area.maxLength;
  byId("count").textContent = full ? "no more room" : words === 1 ? "1 word" : `${words} words`;
}

/** @param {string} words @param {boolean} [briefly] */
function say(words, briefly = false) {
  clearTimeout(newsTimer);
  byId("news").textContent = words;
  if (briefly) newsTimer = setTimeout(() => (byId("news").textContent = ""), NEWS_MILLIS);
}

/** @param {() => void} change */
function undo(change) {
  change();
  area.focus();
  showMyselfSoon();
}

function focusAtEnd() {
  area.focus({ preventScroll: true });
  area.setSelectionRange(area.value.length, area.value.length);
}

/** @param {string} id @param {boolean} enabled */
function setEnabled(id, enabled) {
  /** @type {HTMLButtonElement} */ (byId(id)).disabled = !enabled;
}

function myName() {
  return nameField.value.normalize().replace(/\s+/g, " ").trim() || "Someone";
}

function fitName() {
  byId("me").dataset.initial = firstLetter(myName());
  nameField.size = Math.max(6, nameField.value.length);
}

/** The same on all pages, and far from that of those who came next. @param {number} id */
function hueOf(id) {
  return (250 + id * GOLDEN_ANGLE) % 360;
}

/** @param {string} name */
function firstLetter(name) {
  // a flag or a family is one letter to its reader, though many code points
  for (const { segment } of new Intl.Segmenter().segment(name)) return segment;
  return "?";
}

/** @param {string[]} choices */
function oneOf(choices) {
  return choices[Math.floor(Math.random() * choices.length)];
}

function rememberedName() {
  try {
    return localStorage.getItem(NAME_KEY);
  } catch {
    return null; // storage is forbidden: the name lives as long as the page
  }
}

/** @param {string} name */
function rememberName(name) {
  try {
    localStorage.setItem(NAME_KEY, name);
  } catch {
    // as above
  }
}

/** @param {string} id */
function byId(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}
