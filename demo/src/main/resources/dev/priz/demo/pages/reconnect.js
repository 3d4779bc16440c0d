/** @typedef {"connecting" | "open" | "waiting" | "offline" | "closed"} State */

/**
 * @typedef {object} Handlers
 * @property {(text: string) => void} onMessage one text message of the server
 * @property {(state: State, nextTryMillis: number) => void} onState each change of state; while
 *   "waiting", `nextTryMillis` is the epoch time of the next try, otherwise 0
 */

const BASE_DELAY_MILLIS = 1_000;
const MAX_DELAY_MILLIS = 30_000;
const CONNECT_TIMEOUT_MILLIS = 10_000;
const STABLE_AFTER_MILLIS = 5_000;

// navigator.onLine is about the network, and this machine is in reach without one
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(location.hostname);

/** A WebSocket that comes back: full jitter between tries, and no tries without a network. */
export class ReconnectingSocket {
  /** @type {WebSocket | null} */ #socket = null;
  /** @type {State} */ #state = "closed";
  /** Ends the one phase we are in: connecting, waiting, or not yet stable. */
  #timer = 0;
  #failures = 0;
  #listening = new AbortController();
  #url;
  #handlers;

  /**
   * Prepares a socket; `connect` starts it.
   * @param {string} path path and query on the origin of this page, such as "/ws/chat?name=Ada"
   * @param {Handlers} handlers
   */
  constructor(path, handlers) {
    this.#url = new URL(path, location.origin.replace(/^http/, "ws"));
    this.#handlers = handlers;
    const { signal } = this.#listening;
    addEventListener("offline", () => this.#goOffline(), { signal });
    addEventListener("online", () => this.#comeBack(), { signal });
    addEventListener("pagehide", (event) => event.persisted && this.#sleep(), { signal });
    addEventListener("pageshow", (event) => event.persisted && this.connect(), { signal });
  }

  /** Connects now, in place of the present connection or the wait for the next try. */
  connect() {
    this.#drop();
    const socket = new WebSocket(this.#url);
    this.#socket = socket;
    this.#timer = setTimeout(() => this.#retry(), CONNECT_TIMEOUT_MILLIS);
    socket.onopen = () => this.#opened();
    socket.onmessage = (event) => this.#handlers.onMessage(event.data);
    socket.onclose = () => this.#retry();
    this.#moveTo("connecting");
  }

  /**
   * Sends `text`, or returns false when there is no open connection.
   * @param {string} text
   */
  send(text) {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(text);
    return true;
  }

  /** Closes for good. */
  close() {
    this.#drop();
    this.#listening.abort();
    this.#moveTo("closed");
  }

  #opened() {
    clearTimeout(this.#timer);
    // a server that accepts and drops at once must not be called every second
    this.#timer = setTimeout(() => (this.#failures = 0), STABLE_AFTER_MILLIS);
    this.#moveTo("open");
  }

  #retry() {
    this.#drop();
    if (!navigator.onLine && !LOOPBACK) return this.#moveTo("offline");
    const ceiling = Math.min(MAX_DELAY_MILLIS, BASE_DELAY_MILLIS * 2 ** this.#failures++);
    const delay = Math.random() * ceiling;
    this.#timer = setTimeout(() => this.connect(), delay);
    this.#moveTo("waiting", Date.now() + delay);
  }

  #goOffline() {
    if (LOOPBACK || this.#state === "closed") return;
    this.#drop();
    this.#moveTo("offline");
  }

  #comeBack() {
    if (this.#state !== "offline") return;
    this.#failures = 0;
    this.#retry();
  }

  /** A page kept for the back button is frozen: its connection would stay open and unheard for minutes. */
  #sleep() {
    this.#drop();
    this.#moveTo("waiting", Date.now());
  }

  #drop() {
    clearTimeout(this.#timer);
    if (!this.#socket) return;
    // without a network no close event comes for a long time: let go of the socket at once
    this.#socket.onopen = this.#socket.onmessage = this.#socket.onclose = null;
    this.#socket.close();
    this.#socket = null;
  }

  /** @param {State} next */
  #moveTo(next, nextTryMillis = 0) {
    this.#state = next;
    this.#handlers.onState(next, nextTryMillis);
  }
}
