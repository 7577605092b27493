/** A filter that is typed and not entered is kept for the filter it would take the place of. */
import { expect, test } from "vitest";
import { readDraft, storeDraft } from "../../../web/features/runs/filter-draft.ts";

function storage(first: string | null = null) {
  let kept = first;
  return {
    getItem: () => kept,
    setItem: (_: string, text: string) => {
      kept = text;
    },
  };
}

test("each entered filter has its own, until it is what is entered", () => {
  const kept = storage();
  expect(readDraft(kept, "")).toBeNull();
  storeDraft(kept, "", "lr <");
  storeDraft(kept, "seed = 1", "seed = 1 and ");
  storeDraft(kept, "", "lr < 1");
  expect(readDraft(kept, "")).toBe("lr < 1");
  expect(readDraft(kept, "seed = 1")).toBe("seed = 1 and ");
  storeDraft(kept, "seed = 1", "seed = 1 ");
  expect(readDraft(kept, "seed = 1")).toBeNull();
});

test("the newest are kept, and what the browser has spoilt is none", () => {
  const kept = storage();
  for (let at = 0; at < 30; at++) storeDraft(kept, String(at), `${at} and`);
  expect([readDraft(kept, "9"), readDraft(kept, "10")]).toEqual([null, "10 and"]);
  for (const spoilt of ["{", "{}", "[1, null]"]) expect(readDraft(storage(spoilt), "")).toBeNull();
  const full = {
    ...storage(),
    setItem: () => {
      throw new Error("QuotaExceededError");
    },
  };
  expect(() => storeDraft(full, "", "x")).not.toThrow();
});
