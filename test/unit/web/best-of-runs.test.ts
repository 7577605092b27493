/** What the comparison says of which run may be the best. */
import { expect, test } from "vitest";
import { bestWords } from "../../../web/features/compare/best.ts";

const one = (mayBeBest: boolean, { isNaive = false, pValue = 0.5 as number | null } = {}) => ({
  ...{ mayBeBest, isNaive, pValue },
  run: isNaive ? null : { id: "run" },
});
const naive = (mayBeBest: boolean) => one(mayBeBest, { isNaive: true });

test.each([
  ["One run errs less than all others by more than luck.", [one(true), one(false), naive(false)]],
  ["The naive forecast errs less than every run by more than luck.", [one(false), naive(true)]],
  ["None can be told apart from the best: the differences may be luck.", [one(true), one(true), naive(true)]],
  [
    "Some are behind by more than luck; of the rest, the naive forecast among them, any may be the best.",
    [one(true), one(false), naive(true)],
  ],
  [
    "Some are behind by more than luck; of the rest any may be the best, and the naive forecast is not.",
    [one(true), one(true), naive(false)],
  ],
  [
    "None can be told apart from the best: the differences may be luck.",
    [one(true), one(false, { pValue: null }), naive(true)],
  ],
])("%s", (words, compared) => {
  expect(bestWords({ compared })).toBe(words);
});
