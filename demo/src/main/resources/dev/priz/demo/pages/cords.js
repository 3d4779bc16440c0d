const LINK = 9;
const LEAST_LINKS = 5;
const MOST_LINKS = 40;
const TORN = 300;

/** @typedef {{x: number, y: number}} Point */

/** The cords that plugs drag behind them. Each grows with what its plug has collected. */
export class Cords {
  /** @type {Map<number, Point[]>} from the plug to the end */ #cords = new Map();

  /**
   * Moves the cords after their plugs, and forgets those of plugs that have gone.
   * @param {{id: number, x: number, y: number, heading: number, score: number}[]} plugs
   */
  drag(plugs) {
    this.#cords = new Map(plugs.map((plug) => {
      const { id, x, y, heading, score } = plug;
      const [backX, backY] = [-Math.cos(heading), -Math.sin(heading)];
      const begin = { x: x + backX * 20, y: y + backY * 20 };
      let cord = this.#cords.get(id) ?? [];
      if (cord[0] && Math.hypot(cord[0].x - begin.x, cord[0].y - begin.y) > TORN) cord = [];
      const links = Math.min(MOST_LINKS, LEAST_LINKS + score);
      cord.length = Math.min(cord.length, links);
      while (cord.length < links) {
        const { x: endX, y: endY } = cord.at(-1) ?? begin;
        cord.push({ x: endX + backX * LINK, y: endY + backY * LINK });
      }
      pull(cord, begin);
      return [id, cord];
    }));
  }

  /** @param {number} id */
  of(id) {
    return this.#cords.get(id) ?? [];
  }
}

/** Every link keeps its length, and so follows the one before. @param {Point[]} cord @param {Point} begin */
function pull(cord, begin) {
  cord[0] = begin;
  for (let i = 1; i < cord.length; i++) {
    const [held, loose] = [cord[i - 1], cord[i]];
    const stretch = LINK / (Math.hypot(loose.x - held.x, loose.y - held.y) || 1);
    loose.x = held.x + (loose.x - held.x) * stretch;
    loose.y = held.y + (loose.y - held.y) * stretch;
  }
}
