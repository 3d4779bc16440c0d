/**
 * @typedef {{id: number, name: string, score: number, bot: boolean}} Player
 * @typedef {object} Table
 * @property {number} round
 * @property {number} secondsLeft
 * @property {{id: number, name: string, score: number} | null} winner of the last round
 * @property {Player[]} players
 */

import { hueOf } from "./stage.js";

const SHOWN = 10;

/** The list beside the arena: the ten best, and ourselves if we are none of them. */
export class Standings {
  #list;
  #round;
  #clock;
  /** @type {Map<number, Player>} by id */ known = new Map();
  /** The id of the best. */
  first = 0;

  /** @param {HTMLElement} list @param {HTMLElement} round @param {HTMLElement} clock */
  constructor(list, round, clock) {
    this.#list = list;
    this.#round = round;
    this.#clock = clock;
  }

  /**
   * @param {Table} table
   * @param {number} me
   * @returns whether a round is over since the last time
   */
  show({ round, secondsLeft, players }, me) {
    const over = this.known.size > 0 && this.#round.textContent === String(round - 1);
    this.known = new Map(players.map((player) => [player.id, player]));
    put(this.#round, String(round));
    put(this.#clock, `${Math.floor(secondsLeft / 60)}:${String(secondsLeft % 60).padStart(2, "0")}`);
    const ranked = players.toSorted((a, b) => b.score - a.score || a.id - b.id);
    this.first = ranked[0]?.id ?? 0;
    const shown = ranked.slice(0, SHOWN);
    const own = ranked.findIndex(({ id }) => id === me);
    if (own >= SHOWN) shown.push(ranked[own]);
    while (this.#list.children.length > shown.length) this.#list.lastElementChild?.remove();
    while (this.#list.children.length < shown.length) this.#list.append(row());
    shown.forEach((player, index) => {
      const rank = index < SHOWN ? index + 1 : own + 1;
      fill(/** @type {HTMLLIElement} */ (this.#list.children[index]), player, rank, me);
    });
    return over;
  }
}

function row() {
  const item = document.createElement("li");
  item.append(...["bdi", "small", "span"].map((tag) => document.createElement(tag)));
  return item;
}

/** Changes only what is new, so that a screen reader keeps its place. @param {HTMLLIElement} item @param {Player} player @param {number} rank @param {number} me */
function fill(item, { id, name, score, bot }, rank, me) {
  const [who, mark, points] = item.children;
  if (item.value !== rank) item.value = rank;
  item.classList.toggle("me", id === me);
  item.classList.toggle("bot", bot);
  item.style.setProperty("--hue", String(hueOf(id)));
  put(who, name);
  put(mark, id === me ? "you" : bot ? "bot" : "");
  put(points, String(score));
}

/** @param {Element} element @param {string} text */
function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
