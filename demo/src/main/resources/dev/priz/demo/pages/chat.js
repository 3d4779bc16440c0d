import { People, hueOf } from "./people.js";
import { Priz } from "./priz.js";
import { Rooms, roomNamed, roomOfAddress } from "./rooms.js";
import { Status } from "./status.js";
import { Transcript } from "./transcript.js";
import { Typing } from "./typing.js";

/** @typedef {{id: string, name: string, text: string, time: number}} Message as the server tells it */

const TITLE = document.title;
const NAME_KEY = "priz.chat.name";
const VISITOR_KEY = "priz.chat.key";
const HISTORY = 100;
/** The code of a message of which nobody knows whether it has arrived. */
const UNKNOWN = 4504;
const QUALITIES = ["Brave", "Calm", "Clever", "Cosy", "Gentle", "Lucky", "Merry", "Sunny", "Swift"];
const ANIMALS = ["Badger", "Dolphin", "Falcon", "Fox", "Hedgehog", "Heron", "Otter", "Owl", "Robin"];

const join = /** @type {HTMLFormElement} */ (byId("join"));
const nameField = /** @type {HTMLInputElement} */ (byId("name"));
const roomField = /** @type {HTMLInputElement} */ (byId("room-name"));
const otherRoom = /** @type {HTMLFormElement} */ (byId("other-room"));
const otherName = /** @type {HTMLInputElement} */ (byId("other-name"));
const place = byId("room");
const leave = byId("leave");
const composer = /** @type {HTMLFormElement} */ (byId("composer"));
const box = /** @type {HTMLTextAreaElement} */ (byId("message"));
const send = /** @type {HTMLButtonElement} */ (byId("send"));

const transcript = new Transcript(byId("log"), /** @type {HTMLButtonElement} */ (byId("jump")));
const people = new People(byId("people"), byId("people-count"));
const rooms = new Rooms(document.querySelectorAll(".room-links"));
const typing = new Typing(byId("typing"), tellTyping);
const status = new Status(byId("status"), () => priz?.connect());

/** @type {Priz | null} while we are in a room */
let priz = null;
/** @type {{unsubscribe(): void}[]} */
let subscriptions = [];
let room = "";
/** Our id, once the server has told it. */
let me = "";
/** Whether the server has us in the room now. */
let here = false;
let unread = 0;
/** @type {Map<string, string>} what was written and not sent, by room */
const drafts = new Map();

nameField.value = recall(() => localStorage, NAME_KEY) || `${oneOf(QUALITIES)} ${oneOf(ANIMALS)}`;
nameField.select();
addressChanged();

join.addEventListener("submit", (event) => {
  event.preventDefault();
  const name = nameField.value.normalize().replace(/\s+/g, " ").trim();
  if (name) enter(name, roomNamed(roomField.value));
});

otherRoom.addEventListener("submit", (event) => {
  event.preventDefault();
  location.hash = roomNamed(otherName.value);
  otherName.value = "";
});

addEventListener("hashchange", addressChanged);

leave.addEventListener("click", () => {
  const client = priz;
  priz = null;
  client?.close();
  showPlace(false);
  nameField.focus();
});

composer.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = box.value.trim();
  if (!text || !priz || box.disabled) return;
  say(priz, room, text);
  setDraft("");
  typing.sent();
  transcript.follow();
  box.focus();
});

box.addEventListener("keydown", (event) => {
  // the Enter that ends the composition of a word belongs to the input method
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  composer.requestSubmit();
});

box.addEventListener("input", () => {
  fitBox();
  if (here && box.value.trim()) typing.typed();
});

document.addEventListener("visibilitychange", () => {
  if (!document.hidden) showUnread(0);
});

// Safari lays its keyboard over the page and tells only the visual viewport
visualViewport?.addEventListener("resize", () => {
  if (!visualViewport || visualViewport.scale !== 1) return;
  document.documentElement.style.setProperty("--screen", `${visualViewport.height}px`);
  scrollTo(0, 0);
});

function addressChanged() {
  const next = roomOfAddress();
  roomField.value = next;
  if (!priz) rooms.show(next);
  else if (next !== room) goTo(next);
}

/** @param {string} name @param {string} firstRoom */
function enter(name, firstRoom) {
  keep(() => localStorage, NAME_KEY, name);
  const visitor = new URLSearchParams({ name, key: visitorKey() });
  priz = new Priz(`/ws/chat?${visitor}`, {
    onState: (state, nextTryMillis) => {
      status.show(state, nextTryMillis);
      if (state !== "open" && here) depart();
    },
  });
  showPlace(true);
  goTo(firstRoom);
  history.replaceState(null, "", `#${encodeURIComponent(firstRoom)}`);
}

/** @param {string} next */
function goTo(next) {
  if (!priz) return;
  if (next !== room) {
    drafts.set(room, box.value);
    setDraft(drafts.get(next) ?? "");
  }
  room = next;
  here = false;
  box.disabled = send.disabled = true;
  transcript.clear();
  people.clear();
  typing.clear();
  rooms.show(room);
  showUnread(0);
  for (const subscription of subscriptions) subscription.unsubscribe();
  subscriptions = [
    priz.subscribe(roomTopic(room), {
      last: HISTORY,
      watch: true,
      onSubscribed: arrive,
      onLost: () => transcript.notice(
        "You are back. Earlier messages may be missing: the server does not have them any more."),
      onPresence: showPeople,
      onMessage: hear,
      onEnd: ({ message }) => transcript.notice(`You cannot be here: ${message}`),
    }),
    priz.subscribe(typingTopic(room), { onMessage: (who) => typing.show(who) }),
  ];
}

/** @param {{first: boolean, recovered: boolean}} how */
function arrive({ first, recovered }) {
  here = true;
  place.classList.remove("away");
  if (first) transcript.notice(`This is ${room}. The last ${HISTORY} messages of a day are kept.`);
  else if (recovered) transcript.notice("You are back, and nothing is missing");
  if (!box.disabled) return;
  box.disabled = send.disabled = false;
  // on a phone the keyboard would cover half of the room before anything was said
  if (matchMedia("(hover: hover)").matches) box.focus();
}

function depart() {
  here = false;
  place.classList.add("away");
  transcript.notice(priz ? "The connection is lost" : "You left");
}

/**
 * Says something; without a connection, as soon as there is one.
 * @param {Priz} client @param {string} where @param {string} text
 */
async function say(client, where, text) {
  const over = transcript.onItsWay(text);
  try {
    await client.publish(roomTopic(where), text);
  } catch (error) {
    const { code, message } = /** @type {import("./priz.js").PrizError} */ (error);
    const what = code === UNKNOWN ? "may not have arrived" : `was not sent: ${message}`;
    transcript.notice(`What you wrote ${what}. It is in the message field again.`);
    giveBack(where, text);
  } finally {
    over();
  }
}

/** @param {string} where @param {string} text */
function giveBack(where, text) {
  const draft = where === room ? box.value : drafts.get(where);
  const both = [text, draft].join("\n").trim();
  if (where === room) setDraft(both);
  else drafts.set(where, both);
}

function tellTyping() {
  // a notice that comes late is worse than none, so nothing is done about one that fails
  priz?.publish(typingTopic(room), true, { echo: false }).catch(() => {});
}

/** @param {Message} message */
function hear({ id, name, text, time }) {
  typing.end(id);
  transcript.message({ author: name, by: id, hue: hueOf(id), mine: id === me, text, time });
  if (document.hidden && id !== me) showUnread(unread + 1);
}

/** @param {import("./priz.js").PresenceChange} presence */
function showPeople({ members, joined, left, me: member = "" }) {
  me = members.get(member)?.id ?? me;
  const { came, gone } = people.show(members.values(), me);
  // the list after a loss is no news of each one: all come back one after another
  if (joined.length === 0 && left.length === 0) return;
  for (const name of came) transcript.notice("joined", name);
  for (const name of gone) transcript.notice("left", name);
}

/** @param {boolean} shown */
function showPlace(shown) {
  join.hidden = shown;
  place.hidden = leave.hidden = !shown;
}

/** @param {number} count */
function showUnread(count) {
  unread = count;
  const title = priz ? `${room} · ${TITLE}` : TITLE;
  document.title = count ? `(${count}) ${title}` : title;
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

/** A secret of this tab, by which the server knows its visitor again. */
function visitorKey() {
  const key = recall(() => sessionStorage, VISITOR_KEY)
    ?? crypto.getRandomValues(new Uint32Array(4)).join("-");
  keep(() => sessionStorage, VISITOR_KEY, key);
  return key;
}

/** @param {() => Storage} storage @param {string} key */
function recall(storage, key) {
  try {
    return storage().getItem(key);
  } catch {
    return null; // storage is forbidden: what is kept lives as long as the page
  }
}

/** @param {() => Storage} storage @param {string} key @param {string} value */
function keep(storage, key, value) {
  try {
    storage().setItem(key, value);
  } catch {
    // as above
  }
}

/** @param {string} name */
function roomTopic(name) {
  return `chat/room/${name}`;
}

/** @param {string} name */
function typingTopic(name) {
  return `chat/typing/${name}`;
}

/** @param {string[]} choices */
function oneOf(choices) {
  return choices[Math.floor(Math.random() * choices.length)];
}

/** @param {string} id */
function byId(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}
