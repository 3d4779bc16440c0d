import { ReadMarks } from "./marks.js";
import { Priz } from "./priz.js";
import { Status } from "./status.js";
import { Toasts } from "./toasts.js";
import { element } from "./transcript.js";

/** @typedef {{from: string, title: string, text: string, kind: string, time: number}} Notification */
/** @typedef {Notification & {id: string, entry: HTMLElement}} Item one that is in the list */

const TITLE = document.title;
const USERS = ["Ada", "Grace", "Nâzım"];
const KEPT = 50;
const MOST_ITEMS = 100;
// what comes together is told together
const BATCH_MILLIS = 50;
const MOST_TOASTS = 3;
const MINUTE_MILLIS = 60_000;
const SAMPLES = [
  { kind: "success", title: "Build finished", text: "All 4,128 tests passed in 3 min 12 s." },
  { kind: "info", title: "Lunch at noon?", text: "The new place by the harbour has a table for us." },
  { kind: "warning", title: "Disk almost full", text: "The backup disk has 6 % left." },
  { kind: "urgent", title: "Greenhouse too warm", text: "41 °C in section B, and the vents do not answer." },
];

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const calendar = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "medium" });
const ago = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

const user = new URLSearchParams(location.search).get("user")?.normalize().trim() || USERS[0];
const list = byId("list");
const sender = /** @type {HTMLFormElement} */ (byId("sender"));
const to = /** @type {HTMLInputElement} */ (byId("to"));
const title = /** @type {HTMLInputElement} */ (byId("title"));
const text = /** @type {HTMLTextAreaElement} */ (byId("text"));

/** @type {Item[]} newest first */
let items = [];
/** @type {Item[]} of the last moment */
let arrived = [];
/** Whether what arrives now was there before this page. */
let catchingUp = false;
let timer = 0;
let sample = 0;

const marks = new ReadMarks(user, showMarks);
const toasts = new Toasts(byId("toasts"));
const status = new Status(byId("status"), () => priz.connect());
const priz = new Priz(`/ws/notifications?${new URLSearchParams({ user })}`, {
  onState: (state, nextTryMillis) => status.show(state, nextTryMillis),
});
priz.subscribe(`notifications/${user}`, {
  last: KEPT,
  onSubscribed: ({ first }) => {
    catchingUp = first;
    flushSoon();
  },
  onMessage: (/** @type {Notification} */ notification, { at }) => {
    // where in the topic it is tells it from all others
    arrived.push(itemOf(notification, at));
    flushSoon();
  },
  onLost: () => (byId("lost").hidden = false),
  onEnd: ({ message }) => (byId("empty").textContent = `This does not work: ${message}.`),
});

showUsers();
showSample();
showMarks();
setInterval(showTimes, MINUTE_MILLIS / 2);

sender.addEventListener("submit", (event) => {
  event.preventDefault();
  sendIt(to.value.normalize().trim());
});

byId("read-all").addEventListener("click", () => mark(unread(), true));

/** @param {string} receiver */
async function sendIt(receiver) {
  const kind = new FormData(sender).get("kind");
  const draft = { title: title.value.trim(), text: text.value.trim(), kind };
  const outcome = byId("outcome");
  outcome.textContent = "On its way…";
  outcome.classList.remove("failed");
  if (draft.title === SAMPLES[sample % SAMPLES.length].title) sample++;
  showSample();
  try {
    await priz.publish(`notifications/${receiver}`, draft);
    outcome.textContent = `“${draft.title}” was sent to ${receiver}.`;
  } catch (error) {
    const { message } = /** @type {Error} */ (error);
    outcome.textContent = `“${draft.title}” was not sent: ${message}.`;
    outcome.classList.add("failed");
  }
}

function flushSoon() {
  timer ||= setTimeout(flush, BATCH_MILLIS);
}

function flush() {
  timer = 0;
  const news = arrived.filter(({ id }) => !marks.has(id));
  for (const item of arrived) list.prepend(item.entry);
  items = [...arrived.reverse(), ...items];
  for (const old of items.splice(MOST_ITEMS)) old.entry.remove();
  arrived = [];
  showMarks();
  if (catchingUp && news.length > 1) {
    toast(`${news.length} unread notifications while you were away`);
  } else if (news.length > MOST_TOASTS) {
    toast(`${news.length} unread notifications`);
  } else {
    for (const item of news) toasts.show(item);
  }
  catchingUp = false;
}

/** @param {string} words */
function toast(words) {
  toasts.show({ kind: "info", title: words, text: "They are in the list." });
}

/** @param {Notification} notification @param {string} id @returns {Item} */
function itemOf(notification, id) {
  const { from, kind, time } = notification;
  const entry = element("li", "item");
  entry.dataset.kind = kind;
  const words = element("div", "words");
  const heading = element("h3", "", notification.title);
  const body = element("p", "text", notification.text);
  heading.dir = body.dir = "auto";
  const about = element("p", "about");
  const when = document.createElement("time");
  when.dateTime = new Date(time).toISOString();
  when.title = calendar.format(time);
  about.append(element("span", "unseen", `${kind}, `), "from ", element("bdi", "", from), " · ", when);
  words.append(heading, body, about);
  const button = element("button", "quiet mark");
  const item = { ...notification, id, entry };
  button.addEventListener("click", () => mark([item], !marks.has(id)));
  entry.append(words, button);
  showTime(item);
  return item;
}

/** @param {Item[]} some @param {boolean} read */
function mark(some, read) {
  marks.mark(some.map(({ id }) => id), read);
  showMarks();
}

function unread() {
  return items.filter(({ id }) => !marks.has(id));
}

function showMarks() {
  for (const { id, title, entry } of items) {
    const read = marks.has(id);
    entry.classList.toggle("unread", !read);
    const button = /** @type {HTMLElement} */ (entry.querySelector(".mark"));
    button.textContent = read ? "Mark unread" : "Mark read";
    button.ariaLabel = `${button.textContent}: ${title}`;
  }
  const count = unread().length;
  byId("badge").hidden = count === 0;
  byId("unread").textContent = String(count);
  // not disabled, which would take the focus away from who has just pressed it
  byId("read-all").ariaDisabled = String(count === 0);
  byId("empty").hidden = items.length > 0;
  document.title = `${count ? `(${count}) ` : ""}${user} · ${TITLE}`;
}

function showTimes() {
  items.forEach(showTime);
}

/** @param {Item} item */
function showTime({ time, entry }) {
  const minutes = Math.round((time - Date.now()) / MINUTE_MILLIS);
  const words = minutes > -1 ? "now" : minutes > -60 ? ago.format(minutes, "minute") : clock.format(time);
  const element = /** @type {HTMLElement} */ (entry.querySelector("time"));
  if (element.textContent !== words) element.textContent = words;
}

function showUsers() {
  byId("user").textContent = user;
  for (const name of new Set([...USERS, user])) {
    const link = /** @type {HTMLAnchorElement} */ (element("a", ""));
    link.href = `?${new URLSearchParams({ user: name })}`;
    link.append(element("bdi", "", name));
    if (name === user) link.setAttribute("aria-current", "page");
    const entry = element("li", "");
    entry.append(link);
    byId("users").append(entry);
    const choice = document.createElement("option");
    choice.value = name;
    byId("known").append(choice);
  }
  to.value = user;
}

/** Something to send for who only wants to see it arrive. */
function showSample() {
  const next = SAMPLES[sample % SAMPLES.length];
  title.value = next.title;
  text.value = next.text;
  const kind = sender.querySelector(`[value=${next.kind}]`);
  if (kind instanceof HTMLInputElement) kind.checked = true;
}

/** @param {string} id */
function byId(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}
