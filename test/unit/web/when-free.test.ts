/** A busy server is asked again when it says; its user reads of it only when that does not end. */
import { expect, test } from "vitest";
import { whenFree } from "../../../web/lib/when-free.ts";
import { manualClock } from "./manual-clock.ts";

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
const busy = { error: { graphQLErrors: [{ extensions: { code: "UNAVAILABLE", retryAfterMs: 5_000 } }] } };
const wrong = { error: { graphQLErrors: [{ extensions: { code: "BAD_USER_INPUT" } }] } };
const done = { error: undefined };

function given(...answers: object[]) {
  const clock = manualClock();
  let asked = 0;
  let isWanted = true;
  const told = whenFree(
    async () => (answers[Math.min(asked++, answers.length - 1)] ?? {}) as typeof busy | typeof done,
    () => isWanted,
    clock,
  );
  return { clock, told, asked: () => asked, leave: () => (isWanted = false) };
}

test("a busy server is asked again at its time, and what it then says counts", async () => {
  const { clock, told, asked } = given(busy, busy, done);
  for (const [before, after] of [
    [1, 2],
    [2, 3],
  ]) {
    await settled();
    clock.advance(4_999);
    await settled();
    expect(asked()).toBe(before);
    clock.advance(1);
    await settled();
    expect(asked()).toBe(after);
  }
  expect(await told).toBe(done);
});

test("what is wrong is not asked again", async () => {
  const { told, asked } = given(wrong, done);
  expect(await told).toBe(wrong);
  expect(asked()).toBe(1);
});

test("nobody asks for what is no longer wanted", async () => {
  const { clock, told, asked, leave } = given(busy);
  await settled();
  leave();
  clock.advance(60_000);
  await told;
  expect(asked()).toBe(1);
});

test("patience ends after a minute", async () => {
  const { clock, told, asked } = given(busy);
  for (let i = 0; i < 20; i++) {
    await settled();
    clock.advance(5_000);
  }
  expect(await told).toBe(busy);
  expect(asked()).toBe(13);
});
