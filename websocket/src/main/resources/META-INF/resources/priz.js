// One file, though it is a long one: a page loads it at once, and a server needs one path for it.

/**
 * Topics in the browser: a client of the subprotocol `priz.topic.v1`, on a socket that comes back.
 *
 * @typedef {"connecting" | "open" | "waiting" | "offline" | "closed"} State
 * @typedef {{epoch: string, at: string}} Position where in a topic; both parts are opaque
 * @typedef {{id: string, value: any}} Member someone who is present
 *
 * @typedef {object} SocketOptions
 * @property {(state: State, nextTryMillis: number) => void} [onState] each change of state; the
 *   time of the next try, in epoch milliseconds, if "waiting", otherwise 0
 * @property {string | string[]} [protocols] the subprotocols to offer
 * @property {BinaryType} [binaryType] "arraybuffer" unless given
 * @property {() => void} [onOpen] each new connection, before the state is told
 * @property {(data: any) => void} [onMessage] a string, or an ArrayBuffer
 *
 * @typedef {object} SubscribeOptions
 * @property {number} [last] how many of the newest messages to get where nothing is recovered; 0
 * @property {any} [present] makes this client present in the topic, with this value of JSON
 * @property {boolean} [watch] whether to be told who is present
 * @property {(data: any, info: {topic: string, at: string, text: boolean}) => void} [onMessage] the
 *   JSON value, a string if `text`, or a Uint8Array
 * @property {(answer: {recovered: boolean, first: boolean, me?: string}) => void} [onSubscribed]
 *   after each subscription, before its messages; all but the `first` come after a loss
 * @property {(dropped?: number) => void} [onLost] something is missing before the messages that
 *   follow: `dropped` messages, if it is known
 * @property {(presence: PresenceChange) => void} [onPresence] who is present, and each change of it
 * @property {(reason: PrizError) => void} [onEnd] the server refused or ended the subscription
 *
 * @typedef {object} PresenceChange
 * @property {number} count how many are present, also where not all are listed
 * @property {Map<string, any>} members values by id, kept up to date; at most 1,000
 * @property {Member[]} joined
 * @property {Member[]} left
 * @property {string} [me] the id of this client, if it is present
 *
 * @typedef {{text: string, bytes: number, endMillis: number, timer: number, failures: number,
 *   resolve(at: Position): void, reject(error: PrizError): void}} Publication a request to publish
 */

const BASE_DELAY_MILLIS = 1_000;
const MAX_DELAY_MILLIS = 30_000;
// no server keeps a client away for longer, by mistake or by intent
const MAX_RETRY_AFTER_SECONDS = 300;
const CONNECT_TIMEOUT_MILLIS = 10_000;
const STABLE_AFTER_MILLIS = 5_000;
const SILENCE_MILLIS = 25_000;
const PONG_MILLIS = 10_000;
const LATE_MILLIS = 5_000;
// well below the two minutes for which a topic knows a name
const GIVE_UP_MILLIS = 90_000;
const MAX_QUEUED = 256;
const MAX_QUEUED_BYTES = 256 * 1024;
const MAX_MEMBERS = 1_000;

const OVERLOADED = 4030;
const UNAVAILABLE = 4503;
const OUTCOME_UNKNOWN = 4504;

// navigator.onLine is about the network, and this machine is in reach without one
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** Why a request failed; `code` is one of the protocol's, or 0 where it has none. */
export class PrizError extends Error {
  /** @param {number} code @param {string} message */
  constructor(code, message) {
    super(message);
    this.name = "PrizError";
    this.code = code;
  }
}

/** A client of topics. It connects at once, and comes back until it is closed. */
export class Priz {
  /** @type {Map<string, Subscription>} */ #subscriptions = new Map();
  /** @type {Map<number, Publication>} without an answer, in order */ #publications = new Map();
  #socket;
  #requests = 0;
  #silence = 0;
  #closed = false;

  /**
   * @param {string} url relative to this page, such as "/live", or absolute
   * @param {Pick<SocketOptions, "onState">} [handler]
   */
  constructor(url, handler = {}) {
    this.#socket = new PrizSocket(url, {
      protocols: "priz.topic.v1",
      onOpen: () => this.#opened(),
      onMessage: (data) => this.#receive(data),
      onState: (state, nextTryMillis) => {
        if (state !== "open") clearTimeout(this.#silence);
        handler.onState?.(state, nextTryMillis);
      },
    });
  }

  /**
   * Subscribes to a topic, in place of the subscription to it before, if there is one.
   * @param {string} topic
   * @param {SubscribeOptions} [options]
   */
  subscribe(topic, options = {}) {
    if (this.#closed) throw new Error("the client is closed");
    this.#subscriptions.get(topic)?.unsubscribe();
    const forget = () => this.#subscriptions.delete(topic);
    const subscription = new Subscription(topic, options, (request) => this.#send(request), forget);
    this.#subscriptions.set(topic, subscription);
    subscription.ask();
    return subscription;
  }

  /**
   * Publishes a value of JSON once, also where the connection is lost meanwhile. Rejects with a
   * PrizError; only its code 4504 leaves open whether it was published.
   * @param {string} topic
   * @param {any} data
   * @param {{key?: string, echo?: boolean}} [options] `key` is what it is the latest of; with
   *   `echo: false` it does not come back to this client
   * @returns {Promise<Position>}
   */
  async publish(topic, data, { key, echo } = {}) {
    if (this.#closed) throw new PrizError(UNAVAILABLE, "the client is closed");
    const id = ++this.#requests;
    // pages that come over plain HTTP have no randomUUID
    const name = crypto.randomUUID?.() ?? crypto.getRandomValues(new Uint32Array(4)).join("-");
    const text = JSON.stringify({ type: "publish", id, topic, data, key, name, echo });
    const bytes = new TextEncoder().encode(text).length;
    if (!this.#socket.send(text) && !this.#hasRoomFor(bytes)) {
      throw new PrizError(OVERLOADED, "too much is published without a connection");
    }
    return new Promise((resolve, reject) => {
      const endMillis = Date.now() + GIVE_UP_MILLIS;
      const timer = setTimeout(() => this.#giveUp(id), GIVE_UP_MILLIS);
      const publication = { text, bytes, endMillis, timer, failures: 0, resolve, reject };
      this.#publications.set(id, publication);
    });
  }

  /** Tries to connect now, unless there is a connection. */
  connect() {
    this.#socket.connect();
  }

  /** Closes for good: ends the subscriptions, and rejects what was published and not answered. */
  close() {
    this.#closed = true;
    for (const subscription of this.#subscriptions.values()) subscription.unsubscribe();
    for (const id of this.#publications.keys()) this.#giveUp(id);
    this.#socket.close();
  }

  #opened() {
    this.#listen();
    for (const subscription of this.#subscriptions.values()) subscription.ask();
    for (const id of this.#publications.keys()) this.#publishAgain(id);
  }

  /** @param {object} request without its id, which is returned */
  #send(request) {
    const id = ++this.#requests;
    this.#socket.send(JSON.stringify({ ...request, id }));
    return id;
  }

  /** @param {string | ArrayBuffer} data */
  #receive(data) {
    this.#listen();
    if (typeof data !== "string") return;
    const message = JSON.parse(data);
    const { type, id, epoch, at } = message;
    if (type === "published") this.#take(id)?.resolve({ epoch, at });
    else if (type === "error") this.#fail(message);
    else this.#subscriptions.get(message.topic)?.receive(message);
  }

  /** @param {{id?: number, code: number, message: string}} answer */
  #fail({ id, code, message }) {
    const error = new PrizError(code, message);
    if (id === undefined) return console.error(error);
    for (const subscription of this.#subscriptions.values()) subscription.fail(id, error);
    const publication = this.#publications.get(id);
    if (publication && error.code === OUTCOME_UNKNOWN) {
      setTimeout(() => this.#publishAgain(id), backoff(publication.failures++));
    } else {
      this.#take(id)?.reject(error);
    }
  }

  /** The same text, so the same name: the topic takes it once. @param {number} id */
  #publishAgain(id) {
    const publication = this.#publications.get(id);
    if (!publication) return;
    // timers may come late, and the topic forgets the name
    if (Date.now() >= publication.endMillis) this.#giveUp(id);
    else this.#socket.send(publication.text);
  }

  /** @param {number} id */
  #giveUp(id) {
    this.#take(id)?.reject(new PrizError(OUTCOME_UNKNOWN, "not known whether it was published"));
  }

  /** @param {number} id */
  #take(id) {
    const publication = this.#publications.get(id);
    clearTimeout(publication?.timer);
    this.#publications.delete(id);
    return publication;
  }

  /** @param {number} bytes */
  #hasRoomFor(bytes) {
    for (const publication of this.#publications.values()) bytes += publication.bytes;
    return this.#publications.size < MAX_QUEUED && bytes <= MAX_QUEUED_BYTES;
  }

  #listen() {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#ping(true), SILENCE_MILLIS);
  }

  /** @param {boolean} patient whether to ask again if we were asleep, and could not hear */
  #ping(patient) {
    this.#socket.send('{"type":"ping"}');
    const lateMillis = Date.now() + PONG_MILLIS + LATE_MILLIS;
    this.#silence = setTimeout(() => {
      if (patient && Date.now() > lateMillis) this.#ping(false);
      else this.#socket.reconnect();
    }, PONG_MILLIS);
  }
}

/** One topic that a page follows, through all connections. */
class Subscription {
  /** @type {"asking" | "waiting" | "live" | "ended"} */ #state = "asking";
  /** @type {Position | undefined} */ #position;
  /** @type {Map<string, any>} */ #members = new Map();
  /** @type {string | undefined} */ #me;
  #options;
  #send;
  #forget;
  /** The one request whose answer counts. */
  #request = 0;
  #failures = 0;
  #timer = 0;

  /**
   * @param {string} topic @param {SubscribeOptions} options
   * @param {(request: object) => number} send @param {() => void} forget
   */
  constructor(topic, options, send, forget) {
    this.topic = topic;
    this.#options = options;
    this.#send = send;
    this.#forget = forget;
  }

  /** Whether it is neither refused nor ended, though perhaps without a connection now. */
  get active() {
    return this.#state !== "ended";
  }

  /** Ends it. */
  unsubscribe() {
    if (!this.active) return;
    this.#send({ type: "unsubscribe", topic: this.topic });
    this.#end();
  }

  /** Subscribes where we left off; what comes before the answer is ignored. For Priz. */
  ask() {
    clearTimeout(this.#timer);
    const { topic } = this;
    const since = this.#position;
    const { last, present, watch } = this.#options;
    this.#request = this.#send({ type: "subscribe", topic, since, last, present, watch });
    this.#state = "asking";
  }

  /** For Priz. @param {any} message of this topic */
  receive(message) {
    if (message.type === "subscribed" && message.id === this.#request) this.#subscribed(message);
    if (this.#state !== "live") return;
    if (message.type === "message") this.#hear(message);
    else if (message.type === "position") this.#follow(message);
    else if (message.type === "discontinuity") this.#lose(message);
    else if (message.type === "presence") this.#change(message);
    // with an id it is the answer about a subscription before this one
    else if (message.type === "unsubscribed" && message.id === undefined) {
      this.#end(new PrizError(0, message.reason ?? "the server ended the subscription"));
    }
  }

  /** For Priz. @param {number} id @param {PrizError} error of any request */
  fail(id, error) {
    if (id !== this.#request || this.#state !== "asking") return;
    if (error.code !== UNAVAILABLE && error.code !== OVERLOADED) return this.#end(error);
    this.#state = "waiting";
    this.#timer = setTimeout(() => this.ask(), backoff(this.#failures++));
  }

  /** @param {any} answer */
  #subscribed({ epoch, at, recovered, me, count, members }) {
    const first = !this.#position;
    this.#position = { epoch, at };
    this.#me = me;
    this.#failures = 0;
    this.#state = "live";
    this.#tell(() => this.#options.onSubscribed?.({ recovered, first, me }));
    if (!first && !recovered) this.#tell(() => this.#options.onLost?.());
    if (!members) return;
    this.#members = new Map();
    this.#change({ count, joined: members, left: [] }, true);
  }

  /** @param {any} message */
  #hear(message) {
    if (!this.#follow(message)) return;
    const { at, text, base64, data } = message;
    const info = { topic: this.topic, at, text: text !== undefined };
    const value = text ?? (base64 === undefined ? data : bytesOf(base64));
    this.#tell(() => this.#options.onMessage?.(value, info));
  }

  /** Moves on, unless something is missing before it. @param {any} message */
  #follow({ at, prev }) {
    const { epoch, at: before } = /** @type {Position} */ (this.#position);
    const follows = prev === before;
    if (follows) this.#position = { epoch, at };
    else this.ask();
    return follows;
  }

  /** @param {any} discontinuity */
  #lose({ epoch, at, dropped }) {
    this.#position = { epoch, at };
    this.#tell(() => this.#options.onLost?.(dropped));
  }

  /** @param {any} presence @param {boolean} [whole] whether these are all, and nobody has come */
  #change({ count, joined, left }, whole) {
    const members = this.#members;
    for (const { id } of left) members.delete(id);
    for (const { id, value } of joined) {
      if (members.size < MAX_MEMBERS || members.has(id)) members.set(id, value);
    }
    const change = { count, members, joined: whole ? [] : joined, left, me: this.#me };
    this.#tell(() => this.#options.onPresence?.(change));
  }

  /** @param {PrizError} [reason] unless the page ended it */
  #end(reason) {
    clearTimeout(this.#timer);
    this.#state = "ended";
    this.#forget();
    if (reason) guard(() => this.#options.onEnd?.(reason));
  }

  /** Calls the page, unless it has just ended this. @param {() => void} callback */
  #tell(callback) {
    if (this.active) guard(callback);
  }
}

/** A WebSocket that connects at once and comes back until it is closed, with full jitter. */
export class PrizSocket {
  /** @type {WebSocket | null} */ #socket = null;
  /** @type {State} */ #state = "connecting";
  /** Ends the one phase we are in: connecting, waiting, or not yet stable. */
  #timer = 0;
  #failures = 0;
  #listening = new AbortController();
  #url;
  #options;

  /** @param {string} url as that of Priz @param {SocketOptions} [options] */
  constructor(url, options = {}) {
    this.#url = new URL(url, globalThis.location?.href);
    this.#url.protocol = this.#url.protocol.replace("http", "ws");
    this.#options = options;
    this.#on("offline", () => this.#isOffline() && this.#leave("offline"));
    this.#on("online", () => this.connect());
    // a page kept for the back button is frozen: its connection would stay open and unheard
    this.#on("pagehide", () => this.#leave("waiting", Date.now()));
    this.#on("pageshow", (event) => event.persisted && this.connect());
    // after the caller has it, and can use it in its callbacks
    queueMicrotask(() => this.#begin());
  }

  /** Connects now, in place of a try or the wait for the next; an open connection stays. */
  connect() {
    if (this.#state === "closed" || this.#state === "open") return;
    this.#drop();
    const socket = new WebSocket(this.#url, this.#options.protocols);
    this.#socket = socket;
    socket.binaryType = this.#options.binaryType ?? "arraybuffer";
    this.#timer = setTimeout(() => this.reconnect(), CONNECT_TIMEOUT_MILLIS);
    socket.onopen = () => this.#opened();
    socket.onmessage = ({ data }) => guard(() => this.#options.onMessage?.(data));
    socket.onclose = ({ reason }) => this.reconnect(adviceMillis(reason));
    this.#moveTo("connecting");
  }

  /** Gives up the connection or the try, and comes back after a random time, or later. */
  reconnect(leastMillis = 0) {
    if (this.#state === "closed") return;
    this.#drop();
    if (this.#isOffline()) return this.#moveTo("offline");
    // added to the least: all who are told the same must not come back together
    const delay = leastMillis + backoff(this.#failures++);
    this.#timer = setTimeout(() => this.connect(), delay);
    this.#moveTo("waiting", Date.now() + delay);
  }

  /**
   * Sends a message, or returns false where there is no open connection.
   * @param {string | ArrayBuffer | ArrayBufferView<ArrayBuffer>} data
   */
  send(data) {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(data);
    return true;
  }

  /** Closes for good. */
  close() {
    this.#listening.abort();
    if (this.#state !== "closed") this.#leave("closed");
  }

  #begin() {
    if (this.#socket || this.#state !== "connecting") return;
    if (this.#isOffline()) this.#moveTo("offline");
    else this.connect();
  }

  #opened() {
    clearTimeout(this.#timer);
    // a server that accepts and drops at once must not be called every second
    this.#timer = setTimeout(() => (this.#failures = 0), STABLE_AFTER_MILLIS);
    this.#state = "open";
    guard(() => this.#options.onOpen?.());
    if (this.#state === "open") this.#moveTo("open");
  }

  /** @param {State} next */
  #leave(next, nextTryMillis = 0) {
    this.#drop();
    this.#moveTo(next, nextTryMillis);
  }

  #drop() {
    clearTimeout(this.#timer);
    if (!this.#socket) return;
    // without a network no close event comes for a long time: let go of the socket at once
    this.#socket.onopen = this.#socket.onmessage = this.#socket.onclose = null;
    this.#socket.close();
    this.#socket = null;
  }

  #isOffline() {
    return globalThis.navigator?.onLine === false && !LOOPBACK.test(this.#url.hostname);
  }

  /** @param {string} type @param {(event: any) => void} listener */
  #on(type, listener) {
    globalThis.addEventListener?.(type, listener, { signal: this.#listening.signal });
  }

  /** @param {State} next */
  #moveTo(next, nextTryMillis = 0) {
    this.#state = next;
    guard(() => this.#options.onState?.(next, nextTryMillis));
  }
}

/** A random time before the next try, after some failures. @param {number} failures */
function backoff(failures) {
  return Math.random() * Math.min(MAX_DELAY_MILLIS, BASE_DELAY_MILLIS * 2 ** failures);
}

/** What a server asks for in the reason of its Close frame, or 0. @param {string} reason */
function adviceMillis(reason) {
  const seconds = Number(/\bretry-after=(\d+)/.exec(reason)?.[1] ?? 0);
  return 1_000 * Math.min(MAX_RETRY_AFTER_SECONDS, seconds);
}

/** @param {string} base64 */
function bytesOf(base64) {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

/** Calls the page; what it throws must not break us. @param {() => void} callback */
function guard(callback) {
  try {
    callback();
  } catch (error) {
    (globalThis.reportError ?? console.error)(error);
  }
}
