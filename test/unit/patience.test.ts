import { expect, test } from "vitest";
import { TransactionTimedOut } from "../../server/ports/transaction.ts";
import { patience } from "../../server/worker/patience.ts";

class Away extends Error {}
class Full extends Error {}
const shortage = { is: "the database has no space left", was: "the database had no space left" };

const givenPatience = () => {
  const lines: string[] = [];
  const noted: string[] = [];
  let now = 0;
  const away = {
    name: "the database",
    is: (error: unknown) => error instanceof Away || error instanceof Full,
    shortageOf: (error: unknown) => (error instanceof Full ? shortage : null),
    onShortage: ({ was }: typeof shortage) => noted.push(was),
  };
  const leave = new AbortController();
  const patiently = patience(away, { warn: (_, message) => lines.push(message) }, leave.signal, {
    now: () => now,
    sleep: async (ms) => {
      now += ms;
    },
  });
  /** Fails with these, one after the other, then answers. */
  const failing = (...errors: Error[]) => {
    let tries = 0;
    return {
      work: async () => {
        const error = errors[tries++];
        if (error) throw error;
        return "done";
      },
      tries: () => tries,
    };
  };
  return { patiently, failing, lines, noted, leave };
};

test("what is away or full is asked again until it answers, and each trouble is a line of the log once a minute", async () => {
  const { patiently, failing, lines, noted } = givenPatience();
  // 2 s between two tries: some 80 s in all.
  const { work, tries } = failing(new Away(), new Away(), ...Array.from({ length: 40 }, () => new Full()));
  expect(await patiently(work)).toBe("done");
  expect(tries()).toBe(43);
  expect(noted).toHaveLength(40);
  expect(lines).toEqual([
    "the database is away: trying again until it answers",
    "the database has no space left: trying again until it answers",
    "the database has no space left: trying again until it answers",
  ]);
});

test("a transaction that took too long is tried three times, and then fails with its own words", async () => {
  const { patiently, failing } = givenPatience();
  const late = () => new TransactionTimedOut(15_000, {});
  const once = failing(late(), late());
  expect(await patiently(once.work)).toBe("done");
  const again = failing(late(), late(), late(), late());
  await expect(patiently(again.work)).rejects.toThrow("did not do it within 15 s");
  expect(again.tries()).toBe(3);
});

test("any other error, and any error of one that leaves, is thrown at once", async () => {
  const { patiently, failing, leave } = givenPatience();
  const wrong = failing(new Error("a mistake"));
  await expect(patiently(wrong.work)).rejects.toThrow("a mistake");
  expect(wrong.tries()).toBe(1);
  leave.abort();
  const away = failing(new Away());
  await expect(patiently(away.work)).rejects.toThrow(Away);
  expect(away.tries()).toBe(1);
});
