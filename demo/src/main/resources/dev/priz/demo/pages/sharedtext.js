import * as Y from "/lib/yjs/yjs.mjs";
import { PrizSocket } from "/priz.js";

/**
 * @typedef {object} Person someone in the document
 * @property {number} id
 * @property {string} [name] not known yet where it is missing
 * @property {unknown} [anchor] where the selection begins, a relative position
 * @property {unknown} [head] where it ends and the caret is
 *
 * @typedef {object} Handler
 * @property {(state: import("./status.js").State, nextTryMillis: number) => void} onState
 * @property {(me: number, people: Person[]) => void} onWelcome
 * @property {(stay: {first: boolean, restored: boolean, merged: boolean}) => void} onReady the
 *   document is that of the server; `restored` if the server had lost it, `merged` if we changed it
 *   meanwhile
 * @property {(person: Person) => void} onPerson has come or moved
 * @property {(id: number) => void} onLeft
 * @property {(full: boolean) => void} onFull whether what we write is refused
 */

/** Who may be the author of a change: the server, for all the others. */
const SERVER = Symbol("server");
/** The author of each so many updates makes one of all that there are, */
const MERGE_EVERY = 100;
/** and that of a large one. */
const LARGE_BYTES = 4_096;
const LONGEST_HOLD_MILLIS = 2_000;

/**
 * A Yjs document that is the same in all pages which have it open, whenever they are connected. The
 * server has a list of updates: whoever comes gets all of them, gives back what they lack, and from
 * then on each change as it is made.
 */
export class SharedText {
  /** The server's document while it arrives. @type {Y.Doc | null} */ #theirs = null;
  /** Updates still to come before we have it. */ #missing = 0;
  /** The number of the last update we have. */ #number = 0;
  /** What we sent and have not got back. @type {Uint8Array[]} */ #unconfirmed = [];
  /** What came while the reader wanted no change. @type {Uint8Array[] | null} */ #held = null;
  #holdTimer = 0;
  #me = 0;
  #ready = false;
  #first = true;
  /** Whether something was changed that the server has never had. */ #changed = false;
  /** Whether the server refused something, and we try to make room. */ #refused = false;
  #doc;
  #seed;
  #handler;
  #socket;

  /**
   * @param {string} url @param {Y.Doc} doc
   * @param {(doc: Y.Doc) => void} seed writes the beginning, where nobody has written anything
   * @param {Handler} handler
   */
  constructor(url, doc, seed, handler) {
    this.#doc = doc;
    this.#seed = seed;
    this.#handler = handler;
    doc.on("update", (update, origin) => origin !== SERVER && this.#send(update));
    this.#socket = new PrizSocket(url, {
      onMessage: (data) => {
        if (typeof data === "string") this.#hear(JSON.parse(data));
        else this.#receive(new Uint8Array(data));
      },
      onState: (state, nextTryMillis) => {
        if (state !== "open") this.#ready = false;
        handler.onState(state, nextTryMillis);
      },
    });
  }

  /** Whether something that was written here is nowhere else. */
  get isUnsaved() {
    return this.#changed || this.#unconfirmed.length > 0;
  }

  /** Tries to connect now. */
  connect() {
    this.#socket.connect();
  }

  /** Tells the others of ourselves. @param {Omit<Person, "id">} person */
  show(person) {
    if (this.#ready) this.#socket.send(JSON.stringify({ type: "person", ...person }));
  }

  /** Lets others change nothing until {@link release}, but for two seconds at most. */
  hold() {
    this.#held ??= [];
    clearTimeout(this.#holdTimer);
    this.#holdTimer = setTimeout(() => this.release(), LONGEST_HOLD_MILLIS);
  }

  /** Ends {@link hold}. */
  release() {
    clearTimeout(this.#holdTimer);
    const held = this.#held ?? [];
    this.#held = null;
    for (const update of held) apply(this.#doc, update);
  }

  /** @param {any} said */
  #hear(said) {
    if (said.type === "welcome") this.#begin(said);
    else if (said.type === "person") this.#handler.onPerson(said);
    else if (said.type === "left") this.#handler.onLeft(said.id);
    else if (said.type === "full" && said.id === this.#me) this.#makeRoom();
  }

  /** @param {{id: number, number: number, updates: number, people: Person[]}} welcome */
  #begin({ id, number, updates, people }) {
    this.release();
    this.#me = id;
    this.#theirs = new Y.Doc();
    this.#number = number;
    this.#missing = updates;
    this.#unconfirmed = [];
    this.#refused = false;
    this.#handler.onFull(false);
    this.#handler.onWelcome(id, people);
    if (updates === 0) this.#catchUp(this.#theirs);
  }

  /** @param {Uint8Array} update */
  #receive(update) {
    if (this.#theirs) {
      apply(this.#theirs, update);
      if (--this.#missing === 0) this.#catchUp(this.#theirs);
      return;
    }
    this.#number++;
    const isOurs = this.#unconfirmed.length > 0 && areEqual(this.#unconfirmed[0], update);
    if (!isOurs) {
      if (this.#held) this.#held.push(update);
      else apply(this.#doc, update);
      return;
    }
    this.#unconfirmed.shift();
    if (this.#refused) this.#handler.onFull((this.#refused = false));
    if (this.#number % MERGE_EVERY === 0 || update.length > LARGE_BYTES) this.#merge();
  }

  /** Takes what the server has, and gives what it lacks. @param {Y.Doc} theirs */
  #catchUp(theirs) {
    const isNew = theirs.store.clients.size === 0;
    const restored = isNew && this.#doc.store.clients.size > 0;
    this.#theirs = null;
    this.#ready = true;
    apply(this.#doc, Y.encodeStateAsUpdate(theirs));
    const isOurs = !Y.equalSnapshots(Y.snapshot(theirs), Y.snapshot(this.#doc));
    if (isOurs) this.#send(stateOf(this.#doc, Y.encodeStateVector(theirs)));
    if (isNew && !restored) this.#seed(this.#doc);
    this.#handler.onReady({ first: this.#first, restored, merged: this.#changed && !restored });
    this.#first = this.#changed = false;
    theirs.destroy();
  }

  /** @param {Uint8Array} update */
  #send(update) {
    const data = /** @type {Uint8Array<ArrayBuffer>} */ (update);
    if (this.#ready && this.#socket.send(data)) this.#unconfirmed.push(update);
    else this.#changed = true;
  }

  /** Puts one update in the place of all that we have: newcomers have less to read. */
  #merge() {
    if (this.#held) return; // counted, and not yet in our document
    const state = base64Of(stateOf(this.#doc));
    this.#socket.send(JSON.stringify({ type: "merged", number: this.#number, state }));
  }

  /** What we sent was too much for what the server keeps, which may be only for want of merging. */
  #makeRoom() {
    if (this.#refused) return this.#handler.onFull(true);
    this.#refused = true;
    this.#merge();
    const again = Y.mergeUpdates(this.#unconfirmed);
    this.#unconfirmed = [];
    this.#send(again);
  }
}

/** @param {Y.Doc} doc @param {Uint8Array} update from anyone, so perhaps not an update at all */
function apply(doc, update) {
  try {
    Y.applyUpdate(doc, update, SERVER);
  } catch (error) {
    console.warn("not an update", error);
  }
}

/**
 * The one update that makes a document, or what another lacks of it.
 * @param {Y.Doc} doc @param {Uint8Array} [known] the other's state vector
 */
function stateOf(doc, known) {
  // a copy lets go of the deleted words that the undo of our own holds on to
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  const state = Y.encodeStateAsUpdate(copy, known);
  copy.destroy();
  return state;
}

/** @param {Uint8Array} one @param {Uint8Array} other */
function areEqual(one, other) {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}

/** @param {Uint8Array} bytes */
function base64Of(bytes) {
  let letters = "";
  for (const byte of bytes) letters += String.fromCharCode(byte);
  return btoa(letters);
}
