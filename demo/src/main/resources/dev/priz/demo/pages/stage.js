import { Cords } from "./cords.js";

/**
 * @typedef {import("./snapshots.js").Plug} Plug
 * @typedef {import("./snapshots.js").Spark} Spark
 * @typedef {{name: string, score: number, bot: boolean}} Known what the standings say of a plug
 * @typedef {object} Scene
 * @property {Plug[]} plugs
 * @property {Spark[]} sparks
 * @property {number} me the id of our plug, or 0
 * @property {{x: number, y: number, speedX: number, speedY: number}} focus
 * @property {Map<number, Known>} known
 * @property {number} readiness for the next dash, 0 to 1
 * @property {{fromX: number, fromY: number, x: number, y: number, full: number} | null} stick
 */

const VISIBLE_AREA = 560_000;
const MARGIN = 70;
const TILE = 80;
const GOLDEN_ANGLE = 137.5;
const FONT = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', Arial, sans-serif";
const FULL_CIRCLE = 2 * Math.PI;

/** The hue that a plug keeps. @param {number} id */
export function hueOf(id) {
  return (30 + id * GOLDEN_ANGLE) % 360;
}

/** Draws the arena, from a camera that follows someone. */
export class Stage {
  #canvas;
  #pen;
  #rules;
  #width = 1;
  #height = 1;
  #camera = { x: 0, y: 0, scale: 1, placed: false };
  /** @type {Record<string, string>} */ #colours = {};
  #dark = matchMedia("(prefers-color-scheme: dark)");
  #calm = matchMedia("(prefers-reduced-motion: reduce)");
  #cords = new Cords();
  /** @type {{x: number, y: number, speedX: number, speedY: number, life: number, colour: string, text?: string}[]} */
  #flakes = [];
  #lastMillis = 0;

  /** @param {HTMLCanvasElement} canvas @param {import("./flight.js").Rules} rules */
  constructor(canvas, rules) {
    this.#canvas = canvas;
    this.#pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    this.#rules = rules;
    this.#camera.x = rules.width / 2;
    this.#camera.y = rules.height / 2;
    new ResizeObserver(() => this.#fit()).observe(canvas);
    this.#dark.addEventListener("change", () => this.#readColours());
    this.#readColours();
    this.#fit();
  }

  /** Where a place in the arena is in the canvas. @param {{x: number, y: number}} place */
  onCanvas({ x, y }) {
    const { x: centreX, y: centreY, scale } = this.#camera;
    return { x: (x - centreX) * scale + this.#width / 2, y: (y - centreY) * scale + this.#height / 2 };
  }

  /** Shows that something burst here. @param {{x: number, y: number}} place @param {number} count @param {string} [text] */
  burst({ x, y }, count, text) {
    const colour = this.#colours.spark;
    if (text) this.#flakes.push({ x, y: y - 26, speedX: 0, speedY: -60, life: 1, colour, text });
    if (this.#calm.matches) return;
    for (let i = 0; i < count; i++) {
      const angle = Math.random() * FULL_CIRCLE;
      const speed = 60 + Math.random() * 160;
      const life = 0.5 + Math.random() * 0.5;
      this.#flakes.push({ x, y, speedX: Math.cos(angle) * speed, speedY: Math.sin(angle) * speed, life, colour });
    }
  }

  /** @param {Scene} scene @param {number} nowMillis */
  draw(scene, nowMillis) {
    const seconds = Math.min(0.1, (nowMillis - this.#lastMillis) / 1000);
    this.#lastMillis = nowMillis;
    this.#follow(scene.focus, seconds);
    this.#drawGround();
    for (const spark of scene.sparks) this.#drawSpark(spark, nowMillis);
    this.#drawCords(scene);
    for (const plug of scene.plugs) this.#drawPlug(plug, scene, nowMillis);
    this.#drawFlakes(seconds);
    this.#pen.setTransform(this.#pixels(), 0, 0, this.#pixels(), 0, 0);
    for (const plug of scene.plugs) this.#drawName(plug, scene);
    this.#drawMap(scene);
    if (scene.stick) this.#drawStick(scene.stick);
  }

  #pixels() {
    return Math.min(2, devicePixelRatio);
  }

  #fit() {
    this.#width = this.#canvas.clientWidth || 1;
    this.#height = this.#canvas.clientHeight || 1;
    this.#canvas.width = Math.round(this.#width * this.#pixels());
    this.#canvas.height = Math.round(this.#height * this.#pixels());
    this.#camera.scale = Math.sqrt((this.#width * this.#height) / VISIBLE_AREA);
  }

  #readColours() {
    const style = getComputedStyle(this.#canvas);
    for (const name of ["ground", "surface", "line", "edge", "ink", "muted", "spark", "big-spark", "wall"]) {
      this.#colours[name] = style.getPropertyValue(`--${name}`).trim();
    }
  }

  /** @param {Scene["focus"]} focus @param {number} seconds */
  #follow(focus, seconds) {
    const camera = this.#camera;
    const ahead = this.#calm.matches ? 0 : 0.18;
    const x = this.#held(focus.x + focus.speedX * ahead, this.#rules.width, this.#width);
    const y = this.#held(focus.y + focus.speedY * ahead, this.#rules.height, this.#height);
    // it begins where we are, and from then on comes after us
    const part = camera.placed ? 1 - Math.exp(-7 * seconds) : 1;
    camera.placed = true;
    camera.x += (x - camera.x) * part;
    camera.y += (y - camera.y) * part;
  }

  /** Keeps most of the picture inside of the walls. @param {number} at @param {number} size @param {number} pixels */
  #held(at, size, pixels) {
    const half = pixels / this.#camera.scale / 2 - MARGIN;
    return half * 2 >= size ? size / 2 : Math.min(size - half, Math.max(half, at));
  }

  /** In units of the arena from here on. */
  #drawGround() {
    const pen = this.#pen;
    const { x, y, scale } = this.#camera;
    const { width, height } = this.#rules;
    const zoom = scale * this.#pixels();
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.fillStyle = this.#colours.wall;
    pen.fillRect(0, 0, this.#canvas.width, this.#canvas.height);
    pen.setTransform(zoom, 0, 0, zoom, this.#canvas.width / 2 - x * zoom, this.#canvas.height / 2 - y * zoom);
    pen.fillStyle = this.#colours.surface;
    pen.beginPath();
    pen.roundRect(0, 0, width, height, 26);
    pen.fill();
    pen.beginPath();
    for (let at = TILE; at < width; at += TILE) {
      pen.moveTo(at, 0);
      pen.lineTo(at, height);
    }
    for (let at = TILE; at < height; at += TILE) {
      pen.moveTo(0, at);
      pen.lineTo(width, at);
    }
    pen.strokeStyle = this.#colours.line;
    pen.lineWidth = 1;
    pen.stroke();
    pen.strokeStyle = this.#colours.edge;
    pen.lineWidth = 4;
    pen.beginPath();
    pen.roundRect(0, 0, width, height, 26);
    pen.stroke();
  }

  /** @param {Spark} spark @param {number} nowMillis */
  #drawSpark({ x, y, worth }, nowMillis) {
    const pen = this.#pen;
    const beat = this.#calm.matches ? 1 : 1 + 0.14 * Math.sin(nowMillis / 260 + x * 0.7 + y);
    const size = (worth > 1 ? 19 : 10) * beat;
    const colour = worth > 1 ? this.#colours["big-spark"] : this.#colours.spark;
    pen.globalAlpha = 0.16;
    pen.fillStyle = colour;
    pen.beginPath();
    pen.arc(x, y, size * 1.5, 0, FULL_CIRCLE);
    pen.fill();
    pen.globalAlpha = 1;
    pen.beginPath();
    // a star of four points
    for (let i = 0; i < 8; i++) {
      const reach = i % 2 ? size * 0.36 : size;
      const angle = (i * Math.PI) / 4;
      pen.lineTo(x + Math.sin(angle) * reach, y - Math.cos(angle) * reach);
    }
    pen.closePath();
    pen.fill();
  }

  /** @param {Scene} scene */
  #drawCords({ plugs, known }) {
    const pen = this.#pen;
    this.#cords.drag(plugs.map((plug) => ({ ...plug, score: known.get(plug.id)?.score ?? 0 })));
    pen.lineCap = pen.lineJoin = "round";
    pen.lineWidth = 5;
    for (const { id, away } of plugs) {
      const cord = this.#cords.of(id);
      pen.globalAlpha = away ? 0.2 : 0.6;
      pen.strokeStyle = this.#paint(id, known.get(id)?.bot, -0.1);
      pen.beginPath();
      pen.moveTo(cord[0].x, cord[0].y);
      for (let i = 1; i < cord.length; i++) {
        const [a, b] = [cord[i - 1], cord[i]];
        pen.quadraticCurveTo(a.x, a.y, (a.x + b.x) / 2, (a.y + b.y) / 2);
      }
      pen.stroke();
    }
    pen.globalAlpha = 1;
  }

  /** @param {Plug} plug @param {Scene} scene @param {number} nowMillis */
  #drawPlug(plug, { me, known, readiness }, nowMillis) {
    const pen = this.#pen;
    const { x, y, heading, speedX, speedY } = plug;
    pen.save();
    pen.translate(x, y);
    if (plug.id === me) this.#drawHalo(readiness);
    if (plug.safe && !plug.away) this.#drawShield(nowMillis);
    pen.rotate(heading);
    const stretch = this.#calm.matches ? 0 : Math.min(0.22, Math.hypot(speedX, speedY) / 4200);
    pen.scale(1 + stretch, 1 - stretch);
    pen.globalAlpha = plug.away ? 0.35 : 1;
    pen.fillStyle = this.#colours.edge;
    pen.beginPath();
    pen.roundRect(12, -13, 20, 6, 3);
    pen.roundRect(12, 7, 20, 6, 3);
    pen.fill();
    pen.fillStyle = this.#paint(plug.id, known.get(plug.id)?.bot, 0);
    pen.beginPath();
    pen.roundRect(-22, -20, 41, 40, [20, 9, 9, 20]);
    pen.fill();
    pen.strokeStyle = this.#paint(plug.id, known.get(plug.id)?.bot, -0.16);
    pen.lineWidth = 2;
    pen.stroke();
    this.#drawEyes(plug.id, nowMillis);
    pen.restore();
  }

  /** @param {number} id @param {number} nowMillis */
  #drawEyes(id, nowMillis) {
    const pen = this.#pen;
    // each blinks in its own time
    const isBlinking = !this.#calm.matches && (nowMillis + id * 977) % 3700 < 130;
    for (const side of [-8, 8]) {
      pen.fillStyle = "#fff";
      pen.beginPath();
      pen.ellipse(5, side, isBlinking ? 1.5 : 6.5, 6.5, 0, 0, FULL_CIRCLE);
      pen.fill();
      if (isBlinking) continue;
      pen.fillStyle = "#1f2428";
      pen.beginPath();
      pen.arc(7.5, side, 3.2, 0, FULL_CIRCLE);
      pen.fill();
    }
  }

  /** A ring around ours, which closes as the next dash gets ready. @param {number} readiness */
  #drawHalo(readiness) {
    const pen = this.#pen;
    pen.lineWidth = 3;
    pen.strokeStyle = this.#colours.ink;
    pen.globalAlpha = readiness < 1 ? 0.35 : 0.8;
    pen.beginPath();
    pen.arc(0, 0, 37, -Math.PI / 2, -Math.PI / 2 + readiness * FULL_CIRCLE);
    pen.stroke();
  }

  /** @param {number} nowMillis */
  #drawShield(nowMillis) {
    const pen = this.#pen;
    pen.save();
    pen.globalAlpha = 0.7;
    pen.strokeStyle = this.#colours.spark;
    pen.lineWidth = 2;
    pen.setLineDash([6, 8]);
    pen.lineDashOffset = this.#calm.matches ? 0 : nowMillis / 30;
    pen.beginPath();
    pen.arc(0, 0, 31, 0, FULL_CIRCLE);
    pen.stroke();
    pen.restore();
  }

  /** @param {number} seconds */
  #drawFlakes(seconds) {
    const pen = this.#pen;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.font = `800 20px ${FONT}`;
    for (const flake of this.#flakes) {
      flake.life -= seconds * 1.4;
      flake.x += flake.speedX * seconds;
      flake.y += flake.speedY * seconds;
      pen.globalAlpha = Math.max(0, flake.life);
      pen.fillStyle = flake.colour;
      pen.beginPath();
      if (flake.text) pen.fillText(flake.text, flake.x, flake.y);
      else pen.arc(flake.x, flake.y, 1.5 + 3 * Math.max(0, flake.life), 0, FULL_CIRCLE);
      pen.fill();
    }
    pen.globalAlpha = 1;
    this.#flakes = this.#flakes.filter((flake) => flake.life > 0);
  }

  /** @param {Plug} plug @param {Scene} scene */
  #drawName(plug, { me, known }) {
    const who = known.get(plug.id);
    if (!who) return;
    const pen = this.#pen;
    const { x, y } = this.onCanvas(plug);
    const size = plug.id === me ? 15 : 13;
    pen.font = `${who.bot ? 500 : 700} ${size}px ${FONT}`;
    pen.textAlign = "center";
    pen.textBaseline = "alphabetic";
    pen.lineJoin = "round";
    pen.lineWidth = 4;
    pen.strokeStyle = this.#colours.surface;
    pen.fillStyle = who.bot || plug.away ? this.#colours.muted : this.#colours.ink;
    const words = who.bot ? `${who.name} (bot)` : plug.away ? `${who.name} …` : who.name;
    const above = y - 42 * this.#camera.scale - 2;
    pen.strokeText(words, x, above);
    pen.fillText(words, x, above);
  }

  /** @param {Scene} scene */
  #drawMap({ plugs, sparks, me, known }) {
    const pen = this.#pen;
    const width = this.#width < 600 ? 96 : 150;
    const scale = width / this.#rules.width;
    const height = this.#rules.height * scale;
    pen.save();
    pen.translate(this.#width - width - 12, 12);
    pen.globalAlpha = 0.88;
    pen.fillStyle = this.#colours.ground;
    pen.strokeStyle = this.#colours.edge;
    pen.lineWidth = 1;
    pen.beginPath();
    pen.roundRect(0, 0, width, height, 8);
    pen.fill();
    pen.stroke();
    pen.clip();
    pen.globalAlpha = 1;
    const big = sparks.filter(({ worth }) => worth > 1);
    for (const { x, y } of big) this.#dot(x * scale, y * scale, 1.8, this.#colours["big-spark"]);
    for (const { id, x, y } of plugs) {
      if (id === me) this.#dot(x * scale, y * scale, 5, this.#colours.ink);
      this.#dot(x * scale, y * scale, id === me ? 3.2 : 2.6, this.#paint(id, known.get(id)?.bot, 0));
    }
    const seen = { width: (this.#width / this.#camera.scale) * scale, height: (this.#height / this.#camera.scale) * scale };
    const corner = { x: this.#camera.x * scale - seen.width / 2, y: this.#camera.y * scale - seen.height / 2 };
    pen.strokeRect(corner.x, corner.y, seen.width, seen.height);
    pen.restore();
  }

  /** @param {number} x @param {number} y @param {number} radius @param {string} colour */
  #dot(x, y, radius, colour) {
    this.#pen.fillStyle = colour;
    this.#pen.beginPath();
    this.#pen.arc(x, y, radius, 0, FULL_CIRCLE);
    this.#pen.fill();
  }

  /** @param {NonNullable<Scene["stick"]>} stick */
  #drawStick({ fromX, fromY, x, y, full }) {
    const pen = this.#pen;
    const reach = Math.max(1, Math.hypot(x - fromX, y - fromY) / full);
    pen.globalAlpha = 0.35;
    pen.strokeStyle = this.#colours.ink;
    pen.lineWidth = 2;
    pen.beginPath();
    pen.arc(fromX, fromY, full, 0, FULL_CIRCLE);
    pen.stroke();
    this.#dot(fromX + (x - fromX) / reach, fromY + (y - fromY) / reach, 22, this.#colours.ink);
    pen.globalAlpha = 1;
  }

  /** The colour of a plug; bots are pale. @param {number} id @param {boolean | undefined} bot @param {number} lighter */
  #paint(id, bot, lighter) {
    const lightness = (this.#dark.matches ? 0.74 : 0.68) + lighter;
    return `oklch(${lightness} ${bot ? 0.045 : 0.16} ${hueOf(id)})`;
  }
}
