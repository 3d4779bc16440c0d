const MOST_ENTRIES = 500;
const SAME_BREATH_MILLIS = 3 * 60_000;
const AT_BOTTOM_PIXELS = 40;
const BATCH_MILLIS = 20;
// most are there sooner, and would only flicker
const ON_ITS_WAY_MILLIS = 300;

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const calendar = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "medium" });

/**
 * @typedef {object} Message
 * @property {string} author
 * @property {string} by the author's id
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
  #outbox = outbox();

  /**
   * @param {HTMLElement} log the scrolling element that takes the entries
   * @param {HTMLButtonElement} jump leads back to the end, shown when something new is there
   */
  constructor(log, jump) {
    this.#log = log;
    this.#jump = jump;
    log.append(this.#outbox);
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

  /** Forgets all, as in another room. */
  clear() {
    this.#batch = [];
    this.#last = null;
    this.#outbox = outbox();
    this.#log.replaceChildren(this.#outbox);
    this.follow();
  }

  /**
   * Shows, if it takes a while, that a text is on its way; until the function that it returns is
   * called.
   * @param {string} text
   */
  onItsWay(text) {
    const entry = element("div", "unsent mine");
    const words = element("p", "text", text);
    words.dir = "auto";
    const bubble = element("div", "bubble");
    bubble.append(words, element("small", "", "on its way…"));
    entry.append(bubble);
    const outbox = this.#outbox;
    const timer = setTimeout(() => {
      outbox.append(entry);
      if (this.#following) this.follow();
    }, ON_ITS_WAY_MILLIS);
    return () => {
      clearTimeout(timer);
      entry.remove();
    };
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
    return last?.by === next.by && next.time - last.time < SAME_BREATH_MILLIS;
  }

  /** @param {HTMLElement} entry */
  #append(entry) {
    // a timer, as a hidden tab has no frames
    if (this.#batch.length === 0) setTimeout(() => this.#flush(), BATCH_MILLIS);
    this.#batch.push(entry);
    if (this.#batch.length > MOST_ENTRIES) this.#batch.shift();
  }

  #flush() {
    this.#outbox.before(...this.#batch);
    while (this.#log.childElementCount > MOST_ENTRIES + 1) this.#log.firstElementChild?.remove();
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

/** Stays at the end; a screen reader hears of a message when it has arrived. */
function outbox() {
  const made = element("div", "");
  made.ariaHidden = "true";
  return made;
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
