import { Chart } from "./chart.js";
import { Priz } from "./priz.js";
import { Quote, percent } from "./quote.js";
import { Status } from "./status.js";
import { Tile } from "./tile.js";

/** @typedef {import("./tile.js").Palette} Palette */

const REST_MILLIS = 1_500;
/** Between two drawings: more of them cost much, and nobody sees them. */
const DRAW_MILLIS = 50;

/** @type {Record<string, (a: Tile, b: Tile) => number>} */
const ORDERS = {
  name: (a, b) => (a.quote.symbol < b.quote.symbol ? -1 : 1),
  rising: (a, b) => b.quote.change - a.quote.change,
  falling: (a, b) => a.quote.change - b.quote.change,
  busy: (a, b) => b.quote.points.length - a.quote.points.length,
};

const wall = byId("wall");
const filter = /** @type {HTMLInputElement} */ (byId("filter"));
const sort = /** @type {HTMLSelectElement} */ (byId("sort"));
const pause = /** @type {HTMLButtonElement} */ (byId("pause"));

/** @type {Map<string, Tile>} */
const tiles = new Map();
/** What has changed since the last frame: of many prices of a symbol, the newest is drawn. @type {Set<Tile>} */
const changed = new Set();
/** @type {Tile | undefined} */
let selected;
let paused = false;
let scheduled = false;
/** The server's clock may differ. */
let aheadMillis = 0;
let updates = 0;
let skipped = 0;
let touchedMillis = 0;
/** @type {Palette} */
let palette = readPalette();

const chart = new Chart(/** @type {HTMLCanvasElement} */ (byId("chart")), () => selected && change(selected));
const sight = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    const tile = tileOf(target);
    if (!tile) continue;
    tile.visible = isIntersecting;
    if (isIntersecting) change(tile);
  }
}, { rootMargin: "100px" });

const priz = new Priz("/ws/prices", { onState: (state, nextTryMillis) => status.show(state, nextTryMillis) });
const status = new Status(byId("status"), () => priz.connect());

// first: the past, without which a price would have no change
priz.subscribe("prices/snapshots", {
  last: 60,
  onSubscribed: ({ recovered, first }) => {
    if (!first && !recovered) restart();
    else if (!first) tell("Back again. The prices in between have been filled in.");
  },
  onMessage: ({ time, prices }) => {
    for (const [symbol, price] of Object.entries(prices)) take(symbol, price, time);
  },
});

priz.subscribe("prices/all", {
  last: 1_000,
  onMessage: ({ symbol, price, time }) => {
    updates++;
    aheadMillis = time - Date.now();
    take(symbol, price, time);
  },
  onLost: (dropped = 0) => {
    skipped += dropped;
    byId("skipped").textContent = `${skipped.toLocaleString()} skipped`;
  },
});

byId("tools").addEventListener("submit", (event) => event.preventDefault());
filter.addEventListener("input", arrange);
sort.addEventListener("change", arrange);
pause.addEventListener("click", () => {
  paused = !paused;
  pause.setAttribute("aria-pressed", String(paused));
  pause.textContent = paused ? "Go on" : "Pause";
  schedule();
});

wall.addEventListener("click", ({ target }) => {
  const tile = target instanceof Element ? tileOf(target.closest(".tile")) : undefined;
  if (tile) select(tile);
});
wall.addEventListener("pointermove", () => (touchedMillis = Date.now()));
wall.addEventListener("keydown", (event) => {
  const shown = [...wall.children];
  const columns = getComputedStyle(wall).gridTemplateColumns.split(" ").length;
  const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns, Home: -Infinity, End: Infinity };
  const step = /** @type {Record<string, number>} */ (steps)[event.key];
  if (step === undefined || !selected) return;
  event.preventDefault();
  touchedMillis = Date.now();
  const next = shown.indexOf(selected.element) + step;
  const tile = tileOf(shown[Math.max(0, Math.min(shown.length - 1, next))]);
  if (!tile) return;
  select(tile);
  tile.element.focus();
});

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  palette = readPalette();
  tiles.forEach(change);
});
setInterval(everySecond, 1_000);
// so that lines move on also where nothing is traded
setInterval(() => selected && change(selected), 250);

/** @param {string} symbol @param {number} price @param {number} time */
function take(symbol, price, time) {
  let tile = tiles.get(symbol);
  if (!tile) {
    tile = new Tile(new Quote(symbol));
    tiles.set(symbol, tile);
    sight.observe(tile.element);
    queueArrange();
  }
  tile.quote.take(price, time);
  change(tile);
}

/** @param {Tile} tile */
function change(tile) {
  changed.add(tile);
  schedule();
}

function schedule() {
  if (scheduled || paused) return;
  scheduled = true;
  setTimeout(() => requestAnimationFrame(draw), DRAW_MILLIS);
}

function draw() {
  scheduled = false;
  if (paused) return;
  const now = Date.now() + aheadMillis;
  for (const tile of changed) tile.draw(palette, now);
  if (selected && changed.has(selected)) drawDetail(selected.quote, now);
  changed.clear();
}

/** @param {Quote} quote @param {number} now */
function drawDetail(quote, now) {
  const { price, change, low, high, direction } = quote;
  const arrow = direction < 0 ? "▼" : "▲";
  byId("price").textContent = `${price.toFixed(2)} ${direction ? arrow : ""}`;
  byId("price").dataset.move = direction < 0 ? "down" : "up";
  byId("change").textContent = `${percent(change)} in 2 minutes`;
  byId("change").dataset.trend = change > 0 ? "up" : "down";
  byId("range").textContent = `low ${low.toFixed(2)}, high ${high.toFixed(2)}`;
  chart.draw(quote, palette, now);
}

/** @param {Tile} tile */
function select(tile) {
  selected?.element.setAttribute("aria-selected", "false");
  if (selected) selected.element.tabIndex = -1;
  selected = tile;
  tile.element.setAttribute("aria-selected", "true");
  tile.element.tabIndex = 0;
  byId("symbol").textContent = tile.quote.symbol.replace(".", " ");
  drawDetail(tile.quote, Date.now() + aheadMillis);
}

let arranging = false;

/** Once for all symbols that come together. */
function queueArrange() {
  if (arranging) return;
  arranging = true;
  queueMicrotask(() => {
    arranging = false;
    arrange();
  });
}

/** Puts the tiles that the filter leaves in order. */
function arrange() {
  const words = filter.value.toLowerCase().split(/[\s.]+/);
  const shown = [...tiles.values()]
    .filter(({ quote }) => words.every((word) => quote.symbol.toLowerCase().includes(word)))
    .sort(ORDERS[sort.value]);
  byId("none").hidden = shown.length > 0 || tiles.size === 0;
  if (!selected && shown.length) select(shown[0]);
  const same = shown.length === wall.children.length && shown.every(({ element }, i) => wall.children[i] === element);
  if (same) return;
  const focused = document.activeElement;
  wall.replaceChildren(...shown.map(({ element }) => element));
  if (focused instanceof HTMLElement && wall.contains(focused)) focused.focus({ preventScroll: true });
  if (shown.length && selected && !wall.contains(selected.element)) select(shown[0]);
}

function everySecond() {
  const now = Date.now() + aheadMillis;
  let rising = 0;
  for (const { quote } of tiles.values()) {
    quote.prune(now);
    if (quote.change > 0) rising++;
  }
  byId("rate").textContent = tiles.size ? `${updates} updates/s` : "Waiting for the first price";
  updates = 0;
  if (paused || !tiles.size) return;
  byId("rising").textContent = `▲ ${rising}`;
  byId("falling").textContent = `▼ ${tiles.size - rising}`;
  byId("breadth").style.setProperty("--rising", `${(100 * rising) / tiles.size}%`);
  for (const tile of tiles.values()) if (tile.visible) change(tile);
  // not under the finger of someone who is about to choose one
  if (Date.now() - touchedMillis > REST_MILLIS) arrange();
}

/** A server that started again has another market: nothing of the past belongs to it. */
function restart() {
  for (const { quote } of tiles.values()) quote.restart();
  tell("The market has started again: what was before is gone.");
}

/** @param {string} words */
function tell(words) {
  byId("notice").textContent = words;
  setTimeout(() => {
    if (byId("notice").textContent === words) byId("notice").textContent = "";
  }, 10_000);
}

/** @param {Element | null | undefined} element */
function tileOf(element) {
  return tiles.get(/** @type {HTMLElement | null | undefined} */ (element)?.dataset.symbol ?? "");
}

function readPalette() {
  const style = getComputedStyle(document.body);
  /** @param {string} name */
  const colour = (name) => style.getPropertyValue(name).trim();
  return {
    up: colour("--up"), down: colour("--down"), line: colour("--line"),
    muted: colour("--muted"), surface: colour("--surface"), ink: colour("--ink"),
  };
}

/** @param {string} id */
function byId(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}
