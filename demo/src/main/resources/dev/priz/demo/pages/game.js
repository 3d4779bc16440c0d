import { PrizSocket } from "/priz.js";
import { Flight } from "./flight.js";
import { Timeline, decode } from "./snapshots.js";
import { Stage } from "./stage.js";
import { Standings } from "./standings.js";
import { Status } from "./status.js";
import { Stick } from "./stick.js";

/**
 * @typedef {import("./flight.js").Rules} Rules
 * @typedef {import("./snapshots.js").Spark} Spark
 */

const NAME_KEY = "priz.game.name";
const TOKEN_KEY = "priz.game.token";
const PLAYING_KEY = "priz.game.playing";
const QUALITIES = ["Brave", "Bright", "Live", "Lucky", "Merry", "Quick", "Sunny", "Swift"];
const THINGS = ["Adapter", "Battery", "Bulb", "Coil", "Fuse", "Lamp", "Plug", "Switch"];
// enough for the server, which takes the newest 20 times a second
const STEERING_MILLIS = 33;
const SPARK_RADIUS = 12;
// the server's word on a spark that we think to have comes within this time
const TAKEN_MILLIS = 700;

const stageElement = byId("stage");
const canvas = /** @type {HTMLCanvasElement} */ (byId("arena"));
const join = /** @type {HTMLFormElement} */ (byId("join"));
const nameField = /** @type {HTMLInputElement} */ (byId("name"));
const dashButton = byId("dash");
const leave = byId("leave");

const token = remembered("sessionStorage", TOKEN_KEY) ?? newToken();
const status = new Status(byId("status"), () => socket.connect());
const standings = new Standings(byId("scores"), byId("round"), byId("clock"));
const stick = new Stick(canvas, dash, steer);
const spoken = { notice: 0, banner: 0 };

/** @type {PrizSocket} */
let socket;
/** @type {Rules | undefined} */
let rules;
/** @type {Stage | undefined} */
let stage;
/** @type {Timeline | undefined} */
let timeline;
/** @type {Flight | undefined} while we play */
let flight;
/** The id of our plug while we play, else 0. */
let me = 0;
let wasHere = false;
let direction = 0;
let power = 0;
let steeredMillis = 0;
/** @type {Map<string, number>} sparks that we have touched, and when: the server has not said so yet */
const taken = new Map();
/** @type {Map<string, Spark>} what was drawn last */
let drawnSparks = new Map();
/** @type {Set<number>} */
let drawnSafe = new Set();

remember("sessionStorage", TOKEN_KEY, token);
nameField.value = remembered("localStorage", NAME_KEY) ?? `${oneOf(QUALITIES)} ${oneOf(THINGS)}`;
// a page that is loaded again goes on with the player that it had
const playing = remembered("sessionStorage", PLAYING_KEY);
if (playing) play(playing);
else watch();
requestAnimationFrame(frame);
// before now, the browser itself would send the form
/** @type {HTMLButtonElement} */ (byId("play")).disabled = false;

join.addEventListener("submit", (event) => {
  event.preventDefault();
  const name = nameField.value.normalize().replace(/\s+/g, " ").trim();
  if (!name) return;
  remember("localStorage", NAME_KEY, name);
  play(name);
});

leave.addEventListener("click", () => {
  remember("sessionStorage", PLAYING_KEY, "");
  watch();
  nameField.focus();
});

// at once, also for a second finger, which makes no click; and the arena keeps the focus
dashButton.addEventListener("pointerdown", dash);
dashButton.addEventListener("mousedown", (event) => event.preventDefault());
dashButton.addEventListener("click", (event) => {
  const isByKey = event.detail === 0;
  if (isByKey) dash();
});

// for those who look at how it works, and for tests: what the server said last
Object.defineProperty(globalThis, "game", {
  value: Object.freeze({
    get me() {
      return me;
    },
    get players() {
      const plugs = [...(timeline?.newest?.plugs.values() ?? [])];
      return plugs.map((plug) => ({ ...plug, ...standings.known.get(plug.id) }));
    },
  }),
});

/** @param {string} name */
function play(name) {
  wasHere = false;
  remember("sessionStorage", PLAYING_KEY, name);
  showJoin(false);
  say("notice", "");
  connect(`/ws/game?${new URLSearchParams({ name, token })}`);
}

function watch() {
  showJoin(true);
  connect("/ws/game");
}

/** @param {string} url */
function connect(url) {
  socket?.close();
  stop();
  const mine = new PrizSocket(url, {
    onMessage: (data) => (typeof data === "string" ? hear(JSON.parse(data)) : see(data)),
    onState: (state, nextTryMillis) => {
      // the one before closes, which is no news
      if (mine !== socket) return;
      status.show(state, nextTryMillis);
      stageElement.classList.toggle("away", state !== "open");
      if (state !== "open") stop();
    },
  });
  socket = mine;
}

/** Nobody steers until we are welcome, again. */
function stop() {
  me = 0;
  flight = undefined;
  stick.enabled = false;
  stick.release();
  taken.clear();
  delete stageElement.dataset.player;
}

/** @param {any} message that is not a snapshot */
function hear(message) {
  switch (message.type) {
    case "rules":
      return begin(message);
    case "welcome":
      return arrive(message);
    case "standings":
      return rank(message);
    case "full":
      return say("notice", "The arena is full. You play as soon as there is room.");
    case "replaced":
      // and no coming back, or the two would take the player from each other for ever
      remember("sessionStorage", PLAYING_KEY, "");
      watch();
      return say("notice", "You play in another window now.");
  }
}

/** @param {Rules} told */
function begin(told) {
  rules = told;
  stage ??= new Stage(canvas, told);
  timeline ??= new Timeline(told.ticksPerSecond);
}

/** @param {{id: number, back: boolean}} welcome */
function arrive({ id, back }) {
  me = id;
  flight = rules && new Flight(rules);
  direction = power = 0;
  stick.enabled = true;
  stageElement.dataset.player = String(id);
  canvas.focus({ preventScroll: true });
  if (back) say("notice", wasHere ? "You are back, with all that you had." : "");
  else say("notice", wasHere ? "The arena no longer knew you. You begin anew." : "");
  wasHere = true;
}

/** @param {import("./standings.js").Table} table */
function rank(table) {
  const over = standings.show(table, me);
  if (!over) return;
  const { winner } = table;
  if (!winner) say("banner", "A new round begins");
  else say("banner", `${winner.id === me ? "You win" : `${winner.name} wins`} with ${winner.score}. A new round begins`);
}

/** @param {ArrayBuffer} bytes */
function see(bytes) {
  const snapshot = decode(bytes);
  const now = performance.now();
  timeline?.add(snapshot, now);
  const own = snapshot.plugs.get(me);
  if (own) flight?.correct(own, now);
}

/** Tells the server how we steer, if that has changed. */
function steer() {
  const now = performance.now();
  if (!flight || !stage || now - steeredMillis < STEERING_MILLIS) return;
  const own = flight.at(now);
  const wanted = stick.read(stage.onCanvas(own ?? { x: 0, y: 0 }));
  const nextPower = Math.round(wanted.power * 255);
  const nextDirection = nextPower ? Math.round((wanted.angle / Math.PI) * 128) & 255 : direction;
  if (nextPower === power && nextDirection === direction) return;
  direction = nextDirection;
  power = nextPower;
  steeredMillis = now;
  socket.send(flight.steer(direction, power, false, now));
}

function dash() {
  const now = performance.now();
  if (!flight || flight.readiness(now) < 1) return;
  const own = flight.at(now);
  // without thrust it dashes the way it looks
  if (own && !power) direction = Math.round((own.heading / Math.PI) * 128) & 255;
  socket.send(flight.steer(direction, power, true, now));
  if (own) stage?.burst(own, 8);
}

function frame() {
  requestAnimationFrame(frame);
  if (!stage || !timeline) return;
  steer();
  const now = performance.now();
  const seen = timeline.at(now);
  const own = flight?.at(now);
  const plugs = seen.plugs.map((plug) => (plug.id === me && own ? { ...plug, ...own } : plug));
  // ours last, above the others
  plugs.sort((a, b) => Number(a.id === me) - Number(b.id === me));
  const sparks = own ? withoutTaken(seen.sparks, own, now) : seen.sparks;
  showEffects(plugs, sparks);
  const readiness = flight?.readiness(now) ?? 1;
  dashButton.style.setProperty("--ready", String(readiness));
  const focus = own ?? plugs.find((plug) => plug.id === standings.first) ?? middle();
  stage.draw({ plugs, sparks, me, focus, known: standings.known, readiness, stick: stick.drawn }, now);
}

/**
 * Our plug is ahead of the others, so what it touches is its own before the server says so.
 * @param {Spark[]} sparks @param {{x: number, y: number}} own @param {number} now
 */
function withoutTaken(sparks, own, now) {
  const reach = (rules?.radius ?? 0) + SPARK_RADIUS;
  for (const [key, millis] of taken) if (now - millis > TAKEN_MILLIS) taken.delete(key);
  return sparks.filter((spark) => {
    const key = keyOf(spark);
    if (taken.has(key)) return false;
    if (Math.hypot(spark.x - own.x, spark.y - own.y) >= reach) return true;
    taken.set(key, now);
    stage?.burst(spark, 6, `+${spark.worth}`);
    return false;
  });
}

/** @param {import("./snapshots.js").Plug[]} plugs @param {Spark[]} sparks */
function showEffects(plugs, sparks) {
  const now = new Map(sparks.map((spark) => [keyOf(spark), spark]));
  for (const [key, spark] of drawnSparks) {
    if (!now.has(key) && !taken.has(key)) stage?.burst(spark, 4);
  }
  drawnSparks = now;
  const safe = new Set(plugs.filter((plug) => plug.safe).map((plug) => plug.id));
  for (const plug of plugs) {
    if (safe.has(plug.id) && !drawnSafe.has(plug.id)) stage?.burst(plug, 14);
  }
  drawnSafe = safe;
}

function middle() {
  return { x: (rules?.width ?? 0) / 2, y: (rules?.height ?? 0) / 2, speedX: 0, speedY: 0 };
}

/** @param {Spark} spark */
function keyOf({ x, y }) {
  return `${x},${y}`;
}

/** Shows some words for a while. @param {"notice" | "banner"} id @param {string} words */
function say(id, words) {
  clearTimeout(spoken[id]);
  byId(id).textContent = words;
  spoken[id] = setTimeout(() => (byId(id).textContent = ""), 6000);
}

/** @param {boolean} shown */
function showJoin(shown) {
  join.hidden = !shown;
  leave.hidden = dashButton.hidden = shown;
}

/** What tells the server that it is us again. */
function newToken() {
  // pages that come over plain HTTP have no randomUUID
  return crypto.getRandomValues(new Uint32Array(4)).join("-");
}

/** @param {"localStorage" | "sessionStorage"} storage @param {string} key */
function remembered(storage, key) {
  try {
    return globalThis[storage].getItem(key) || null;
  } catch {
    return null; // storage is forbidden: all lives as long as the page
  }
}

/** @param {"localStorage" | "sessionStorage"} storage @param {string} key @param {string} value */
function remember(storage, key, value) {
  try {
    globalThis[storage].setItem(key, value);
  } catch {
    // as above
  }
}

/** @param {string[]} choices */
function oneOf(choices) {
  return choices[Math.floor(Math.random() * choices.length)];
}

/** @param {string} id */
function byId(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}
