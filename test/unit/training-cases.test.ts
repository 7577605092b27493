/** Series as people have them, from the file to the scores: trained with what is worth knowing, or refused in words. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readCsvBars } from "../../server/csv/read-bars.ts";
import { InvalidInput } from "../../server/domain/errors.ts";
import type { BarTable } from "../../server/domain/price-series.ts";
import { shownScores } from "../../server/domain/shown-scores.ts";
import { WasmEngine } from "../../server/engine/wasm/wasm-engine.ts";
import { resultWarnings } from "../../server/forecasting/result-warnings.ts";
import { train } from "../../server/forecasting/train.ts";
import { parseTrainingConfig } from "../../server/recipe/parse-request.ts";
import { seriesFacts } from "../../server/recipe/series-facts.ts";
import type { TrainingRequest } from "../../server/recipe/training-config.ts";

/** Beside the project, where there is one, as its newest form; the copies are for everybody else. */
const folders = [
  join(import.meta.dirname, "../../../shared/cases"),
  join(import.meta.dirname, "../fixtures/cases"),
];

async function barsIn(name: string): Promise<BarTable> {
  const folder = folders.find((each) => existsSync(join(each, name)))!;
  const csv = await readFile(join(folder, name), "utf8");
  return (await readCsvBars(csv, { timezone: "UTC" })).bars;
}

const small: TrainingRequest = { window: 10, layers: [{ units: 8 }], epochs: 3, testBars: 30 };
const engine = new WasmEngine({ threads: 1 });

async function trained(bars: BarTable, request: TrainingRequest) {
  const { config, warnings } = parseTrainingConfig({ ...small, ...request }, seriesFacts(bars));
  const epochs = [];
  for await (const report of train(engine, config, bars)) {
    if (report.kind === "epoch") epochs.push(report);
    if (report.kind === "result")
      return {
        ...report,
        epochs,
        warnings: [...warnings, ...resultWarnings({ ...report, config, bars, epochs })],
      };
  }
  throw new Error("the training gave no result");
}

/** No NaN and no infinity anywhere; null is a number that there is not. */
function expectNumbers({ judgement, predictions, epochs }: Awaited<ReturnType<typeof trained>>) {
  for (const row of judgement.forecasters)
    for (const value of Object.values(row))
      expect(typeof value !== "number" || Number.isFinite(value)).toBe(true);
  for (const { predicted } of predictions) expect(predicted.every(Number.isFinite)).toBe(true);
  for (const { trainLoss, validationLoss } of epochs)
    expect([trainLoss, validationLoss].every(Number.isFinite)).toBe(true);
}

test.each(["PRICE", "DIFFERENCE", "LOG_RETURN"] as const)(
  "a price that never changes is trained without a NaN, and it is said that there is nothing to learn (%s)",
  async (transform) => {
    const bars = await barsIn("constant-price-zero-volume.csv");
    const run = await trained(bars, { transform, features: ["CLOSE", "VOLUME"] });
    expectNumbers(run);
    expect(run.warnings).toContainEqual(
      expect.stringMatching(/nothing to learn: the close is 1 in every bar/),
    );
    expect(run.warnings).toContainEqual(expect.stringMatching(/^The volume is 0 in every bar/));
  },
);

test("a price below 0 refuses the log return in words, and is trained as a price and as a change", async () => {
  const bars = await barsIn("price-below-zero-for-a-day.csv");
  const refused = () => parseTrainingConfig({ ...small, transform: "LOG_RETURN" }, seriesFacts(bars));
  expect(refused).toThrow(InvalidInput);
  expect(refused).toThrow(
    /needs values above 0, but CLOSE is 0 or below in \d+ of 420 bars: use DIFFERENCE or PRICE/,
  );
  for (const transform of ["PRICE", "DIFFERENCE"] as const) expectNumbers(await trained(bars, { transform }));
});

test("a year of days is too short for the defaults, which says how many bars are needed, and enough for a short test", async () => {
  const bars = await barsIn("one-year-252-bars.csv");
  expect(() => parseTrainingConfig({}, seriesFacts(bars))).toThrow(/need \d+ bars .*it has 252$/);
  const run = await trained(bars, { window: 60 });
  expectNumbers(run);
  expect(
    shownScores(run.judgement.forecasters).scores.map(({ split, count }) => [split, count]),
  ).toContainEqual(["TEST", 30]);
});

test("a rally beyond the training is trained, and it is said that the test lies outside of what was seen", async () => {
  const bars = await barsIn("rally-beyond-the-training-range.csv");
  const run = await trained(bars, { testBars: 200 });
  expectNumbers(run);
  expect(run.warnings).toContainEqual(
    expect.stringMatching(/of the 200 bars of the test the close lies outside of what the training saw/),
  );
});

test("a volume that some days lack is refused as a feature with their number, and the prices are trained without it", async () => {
  const bars = await barsIn("volume-missing-on-some-days.csv");
  const facts = seriesFacts(bars);
  expect(() => parseTrainingConfig({ ...small, features: ["CLOSE", "VOLUME"] }, facts)).toThrow(
    /VOLUME, which 12 of the series' 420 bars lack: it must have a value in every bar/,
  );
  expectNumbers(await trained(bars, {}));
});
