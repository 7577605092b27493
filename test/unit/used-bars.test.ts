/** Bars that a run leaves out at either end of the series. */
import { expect, test } from "vitest";
import { parseTrainingConfig } from "../../server/recipe/parse-request.ts";
import { previewOf } from "../../server/recipe/preview.ts";
import { usedBars } from "../../server/recipe/used-bars.ts";
import { cleanFacts } from "../support/clean-facts.ts";
import { barsOf } from "../support/series.ts";

test("what is left out is out of everything: the split, the default validation, the preview", () => {
  const skipped = { skipFirstBars: 400, skipLastBars: 26 };
  const { config } = parseTrainingConfig(skipped, cleanFacts(2426));
  expect(config.validationBars).toBe(170);
  expect(Array.from(usedBars(barsOf([1, 2, 3, 4]), { skipFirstBars: 1, skipLastBars: 2 }).close)).toEqual([
    2,
  ]);
  const { splits } = previewOf(skipped, 2426);
  expect(splits.map(({ firstBar, endBar }) => [firstBar, endBar])).toEqual([
    [400, 1930],
    [1930, 2100],
    [2100, 2400],
  ]);
});

test("leaving out all bars is refused, and says which number is to blame", () => {
  expect(() => parseTrainingConfig({ skipLastBars: 500 }, cleanFacts(500))).toThrow(
    "skipFirstBars and skipLastBars must leave some of the series' 500 bars, got 0 and 500",
  );
});

test("what is left out may lie outside of what the training saw", () => {
  const asked: number[][] = [];
  const facts = {
    ...cleanFacts(1000),
    news: (_: string, ...places: number[]) => {
      asked.push(places);
      return { seenLowest: 1, seenHighest: 2, unseen: 0 };
    },
  };
  parseTrainingConfig({ skipFirstBars: 100, skipLastBars: 50, testBars: 50, validationBars: 100 }, facts);
  expect(asked.at(-1)).toEqual([800, 900, 950]);
});
