import assert from "node:assert/strict";
import { test } from "node:test";
import { page, recorder } from "./page.mjs";
import { Priz } from "./priz.js";

const SUBSCRIBED =
  '{"type":"subscribed","id":ID,"topic":"room/42","epoch":"e1","at":"5-aa","recovered":false}';
const RECOVERED = SUBSCRIBED.replace("false", "true");
const SIXTH = '{"type":"message","topic":"room/42","at":"6-bb","prev":"5-aa","data":{"n":6}}';
const SEVENTH = '{"type":"message","topic":"room/42","at":"7-cc","prev":"6-bb","data":{"n":7}}';
const EIGHTH = '{"type":"message","topic":"room/42","at":"8-dd","prev":"7-cc","data":{"n":8}}';

async function subscribed(options = {}) {
  const priz = new Priz("/live");
  const room = recorder("onSubscribed", "onMessage", "onLost", "onEnd");
  const subscription = priz.subscribe("room/42", { ...options, ...room });
  await page.accept();
  page.answer(SUBSCRIBED);
  return { priz, room, subscription };
}

test("subscribes when the connection is open", async () => {
  const priz = new Priz("/live");
  priz.subscribe("room/42", { last: 50, present: { name: "Ada" }, watch: true });

  await page.accept();

  assert.equal(page.socket.url, "wss://priz.test/live");
  assert.equal(page.socket.protocols, "priz.topic.v1");
  assert.deepEqual(page.heard(), [
    { type: "subscribe", id: 2, topic: "room/42", last: 50, present: { name: "Ada" }, watch: true },
  ]);
});

test("hands over values, texts and bytes", async () => {
  const { room } = await subscribed();

  page.say(
    '{"type":"message","topic":"room/42","at":"6-bb","prev":"5-aa","data":null}',
    '{"type":"message","topic":"room/42","at":"7-cc","prev":"6-bb","text":""}',
    '{"type":"message","topic":"room/42","at":"8-dd","prev":"7-cc","base64":"AP+A"}',
  );

  assert.deepEqual(room.calls, [
    ["onSubscribed", { recovered: false, first: true, me: undefined }],
    ["onMessage", null, { topic: "room/42", at: "6-bb", text: false }],
    ["onMessage", "", { topic: "room/42", at: "7-cc", text: true }],
    ["onMessage", Uint8Array.of(0, 255, 128), { topic: "room/42", at: "8-dd", text: false }],
  ]);
});

test("moves on over what it does not get", async () => {
  const { room } = await subscribed();
  room.take();

  page.say('{"type":"position","topic":"room/42","at":"6-bb","prev":"5-aa"}', SEVENTH);

  assert.deepEqual(room.calls, [
    ["onMessage", { n: 7 }, { topic: "room/42", at: "7-cc", text: false }],
  ]);
  assert.deepEqual(page.heard(), []);
});

test("goes on after a loss where it left off", async () => {
  const { room } = await subscribed({ last: 10 });
  page.say(SIXTH);
  room.take();

  await page.comeBack();
  const [request] = page.heard();
  page.say(
    RECOVERED.replace("ID", request.id).replace("5-aa", "6-bb"),
    SEVENTH,
  );

  assert.deepEqual(request.since, { epoch: "e1", at: "6-bb" });
  assert.equal(request.last, 10);
  assert.deepEqual(room.calls, [
    ["onSubscribed", { recovered: true, first: false, me: undefined }],
    ["onMessage", { n: 7 }, { topic: "room/42", at: "7-cc", text: false }],
  ]);
});

test("says so before the messages that follow a subscription that did not recover", async () => {
  const { room } = await subscribed();
  room.take();

  await page.comeBack();
  page.answer(SUBSCRIBED.replace("e1", "e2").replace("5-aa", "6-bb"));
  page.say(SEVENTH);
  await page.comeBack();

  assert.deepEqual(room.calls.map(([name]) => name), ["onSubscribed", "onLost", "onMessage"]);
  assert.deepEqual(room.calls[1], ["onLost"]);
  assert.deepEqual(page.heard()[0].since, { epoch: "e2", at: "7-cc" });
});

test("subscribes again once where a message is missing", async () => {
  const { room } = await subscribed();
  room.take();

  page.say(SEVENTH, EIGHTH);
  const requests = page.heard();
  page.say(RECOVERED.replace("ID", requests[0].id), SIXTH, SEVENTH, EIGHTH);

  assert.deepEqual(requests, [
    { type: "subscribe", id: 3, topic: "room/42", since: { epoch: "e1", at: "5-aa" } },
  ]);
  assert.deepEqual(page.heard(), []);
  assert.deepEqual(room.calls.map(([name, value]) => value.n ?? name), ["onSubscribed", 6, 7, 8]);
});

test("says so where the missing message is gone", async () => {
  const { room } = await subscribed();
  room.take();

  page.say(SEVENTH);
  page.answer(SUBSCRIBED.replace("5-aa", "7-cc"));
  page.say(EIGHTH);

  assert.deepEqual(room.calls.map(([name]) => name), ["onSubscribed", "onLost", "onMessage"]);
});

test("goes on after a discontinuity from its position", async () => {
  const { room } = await subscribed();
  room.take();

  page.say(
    '{"type":"discontinuity","topic":"room/42","epoch":"e2","at":"7-cc","dropped":2}',
    EIGHTH,
    '{"type":"discontinuity","topic":"room/42","epoch":"e3","at":"1-ff"}',
  );
  await page.comeBack();

  assert.deepEqual(room.calls, [
    ["onLost", 2],
    ["onMessage", { n: 8 }, { topic: "room/42", at: "8-dd", text: false }],
    ["onLost", undefined],
  ]);
  assert.deepEqual(page.heard()[0].since, { epoch: "e3", at: "1-ff" });
});

test("ends a subscription that is refused", async () => {
  const priz = new Priz("/live");
  const room = recorder("onEnd");
  const subscription = priz.subscribe("room/42", room);
  await page.accept();

  page.answer('{"type":"error","id":ID,"code":4003,"message":"not allowed"}');
  await page.comeBack();

  const [[, reason]] = room.calls;
  assert.equal(reason.code, 4003);
  assert.equal(reason.message, "not allowed");
  assert.equal(subscription.active, false);
  assert.deepEqual(page.heard(), []);
});

test("ends a subscription that the server ends", async () => {
  const { room, subscription } = await subscribed();
  room.take();

  page.say('{"type":"unsubscribed","topic":"room/42","reason":"not allowed any more"}', SIXTH);

  const [[name, reason], ...others] = room.calls;
  assert.deepEqual([name, reason.code, reason.message], ["onEnd", 0, "not allowed any more"]);
  assert.deepEqual(others, []);
  assert.equal(subscription.active, false);
});

for (const code of [4030, 4503]) {
  test(`asks again after the error ${code}, ever later`, async () => {
    const priz = new Priz("/live");
    const subscription = priz.subscribe("room/42");
    await page.accept();
    const error = `{"type":"error","id":ID,"code":${code},"message":"later"}`;

    page.answer(error);
    page.clock.pass(499);
    assert.deepEqual(page.heard(), []);
    page.clock.pass(1);
    page.answer(error);
    page.clock.pass(999);
    assert.deepEqual(page.heard(), []);
    page.clock.pass(1);

    assert.equal(page.heard()[0].type, "subscribe");
    assert.equal(subscription.active, true);
  });
}

test("asks again soon after an error that follows a success", async () => {
  const error = '{"type":"error","id":ID,"code":4503,"message":"later"}';
  new Priz("/live").subscribe("room/42");
  await page.accept();
  page.answer(error);
  page.clock.pass(500);
  page.answer(SUBSCRIBED);
  page.say(SEVENTH);

  page.answer(error);
  page.clock.pass(500);

  assert.deepEqual(page.heard()[0].since, { epoch: "e1", at: "5-aa" });
});

test("hears nothing after unsubscribing", async () => {
  const { room, subscription } = await subscribed();
  room.take();

  subscription.unsubscribe();
  subscription.unsubscribe();
  page.say(SIXTH);

  assert.deepEqual(page.heard(), [{ type: "unsubscribe", id: 3, topic: "room/42" }]);
  assert.deepEqual(room.calls, []);
});

test("puts a second subscription in place of the first", async () => {
  const { priz, room, subscription } = await subscribed();
  room.take();
  const second = recorder("onSubscribed", "onMessage", "onEnd");

  priz.subscribe("room/42", second);
  const [, request] = page.heard();
  page.say(
    SIXTH,
    '{"type":"unsubscribed","topic":"room/42","id":3}',
    SUBSCRIBED.replace("ID", request.id).replace("5-aa", "6-bb"),
    SEVENTH,
  );

  assert.equal(subscription.active, false);
  assert.deepEqual(room.calls, []);
  assert.equal(request.since, undefined);
  assert.deepEqual(second.calls.map(([name]) => name), ["onSubscribed", "onMessage"]);
});

test("takes the answers to an earlier subscription for what they are", async () => {
  const priz = new Priz("/live");
  await page.accept();
  priz.subscribe("room/42").unsubscribe();
  const room = recorder("onSubscribed", "onMessage", "onEnd");
  priz.subscribe("room/42", room);
  const [first, unsubscribed, second] = page.heard();

  page.say(SUBSCRIBED.replace("ID", first.id), SIXTH);
  const early = room.take();
  page.say(
    '{"type":"error","id":ID,"code":4003,"message":"not allowed"}'.replace("ID", first.id),
    SUBSCRIBED.replace("ID", second.id),
    '{"type":"unsubscribed","topic":"room/42","id":ID}'.replace("ID", unsubscribed.id),
    SIXTH,
  );

  assert.deepEqual(early, []);
  assert.deepEqual(room.calls.map(([name]) => name), ["onSubscribed", "onMessage"]);
});

test("survives callbacks that throw", async () => {
  const priz = new Priz("/live", { onState: fail });
  const heard = [];
  priz.subscribe("room/42", {
    onSubscribed: fail,
    onLost: fail,
    onMessage: (data) => {
      heard.push(data.n);
      fail();
    },
  });
  await page.accept();
  page.answer(SUBSCRIBED);

  page.say(SIXTH, SEVENTH);
  await page.comeBack();
  page.answer(SUBSCRIBED.replace("5-aa", "7-cc"));
  page.say(EIGHTH);

  assert.deepEqual(heard, [6, 7, 8]);
  assert.ok(page.reported.length >= 8);
  assert.ok(page.reported.every(({ message }) => message === "the page's own"));
});

function fail() {
  throw new Error("the page's own");
}

test("tells a page nothing that it ended meanwhile", async () => {
  const priz = new Priz("/live");
  const room = recorder("onLost", "onPresence");
  const subscription = priz.subscribe("room/42", {
    ...room,
    onSubscribed: ({ first }) => first || subscription.unsubscribe(),
  });
  await page.accept();
  page.answer(SUBSCRIBED);

  await page.comeBack();
  page.answer(SUBSCRIBED);

  assert.deepEqual(room.calls, []);
});

test("ignores what it does not know", async () => {
  const { room } = await subscribed();
  room.take();

  page.say(
    '{"type":"weather","topic":"room/42"}',
    '{"type":"message","topic":"room/43","at":"1-aa","prev":"0-00","data":1}',
    '{"type":"published","id":99,"epoch":"e1","at":"5-aa"}',
    '{"type":"error","id":99,"code":4003,"message":"not allowed"}',
    new ArrayBuffer(2),
    "no JSON",
    SIXTH,
  );

  assert.equal(room.calls.length, 1);
  assert.equal(page.reported.length, 1);
});
