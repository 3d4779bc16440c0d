const MOST_ENTRIES = 500;
const SAME_BREATH_MILLIS = 3 * 60_000;
const AT_BOTTOM_PIXELS = 40;
const BATCH_MILLIS = 20;

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const calendar = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "medium" });

/**
 * @typedef {object} Message
 * @property {string} author
 * @property {number} hue of the author, in degrees
 * @property {boolean} mine whether this page sent it
 * @property {string} text
 * @property {number} time epoch milliseconds
 */

/** What was said and who came and went, oldest first; it follows the end unless the reader scrolled up. */
export class Transcript {
  #log;
  #jump;
  #following = true;
  #unseen = 0;
  /** @type {HTMLElement[]} entries of the last moment: a crowd would cost a layout for each line */
  #batch = [];
  /** @type {Message | null} the last entry, when it is a message */ #last = null;

  /**
   * @param {HTMLElement} log the scrolling element that takes the entries
   * @param {HTMLButtonElement} jump leads back to the end, shown when something new is there
   */
  constructor(log, jump) {
    this.#log = log;
    this.#jump = jump;
    log.addEventListener("scroll", () => this.#scrolled());
    jump.addEventListener("click", () => {
      this.follow();
      log.focus();
    });
    new ResizeObserver(() => this.#following && this.follow()).observe(log);
  }

  /** Scrolls to the end and stays there. */
  follow() {
    this.#log.scrollTop = this.#log.scrollHeight;
    this.#scrolled();
  }

  /**
   * Adds a quiet line, such as "Ada joined".
   * @param {string} words
   * @param {string} name a person to begin the line with, or ""
   */
  notice(words, name = "") {
    const line = element("p", "notice");
    if (name) line.append(element("bdi", "", name), " ");
    line.append(words);
    this.#last = null;
    this.#append(line);
  }

  /** @param {Message} message */
  message(message) {
    const entry = element("div", message.mine ? "message mine" : "message");
    entry.style.setProperty("--hue", String(message.hue));
    const author = element("p", "author", message.author);
    author.dir = "auto";
    if (this.#continues(message)) entry.classList.add("continued");
    // who speaks is seen from the side and from the bubble above, but is always heard
    if (message.mine || this.#continues(message)) author.classList.add("unseen");
    entry.append(author, bubble(message));
    this.#last = message;
    this.#append(entry);
  }

  /** @param {Message} next */
  #continues(next) {
    const last = this.#last;
    return last?.author === next.author && last.mine === next.mine
      && next.time - last.time < SAME_BREATH_MILLIS;
  }

  /** @param {HTMLElement} entry */
  #append(entry) {
    // a timer, as a hidden tab has no frames
    if (this.#batch.length === 0) setTimeout(() => this.#flush(), BATCH_MILLIS);
    this.#batch.push(entry);
    if (this.#batch.length > MOST_ENTRIES) this.#batch.shift();
  }

  #flush() {
    this.#log.append(...this.#batch);
    while (this.#log.childElementCount > MOST_ENTRIES) this.#log.firstElementChild?.remove();
    if (!this.#following) this.#unseen += this.#batch.filter((entry) => entry.matches(".message")).length;
    this.#batch = [];
    // at once, not in the next frame: a scroll event in between would look like the reader's own
    if (this.#following) this.follow();
    else this.#showJump();
  }

  #scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.#log;
    this.#following = scrollHeight - scrollTop - clientHeight < AT_BOTTOM_PIXELS;
    if (this.#following) this.#unseen = 0;
    this.#showJump();
  }

  #showJump() {
    this.#jump.hidden = this.#unseen === 0;
    this.#jump.textContent = this.#unseen === 1 ? "1 new message ↓" : `${this.#unseen} new messages ↓`;
  }
}

/** @param {Message} message */
function bubble(message) {
  const sent = new Date(message.time);
  const time = document.createElement("time");
  time.dateTime = sent.toISOString();
  time.title = calendar.format(sent);
  time.textContent = clock.format(sent);
  const text = element("p", "text", message.text);
  text.dir = "auto";
  const bubble = element("div", "bubble");
  bubble.append(text, time);
  return bubble;
}

/**
 * An element with a class and with text, never with markup: the text comes from strangers.
 * @param {string} tag
 * @param {string} className
 * @param {string} text
 */
export function element(tag, className, text = "") {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.textContent = text;
  return made;
}
