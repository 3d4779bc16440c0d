import assert from "node:assert/strict";
import { test } from "node:test";
import { page } from "./page.mjs";
import { Priz } from "./priz.js";

/** Notes how a promise ends, so that none is left unhandled. */
function outcomeOf(promise) {
  const outcome = {};
  promise.then(
    (value) => (outcome.value = value),
    ({ code }) => (outcome.code = code),
  );
  return outcome;
}

test("answers with the position of what it published", async () => {
  const priz = new Priz("/live");
  await page.accept();

  const outcome = outcomeOf(priz.publish("room/42", { n: 1 }, { key: "k", echo: false }));
  const [request] = page.heard();
  page.say('{"type":"published","id":1,"epoch":"e1","at":"6-bb"}');
  await page.settle();

  assert.deepEqual(request, {
    type: "publish", id: 1, topic: "room/42", data: { n: 1 }, key: "k", name: "name-1", echo: false,
  });
  assert.deepEqual(outcome.value, { epoch: "e1", at: "6-bb" });
});

for (const code of [4003, 4013, 4030, 4503]) {
  test(`rejects what the server refuses with ${code}`, async () => {
    const priz = new Priz("/live");
    await page.accept();

    const outcome = outcomeOf(priz.publish("room/42", 1));
    page.answer(`{"type":"error","id":ID,"code":${code},"message":"no"}`);
    await page.settle();
    await page.comeBack();

    assert.equal(outcome.code, code);
    assert.deepEqual(page.heard(), []);
  });
}

test("keeps what is published without a connection, after the subscriptions and in order", async () => {
  const priz = new Priz("/live");
  priz.publish("room/42", 1);
  priz.subscribe("room/42");
  priz.publish("room/42", 2);

  await page.accept();

  const heard = page.heard().map(({ type, data }) => data ?? type);
  assert.deepEqual(heard, ["subscribe", 1, 2]);
});

test("publishes again under the same name what was not answered", async () => {
  const priz = new Priz("/live");
  await page.accept();
  const first = outcomeOf(priz.publish("room/42", 1));
  const second = outcomeOf(priz.publish("room/42", 2));
  page.say('{"type":"published","id":1,"epoch":"e1","at":"6-bb"}');
  await page.settle();
  const [, before] = page.heard();

  await page.comeBack();
  const after = page.heard();
  page.say('{"type":"published","id":2,"epoch":"e1","at":"7-cc"}');
  await page.settle();

  assert.deepEqual(after, [before]);
  assert.equal(first.value.at, "6-bb");
  assert.equal(second.value.at, "7-cc");
  assert.equal(before.name, "name-2");
});

test("publishes again what the server does not know the end of", async () => {
  const priz = new Priz("/live");
  await page.accept();
  const outcome = outcomeOf(priz.publish("room/42", 1));
  const [before] = page.heard();

  page.say('{"type":"error","id":1,"code":4504,"message":"not known"}');
  page.clock.pass(500);
  const after = page.heard();
  page.say('{"type":"published","id":1,"epoch":"e1","at":"6-bb"}');
  await page.settle();

  assert.deepEqual(after, [before]);
  assert.equal(outcome.value.at, "6-bb");
});

test("gives up after 90 seconds", async () => {
  const priz = new Priz("/live");
  const outcome = outcomeOf(priz.publish("room/42", 1));
  page.onLine = false;
  await page.settle();

  page.clock.pass(89_999);
  await page.settle();
  const before = outcome.code;
  page.clock.pass(1);
  await page.settle();
  priz.connect();
  await page.accept();

  assert.equal(before, undefined);
  assert.equal(outcome.code, 4504);
  assert.deepEqual(page.heard(), []);
});

test("does not publish again after 90 seconds though the timers are late", async () => {
  const priz = new Priz("/live");
  const outcome = outcomeOf(priz.publish("room/42", 1));
  await page.settle();

  page.clock.nowMillis += 90_000;
  await page.accept();
  await page.settle();

  assert.equal(outcome.code, 4504);
  assert.deepEqual(page.heard(), []);
});

test("keeps at most 256 without a connection", async () => {
  const priz = new Priz("/live");
  const outcomes = Array.from({ length: 257 }, (_, n) => outcomeOf(priz.publish("room/42", n)));

  await page.accept();
  await page.settle();

  assert.equal(page.heard().length, 256);
  assert.equal(outcomes[255].code, undefined);
  assert.equal(outcomes[256].code, 4030);
});

test("keeps at most 256 KiB of UTF-8 without a connection", async () => {
  const priz = new Priz("/live");
  const outcomes = ["ş".repeat(100_000), "ş".repeat(31_072), "ş".repeat(20_000)].map((data) =>
    outcomeOf(priz.publish("room/42", data)),
  );

  await page.accept();
  await page.settle();

  assert.deepEqual(outcomes.map(({ code }) => code), [undefined, 4030, undefined]);
  assert.deepEqual(page.heard().map(({ data }) => data.length), [100_000, 20_000]);
});

test("names what it publishes also on pages without randomUUID", async () => {
  crypto.randomUUID = undefined;
  crypto.getRandomValues = (words) => words.map((_, index) => index + 7);
  const priz = new Priz("/live");
  await page.accept();

  priz.publish("room/42", 1);

  assert.equal(page.heard()[0].name, "7-8-9-10");
});

test("rejects what cannot be JSON", async () => {
  const priz = new Priz("/live");
  const ring = {};
  ring.ring = ring;

  await assert.rejects(priz.publish("room/42", ring), TypeError);
});

test("rejects what is not answered when it is closed", async () => {
  const priz = new Priz("/live");
  await page.accept();
  const before = outcomeOf(priz.publish("room/42", 1));

  priz.close();
  const after = outcomeOf(priz.publish("room/42", 2));
  await page.settle();

  assert.equal(before.code, 4504);
  assert.equal(after.code, 4503);
  assert.equal(page.clock.pending, 0);
});
