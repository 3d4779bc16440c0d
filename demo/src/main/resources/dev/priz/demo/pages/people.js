import { element } from "./transcript.js";

const GOLDEN_ANGLE = 137.5;

/** @typedef {{id: string, name: string}} Person the id stays the same when a connection is lost */

/** @type {Map<string, number>} */
const hues = new Map();

/**
 * The colour of someone, in degrees, for as long as this page is open.
 * @param {string} id
 */
export function hueOf(id) {
  if (!hues.has(id)) hues.set(id, (250 + hues.size * GOLDEN_ANGLE) % 360);
  return /** @type {number} */ (hues.get(id));
}

/** Who is in the room: a list on the page, ourselves first. */
export class People {
  #list;
  #count;
  /** @type {Map<string, string>} names by id */ #names = new Map();

  /**
   * @param {HTMLElement} list takes an item for each person
   * @param {HTMLElement} count takes their number
   */
  constructor(list, count) {
    this.#list = list;
    this.#count = count;
  }

  /**
   * Shows who is there now, and returns who has come and who has gone since the last time.
   * @param {Iterable<Person>} members one for each connection, so someone may be among them twice
   * @param {string} me our own id
   */
  show(members, me) {
    const before = this.#names;
    const now = new Map([...members].map(({ id, name }) => [id, name]));
    this.#names = now;
    this.#draw(me);
    return { came: namesWithout(now, before), gone: namesWithout(before, now) };
  }

  /** Shows nobody. */
  clear() {
    this.show([], "");
  }

  /** @param {string} me */
  #draw(me) {
    const names = [...this.#names.values()];
    const meFirst = [...this.#names].sort(([a], [b]) => Number(b === me) - Number(a === me));
    this.#count.textContent = names.length ? String(names.length) : "";
    this.#list.replaceChildren(...meFirst.map(([id, name]) => {
      const person = element("li", "");
      person.dataset.initial = firstLetter(name);
      person.style.setProperty("--hue", String(hueOf(id)));
      person.append(element("bdi", "", name));
      const shared = names.indexOf(name) !== names.lastIndexOf(name);
      if (id === me) person.append(element("small", "", "you"));
      else if (shared) person.append(element("small", "", `#${id.slice(0, 3)}`));
      return person;
    }));
  }
}

/** @param {Map<string, string>} some @param {Map<string, string>} others */
function namesWithout(some, others) {
  return [...some].filter(([id]) => !others.has(id)).map(([, name]) => name);
}

/** @param {string} name */
function firstLetter(name) {
  // a flag or a family is one letter to its reader, though many code points
  for (const { segment } of new Intl.Segmenter().segment(name)) return segment;
  return "?";
}
