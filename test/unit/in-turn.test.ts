import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { inTurn } from "../../server/services/in-turn.ts";

test("work is done one piece after the other, in order, also after one that failed", async () => {
  const oneAtATime = inTurn();
  const story: string[] = [];
  const work = (name: string) => async () => {
    story.push(`${name} begins`);
    await sleep(5);
    story.push(`${name} ends`);
    if (name === "b") throw new Error("b failed");
    return name;
  };
  const results = await Promise.allSettled([
    oneAtATime(work("a")),
    oneAtATime(work("b")),
    oneAtATime(work("c")),
  ]);
  expect(story).toEqual(["a begins", "a ends", "b begins", "b ends", "c begins", "c ends"]);
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
});
