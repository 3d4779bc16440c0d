import { ReconnectingSocket } from "./reconnect.js";
import { Status } from "./status.js";
import { Transcript, element } from "./transcript.js";

const TITLE = document.title;
const NAME_KEY = "priz.chat.name";
const QUALITIES = ["Brave", "Calm", "Clever", "Cosy", "Gentle", "Lucky", "Merry", "Sunny", "Swift"];
const ANIMALS = ["Badger", "Dolphin", "Falcon", "Fox", "Hedgehog", "Heron", "Otter", "Owl", "Robin"];
const GOLDEN_ANGLE = 137.5;

const join = /** @type {HTMLFormElement} */ (byId("join"));
const nameField = /** @type {HTMLInputElement} */ (byId("name"));
const room = byId("room");
const leave = /** @type {HTMLButtonElement} */ (byId("leave"));
const composer = /** @type {HTMLFormElement} */ (byId("composer"));
const box = /** @type {HTMLTextAreaElement} */ (byId("message"));
const send = /** @type {HTMLButtonElement} */ (byId("send"));

const transcript = new Transcript(byId("log"), /** @type {HTMLButtonElement} */ (byId("jump")));
const status = new Status(byId("status"), () => socket?.connect());

/** @type {ReconnectingSocket | null} */
let socket = null;
/** Our id while the server knows us, otherwise 0. */
let me = 0;
let wasHere = false;
let boxHadFocus = false;
let unread = 0;
/** @type {Map<number, string>} */
const people = new Map();
/** @type {Map<string, number>} a name keeps its colour, also when it comes back with another id */
const hues = new Map();
/** @type {string[]} sent, but not yet seen in the room */
let unconfirmed = [];

nameField.value = rememberedName() || `${oneOf(QUALITIES)} ${oneOf(ANIMALS)}`;
nameField.select();

join.addEventListener("submit", (event) => {
  event.preventDefault();
  const name = nameField.value.normalize().replace(/\s+/g, " ").trim();
  if (name) enter(name);
});

leave.addEventListener("click", () => {
  wasHere = false;
  socket?.close();
  showRoom(false);
  nameField.focus();
});

composer.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = box.value.trim();
  if (!text || !me || !socket?.send(text)) return;
  unconfirmed.push(text);
  setDraft("");
  transcript.follow();
  box.focus();
});

box.addEventListener("keydown", (event) => {
  // the Enter that ends the composition of a word belongs to the input method
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  composer.requestSubmit();
});

box.addEventListener("input", fitBox);

document.addEventListener("visibilitychange", () => {
  if (!document.hidden) showUnread(0);
});

// Safari lays its keyboard over the page and tells only the visual viewport
visualViewport?.addEventListener("resize", () => {
  if (!visualViewport || visualViewport.scale !== 1) return;
  document.documentElement.style.setProperty("--screen", `${visualViewport.height}px`);
  scrollTo(0, 0);
});

/** @param {string} name */
function enter(name) {
  rememberName(name);
  showRoom(true);
  socket = new ReconnectingSocket(`/ws/chat?name=${encodeURIComponent(name)}`, {
    onMessage: (text) => receive(JSON.parse(text)),
    onState: (state, nextTryMillis) => {
      status.show(state, nextTryMillis);
      if (state !== "open" && me) depart();
    },
  });
  socket.connect();
}

/**
 * What the server says; which of the last three there are depends on the type.
 * @typedef {object} ChatEvent
 * @property {"welcome" | "joined" | "left" | "message"} type
 * @property {number} id
 * @property {string} name
 * @property {{id: number, name: string}[]} people of a welcome
 * @property {string} text of a message, as the next
 * @property {number} time epoch milliseconds
 */

/** @param {ChatEvent} event */
function receive(event) {
  switch (event.type) {
    case "welcome":
      return arrive(event);
    case "joined":
      if (event.id === me) return;
      people.set(event.id, event.name);
      showPeople();
      return transcript.notice("joined", event.name);
    case "left":
      people.delete(event.id);
      showPeople();
      return transcript.notice("left", event.name);
    case "message":
      return hear(event);
  }
}

/** @param {ChatEvent} welcome */
function arrive(welcome) {
  me = welcome.id;
  people.clear();
  people.set(me, welcome.name);
  for (const { id, name } of welcome.people) people.set(id, name);
  showPeople();
  if (wasHere) transcript.notice("You are back. What was said in between is not shown.");
  else transcript.notice("You are in the room");
  wasHere = true;
  box.disabled = send.disabled = false;
  room.classList.remove("away");
  // on a phone the keyboard would cover half of the room before anything was said
  if (boxHadFocus || matchMedia("(hover: hover)").matches) box.focus();
}

function depart() {
  me = 0;
  boxHadFocus = document.activeElement === box;
  box.disabled = send.disabled = true;
  room.classList.add("away");
  transcript.notice(wasHere ? "The connection is lost" : "You left");
  if (unconfirmed.length === 0) return;
  transcript.notice("What you sent last may not have arrived. It is in the message field again.");
  setDraft([...unconfirmed, box.value].join("\n").trim());
  unconfirmed = [];
}

/** @param {ChatEvent} message */
function hear({ id, name, text, time }) {
  const mine = id === me;
  if (mine) unconfirmed.shift();
  transcript.message({ author: name, hue: hueOf(name), mine, text, time });
  if (document.hidden) showUnread(unread + 1);
}

function showPeople() {
  const names = [...people.values()];
  byId("people-count").textContent = names.length ? String(names.length) : "";
  byId("people").replaceChildren(...[...people].map(([id, name]) => {
    const person = element("li", "");
    person.dataset.initial = firstLetter(name);
    person.style.setProperty("--hue", String(hueOf(name)));
    person.append(element("bdi", "", name));
    const shared = names.indexOf(name) !== names.lastIndexOf(name);
    if (id === me) person.append(element("small", "", "you"));
    else if (shared) person.append(element("small", "", `#${id}`));
    return person;
  }));
}

/** @param {boolean} shown */
function showRoom(shown) {
  join.hidden = shown;
  room.hidden = leave.hidden = !shown;
}

/** @param {number} count */
function showUnread(count) {
  unread = count;
  document.title = count ? `(${count}) ${TITLE}` : TITLE;
}

/** @param {string} text */
function setDraft(text) {
  box.value = text;
  fitBox();
}

function fitBox() {
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight + 2}px`;
  // the browser cuts a longer text without a word
  const full = box.value.length >= box.maxLength;
  byId("limit").textContent = full ? `A message has at most ${box.maxLength} characters.` : "";
}

/** @param {string} name */
function hueOf(name) {
  if (!hues.has(name)) hues.set(name, (250 + hues.size * GOLDEN_ANGLE) % 360);
  return /** @type {number} */ (hues.get(name));
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
