/** Answers that are kept for who asks the same again. */
import { expect, test } from "vitest";
import { keptAnswers } from "../../server/services/kept-answers.ts";

test("who asks at once or later shares one answer, until others were asked for that often", async () => {
  const answers = keptAnswers<number>(2);
  let made = 0;
  const ask = (key: string) => answers.get(key, async () => ++made);
  expect(await Promise.all([ask("a"), ask("a"), ask("b")])).toEqual([1, 1, 2]);
  // Asking for "a" again makes "b" the oldest.
  expect([await ask("a"), await ask("c"), await ask("a"), await ask("b")]).toEqual([1, 3, 1, 4]);
});

test("an answer that failed is asked for again, and who waited for it hears of the failure", async () => {
  const answers = keptAnswers<string>(2);
  const fail = () => Promise.reject(new Error("away"));
  const both = await Promise.allSettled([answers.get("a", fail), answers.get("a", fail)]);
  expect(both.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(await answers.get("a", async () => "back")).toBe("back");
});
