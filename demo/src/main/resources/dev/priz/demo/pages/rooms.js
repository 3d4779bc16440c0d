import { element } from "./transcript.js";

const LONGEST = 40;
const ROOMS = ["lobby", "garden", "workshop"];

/** The rooms that this page offers as links: a few, and those that its visitor has named. */
export class Rooms {
  #lists;
  #names = new Set(ROOMS);

  /** @param {Iterable<HTMLElement>} lists each takes all the links */
  constructor(lists) {
    this.#lists = [...lists];
  }

  /** Shows which one we are in. @param {string} current */
  show(current) {
    this.#names.add(current);
    for (const list of this.#lists) {
      list.replaceChildren(...[...this.#names].map((name) => link(name, name === current)));
      // on a phone the list is a strip, and the room may be out of sight
      list.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  }
}

/** The room that the address of the page names. */
export function roomOfAddress() {
  try {
    return roomNamed(decodeURIComponent(location.hash));
  } catch {
    return ROOMS[0]; // a link that was cut in the middle of a letter
  }
}

/**
 * A room's name as the server knows it: letters, digits and hyphens.
 * @param {string} words as someone has written it
 */
export function roomNamed(words) {
  const name = words.normalize().toLowerCase().replace(/[^\p{L}\p{M}\p{N}]+/gu, "-").replace(/^-/, "");
  return [...name].slice(0, LONGEST).join("").replace(/-$/, "") || ROOMS[0];
}

/** @param {string} name @param {boolean} current */
function link(name, current) {
  const anchor = /** @type {HTMLAnchorElement} */ (element("a", ""));
  anchor.href = `#${encodeURIComponent(name)}`;
  anchor.append(element("bdi", "", name));
  if (current) anchor.setAttribute("aria-current", "page");
  const item = element("li", "");
  item.append(anchor);
  return item;
}
