import assert from "node:assert/strict";
import { test } from "node:test";
import { page, recorder } from "./page.mjs";
import { Priz, PrizSocket } from "./priz.js";

/** The times from the loss of a connection to each of some tries in vain. */
async function delays(tries, random) {
  page.random = random;
  new PrizSocket("/ws/game");
  await page.accept();
  return Array.from({ length: tries }, () => {
    page.lose();
    const lostMillis = page.clock.nowMillis;
    page.untilNextTry();
    return page.clock.nowMillis - lostMillis;
  });
}

test("connects at once, and tells after its constructor", async () => {
  const socket = recorder("onOpen", "onState");

  new PrizSocket("/ws/game", socket);
  const before = socket.take();
  await page.accept();

  assert.deepEqual(before, []);
  assert.deepEqual(socket.calls, [["onState", "connecting", 0], ["onOpen"], ["onState", "open", 0]]);
});

test("connects to where its page is, or to where it is told", async () => {
  new PrizSocket("chat?name=Ada");
  location.href = "http://192.168.1.7:8080/";
  new PrizSocket("/live");
  new PrizSocket("wss://elsewhere.test/live");
  new PrizSocket("https://elsewhere.test/live");
  location.href = "https://priz.test/chat?room=42";

  await page.settle();

  assert.deepEqual(page.sockets.map(({ url }) => url), [
    "wss://priz.test/chat?name=Ada",
    "ws://192.168.1.7:8080/live",
    "wss://elsewhere.test/live",
    "wss://elsewhere.test/live",
  ]);
});

test("waits up to twice as long before each try, and 30 seconds at most", async () => {
  assert.deepEqual(await delays(7, 0.999), [999, 1_998, 3_996, 7_992, 15_984, 29_970, 29_970]);
});

test("may wait for nearly nothing", async () => {
  assert.deepEqual(await delays(3, 0.001), [1, 2, 4]);
});

test("waits a short time again after a connection that lasted", async () => {
  const socket = recorder("onState");
  new PrizSocket("/ws/game", socket);
  await page.accept();
  await page.comeBack();
  page.clock.pass(5_000);
  socket.take();

  page.lose();

  assert.deepEqual(socket.calls, [["onState", "waiting", page.clock.nowMillis + 500]]);
});

test("does not call every moment a server that drops it", async () => {
  const socket = recorder("onState");
  new PrizSocket("/ws/game", socket);
  await page.accept();
  await page.comeBack();
  socket.take();

  page.lose();

  assert.deepEqual(socket.calls, [["onState", "waiting", page.clock.nowMillis + 1_000]]);
});

for (const [reason, millis] of [
  ["retry-after=7", 7_500],
  ["going away; retry-after=30", 30_500],
  ["retry-after=99999999999", 300_500],
  ["no-retry-after", 500],
]) {
  test(`waits ${millis} ms after "${reason}"`, async () => {
    const socket = recorder("onState");
    new PrizSocket("/ws/game", socket);
    await page.accept();
    socket.take();

    page.lose(reason);

    assert.deepEqual(socket.calls, [["onState", "waiting", page.clock.nowMillis + millis]]);
  });
}

test("gives up a try after 10 seconds", async () => {
  const socket = recorder("onState");
  new PrizSocket("/ws/game", socket);
  await page.settle();

  page.clock.pass(10_000);

  assert.equal(socket.calls.at(-1)[1], "waiting");
  assert.equal(page.sockets[0].readyState, WebSocket.CLOSED);
});

test("rests without a network, and tries at once with one", async () => {
  const socket = recorder("onState");
  new PrizSocket("/ws/game", socket);
  await page.accept();
  socket.take();

  page.onLine = false;
  page.happen("offline");
  page.clock.pass(100_000);
  const offline = socket.take();
  page.onLine = true;
  page.happen("online");

  assert.deepEqual(offline, [["onState", "offline", 0]]);
  assert.deepEqual(socket.calls, [["onState", "connecting", 0]]);
  assert.equal(page.sockets.length, 2);
});

test("rests where it starts or fails without a network, but tries when told to", async () => {
  const socket = recorder("onState");
  page.onLine = false;

  const it = new PrizSocket("/ws/game", socket);
  await page.settle();
  it.connect();
  page.lose();

  assert.deepEqual(socket.calls.map(([, state]) => state), ["offline", "connecting", "offline"]);
});

test("needs no network to its own machine", async () => {
  page.onLine = false;
  new PrizSocket("ws://127.0.0.1:8080/live");
  await page.accept();

  page.happen("offline");

  assert.equal(page.socket.readyState, WebSocket.OPEN);
});

test("tries now when told to", async () => {
  const socket = recorder("onState");
  const it = new PrizSocket("/ws/game", socket);
  await page.accept();
  it.connect();
  page.lose();

  it.connect();
  page.clock.pass(9_999);

  assert.equal(page.sockets.length, 2);
  assert.deepEqual(socket.calls.at(-1), ["onState", "connecting", 0]);
});

test("leaves with its page, and comes back with it", async () => {
  new PrizSocket("/ws/game");
  await page.accept();

  page.happen("pagehide", { persisted: true });
  const left = page.socket.readyState;
  page.happen("pageshow", { persisted: true });

  assert.equal(left, WebSocket.CLOSED);
  assert.equal(page.sockets.length, 2);
});

test("sends and receives texts and bytes", async () => {
  const socket = recorder("onMessage");
  const it = new PrizSocket("/ws/game", socket);
  const early = it.send("early");
  await page.accept();

  const sent = it.send(Uint8Array.of(1, 2));
  page.say("hi", new ArrayBuffer(2));

  assert.deepEqual([early, sent], [false, true]);
  assert.deepEqual(page.socket.sent, [Uint8Array.of(1, 2)]);
  assert.equal(page.socket.binaryType, "arraybuffer");
  assert.deepEqual(socket.calls, [["onMessage", "hi"], ["onMessage", new ArrayBuffer(2)]]);
});

test("closes for good", async () => {
  const socket = recorder("onState");
  const it = new PrizSocket("/ws/game", socket);
  await page.accept();
  socket.take();

  it.close();
  it.close();
  it.connect();
  it.reconnect();
  page.happen("pagehide");
  page.happen("pageshow", { persisted: true });
  page.happen("online");

  assert.deepEqual(socket.calls, [["onState", "closed", 0]]);
  assert.equal(page.socket.readyState, WebSocket.CLOSED);
  assert.equal(page.clock.pending, 0);
});

test("never connects when it is closed at once", async () => {
  new PrizSocket("/ws/game").close();

  await page.settle();

  assert.equal(page.sockets.length, 0);
});

test("ends its subscriptions when it is closed", async () => {
  const priz = new Priz("/live");
  const subscription = priz.subscribe("room/42");
  await page.accept();

  priz.close();

  assert.equal(subscription.active, false);
  assert.equal(page.clock.pending, 0);
  assert.throws(() => priz.subscribe("room/43"), /closed/);
});

test("asks a server that is silent, and leaves it without an answer", async () => {
  const client = recorder("onState");
  new Priz("/live", client);
  await page.accept();

  page.clock.pass(25_000);
  const asked = page.heard();
  page.clock.pass(9_999);
  const patient = client.take().at(-1);
  page.clock.pass(1);

  assert.deepEqual(asked, [{ type: "ping" }]);
  assert.deepEqual(patient, ["onState", "open", 0]);
  assert.deepEqual(client.calls, [["onState", "waiting", page.clock.nowMillis + 500]]);
});

test("stays with a server that answers", async () => {
  new Priz("/live");
  await page.accept();

  page.clock.pass(25_000);
  page.say('{"type":"pong"}');
  page.clock.pass(24_999);
  const asked = page.heard();
  page.clock.pass(1);

  assert.deepEqual(asked, [{ type: "ping" }]);
  assert.deepEqual(page.heard(), [{ type: "ping" }]);
});

test("asks once more when its timers were late", async () => {
  const client = recorder("onState");
  new Priz("/live", client);
  await page.accept();
  page.clock.pass(25_000);

  page.clock.sleep(60_000);
  const asked = page.heard();
  const patient = client.take().at(-1);
  page.clock.sleep(60_000);

  assert.deepEqual(asked, [{ type: "ping" }, { type: "ping" }]);
  assert.deepEqual(patient, ["onState", "open", 0]);
  assert.equal(client.calls[0][1], "waiting");
});
