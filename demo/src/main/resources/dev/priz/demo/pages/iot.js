import { Device } from "./iotdevice.js";
import { Panel } from "./iotpanel.js";
import { Priz } from "./priz.js";
import { Status } from "./status.js";

const RATE_MILLIS = 10_000;
const REFRESH_MILLIS = 500;
const KEPT_READINGS = 1_000;

/** @type {Map<string, Device>} */
const devices = new Map();
/** @type {Map<string, HTMLElement>} the lists of tiles, by house */
const houses = new Map();
/** @type {Set<string>} who is online, also those of whom nothing was read yet */
let present = new Set();
/** @type {number[]} when the newest readings came */
let heardMillis = [];
/** How far the devices' clock is ahead of this page's. */
let aheadMillis = 0;
let startedMillis = 0;
let isDrawing = false;

const panel = new Panel({
  command: (device, change) => void command(device, change),
  plug: (device, plugged) => void topics.publish("iot/plugs", { device: device.latest.device, plugged }),
  moved: draw,
});
const status = new Status(byId("status"), () => topics.connect());
const topics = new Priz("/ws/iot", { onState: (state, nextTryMillis) => status.show(state, nextTryMillis) });

topics.subscribe("iot/readings", {
  last: KEPT_READINGS,
  onMessage: hear,
  onSubscribed: () => (startedMillis = Date.now()),
  onLost: () => (byId("notice").textContent =
    `The connection was lost at ${new Date().toLocaleTimeString()}, and some readings with it.`),
});
topics.subscribe("iot/online", { watch: true, onPresence: ({ members, joined, left }) => {
  present = new Set(members.values());
  byId("pages").textContent = pagesWords([...members.values()].filter((value) => value === "page").length);
  const news = joined.length + left.length > 0;
  for (const [id, device] of devices) device.setOnline(present.has(id), news);
  draw();
} });

setInterval(draw, REFRESH_MILLIS);

/** @param {import("./iotdevice.js").Reading} reading */
function hear(reading) {
  const now = Date.now();
  if (!reading.late && now - startedMillis > 1_000) {
    aheadMillis = reading.time - now;
    heardMillis.push(now);
  }
  device(reading).hear(reading);
  draw();
}

/** The device of a reading, which may be the first. @param {import("./iotdevice.js").Reading} reading */
function device(reading) {
  const known = devices.get(reading.device);
  if (known) return known;
  const made = new Device(reading);
  devices.set(reading.device, made);
  made.setOnline(present.has(reading.device), false);
  made.tile.addEventListener("click", () => panel.show(made, true));
  insertSorted(houseOf(reading.house), made.tile);
  // also what other pages tell it
  topics.subscribe(`iot/${reading.device}/commands`, {
    onMessage: ({ id, ...change }) => {
      made.told(id, change, false);
      draw();
    },
  });
  if (!panel.device) panel.show(made, false);
  return made;
}

/**
 * @param {Device} device
 * @param {import("./iotdevice.js").Change} change
 */
async function command(device, change) {
  const id = Math.random().toString(36).slice(2);
  device.told(id, change, true);
  draw();
  try {
    await topics.publish(`iot/${device.latest.device}/commands`, { id, ...change }, { echo: false });
  } catch (error) {
    device.failed(id, /** @type {Error} */ (error).message);
    draw();
  }
}

/** @param {string} name */
function houseOf(name) {
  const known = houses.get(name);
  if (known) return known;
  byId("waiting").hidden = true;
  const house = document.createElement("section");
  house.className = "house";
  house.id = `house-${name}`;
  const title = document.createElement("h2");
  title.id = `title-${name}`;
  title.textContent = name[0].toUpperCase() + name.slice(1);
  house.setAttribute("aria-labelledby", title.id);
  const tiles = document.createElement("div");
  tiles.className = "tiles";
  house.append(title, tiles);
  insertSorted(byId("houses"), house);
  houses.set(name, tiles);
  return tiles;
}

/** @param {Element} list @param {Element} added */
function insertSorted(list, added) {
  list.insertBefore(added, [...list.children].find(({ id }) => id > added.id) ?? null);
}

/** Draws all in the next frame. */
function draw() {
  if (isDrawing || document.hidden) return;
  isDrawing = true;
  requestAnimationFrame(() => {
    isDrawing = false;
    const now = Date.now() + aheadMillis;
    for (const device of devices.values()) device.draw(now, device === panel.device && panel.isOpen);
    panel.draw(now);
    drawSummary();
  });
}

function drawSummary() {
  const now = Date.now();
  heardMillis = heardMillis.filter((time) => now - time < RATE_MILLIS);
  const online = [...devices.values()].filter((device) => device.online).length;
  setText("online", `${online} of ${devices.size} devices online`);
  const seconds = Math.min(RATE_MILLIS, Math.max(1_000, now - startedMillis - 1_000)) / 1_000;
  setText("rate", `${(heardMillis.length / seconds).toFixed(1)} readings a second`);
}

/** @param {number} count */
function pagesWords(count) {
  return count === 1 ? "this page watches" : `${count} pages watch`;
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
