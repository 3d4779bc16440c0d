import assert from "node:assert/strict";
import { afterEach, beforeEach } from "node:test";

/** The same things as a browser has, but nothing happens in them by itself. */
const GLOBALS = {
  WebSocket: FakeWebSocket(),
  setTimeout: (action, millis = 0) => page.clock.start(action, millis),
  clearTimeout: (timer) => page.clock.stop(timer),
  Date: { now: () => page.clock.nowMillis },
  Math: Object.create(Math, { random: { value: () => page.random } }),
  crypto: { randomUUID: () => `name-${++page.names}` },
  location: { href: "https://priz.test/chat?room=42" },
  navigator: { get onLine() { return page.onLine; } },
  addEventListener: (...listener) => page.window.addEventListener(...listener),
  reportError: (error) => page.reported.push(error),
};

/** What the test at hand sees and moves. */
export let page;

beforeEach(() => {
  page = new Page();
  page.enter();
});

afterEach(() => page.leave());

/** A page, its clock, and the server's end of its connections. */
class Page {
  clock = new FakeClock();
  window = new EventTarget();
  onLine = true;
  random = 0.5;
  names = 0;
  reported = [];
  /** Of all connections so far; the last one counts. */
  sockets = [];
  #before = new Map();

  enter() {
    for (const [name, value] of Object.entries(GLOBALS)) {
      this.#before.set(name, Object.getOwnPropertyDescriptor(globalThis, name));
      Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
    }
  }

  leave() {
    for (const [name, before] of this.#before) {
      if (before) Object.defineProperty(globalThis, name, before);
      else delete globalThis[name];
    }
  }

  get socket() {
    return this.sockets.at(-1);
  }

  /** Lets what was promised happen. */
  async settle() {
    await new Promise(setImmediate);
  }

  /** Lets the present try succeed. */
  async accept() {
    await this.settle();
    this.socket.readyState = WebSocket.OPEN;
    this.socket.onopen();
  }

  /** The server, or the network, ends the connection or the try. */
  lose(reason = "") {
    this.socket.readyState = WebSocket.CLOSED;
    this.socket.onclose({ reason });
  }

  /** Lets the time pass until there is a new try. */
  untilNextTry() {
    const tries = this.sockets.length;
    while (this.sockets.length === tries) this.clock.passToNext();
  }

  /** The connection is lost, and the next try succeeds. */
  async comeBack() {
    this.lose();
    this.untilNextTry();
    await this.accept();
  }

  /** The server sends messages. */
  say(...messages) {
    for (const data of messages) this.socket.onmessage({ data });
  }

  /** What the server got since it was asked last, on this connection. */
  heard() {
    return this.socket.sent.splice(0).map((text) => JSON.parse(text));
  }

  /** The one answer of the server's to what it got last. */
  answer(message) {
    const { id } = this.heard().at(-1);
    this.say(message.replace("ID", id));
  }

  /** The browser's own event. */
  happen(type, members = {}) {
    this.window.dispatchEvent(Object.assign(new Event(type), members));
  }
}

/** Time that passes only in `pass`. */
class FakeClock {
  nowMillis = 1_000_000;
  #timers = new Map();
  #last = 0;

  start(action, millis) {
    this.#timers.set(++this.#last, { action, dueMillis: this.nowMillis + millis });
    return this.#last;
  }

  stop(timer) {
    this.#timers.delete(timer);
  }

  get pending() {
    return this.#timers.size;
  }

  pass(millis) {
    const endMillis = this.nowMillis + millis;
    for (let next = this.#next(endMillis); next; next = this.#next(endMillis)) {
      const [timer, { action, dueMillis }] = next;
      this.#timers.delete(timer);
      this.nowMillis = Math.max(this.nowMillis, dueMillis);
      action();
    }
    this.nowMillis = endMillis;
  }

  /** Passes until something happens. */
  passToNext() {
    this.pass(this.#next(Infinity)[1].dueMillis - this.nowMillis);
  }

  /** A machine sleeps: the time has passed, and then come all that were due. */
  sleep(millis) {
    this.nowMillis += millis;
    this.pass(0);
  }

  #next(endMillis) {
    const due = [...this.#timers].filter(([, { dueMillis }]) => dueMillis <= endMillis);
    return due.sort(([, one], [, other]) => one.dueMillis - other.dueMillis)[0];
  }
}

/** The page's end of a connection; a function, for it is needed above. */
function FakeWebSocket() {
  return class {
    static OPEN = 1;
    static CLOSED = 3;
    readyState = 0;
    sent = [];

    constructor(url, protocols) {
      this.url = String(url);
      this.protocols = protocols;
      page.sockets.push(this);
    }

    send(data) {
      assert.equal(this.readyState, WebSocket.OPEN);
      this.sent.push(data);
    }

    close() {
      this.readyState = WebSocket.CLOSED;
    }
  };
}

/** Notes the calls of callbacks, as [name, ...arguments], in their order. */
export function recorder(...names) {
  const calls = [];
  const handlers = Object.fromEntries(
    names.map((name) => [name, (...values) => calls.push([name, ...values])]),
  );
  return { ...handlers, calls, take: () => calls.splice(0) };
}
