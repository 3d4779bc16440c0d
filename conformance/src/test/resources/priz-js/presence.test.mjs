import assert from "node:assert/strict";
import { test } from "node:test";
import { page } from "./page.mjs";
import { Priz } from "./priz.js";

const SUBSCRIBED =
  '{"type":"subscribed","id":ID,"topic":"room/42","epoch":"e1","at":"5-aa","recovered":true,"me":"m1",' +
  '"count":2,"members":[{"id":"m1","value":{"name":"Ada"}},{"id":"m2","value":{"name":"Nazım"}}]}';

async function watching() {
  const changes = [];
  const priz = new Priz("/live");
  priz.subscribe("room/42", {
    watch: true,
    present: { name: "Ada" },
    onPresence: (change) => changes.push({ ...change, members: [...change.members.keys()] }),
  });
  await page.accept();
  page.answer(SUBSCRIBED);
  return changes;
}

test("tells who is present", async () => {
  const changes = await watching();

  assert.deepEqual(changes, [
    { count: 2, members: ["m1", "m2"], joined: [], left: [], me: "m1" },
  ]);
});

test("tells who comes and goes", async () => {
  const changes = await watching();
  const joined = [{ id: "m3", value: { name: "Grace" } }];
  const left = [{ id: "m2", value: { name: "Nazım" } }];

  page.say(
    '{"type":"presence","topic":"room/42","count":2,' +
      '"joined":[{"id":"m3","value":{"name":"Grace"}}],"left":[{"id":"m2","value":{"name":"Nazım"}}]}',
  );

  assert.deepEqual(changes[1], { count: 2, members: ["m1", "m3"], joined, left, me: "m1" });
});

test("forgets after a loss whom the server does not list", async () => {
  const changes = await watching();

  await page.comeBack();
  page.answer(SUBSCRIBED.replaceAll("m2", "m9").replaceAll("m1", "m8"));

  assert.deepEqual(changes[1], { count: 2, members: ["m8", "m9"], joined: [], left: [], me: "m8" });
});

test("lists a thousand and counts all", async () => {
  const changes = await watching();
  const joined = Array.from({ length: 1_500 }, (_, n) => ({ id: `n${n}`, value: n }));

  page.say(JSON.stringify({ type: "presence", topic: "room/42", count: 1_502, joined, left: [] }));

  assert.equal(changes[1].members.length, 1_000);
  assert.equal(changes[1].count, 1_502);
});
