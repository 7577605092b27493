/** The leak test must find pipelines that leak on purpose, and must not accuse honest ones. */
import { describe, expect, test } from "vitest";
import { type BarTable, columnOf } from "../../../server/domain/price-series.ts";
import { inputColumns } from "../../../server/forecasting/inputs.ts";
import { leakTest, ownInputs, type Pipeline } from "../../../server/forecasting/leak-test.ts";
import { fitScaler } from "../../../server/forecasting/scaler.ts";
import { scalersOf } from "../../../server/forecasting/windows.ts";
import { completeConfig } from "../../../server/recipe/complete-config.ts";
import { indicatorKinds } from "../../../server/recipe/indicators.ts";
import type { TrainingRequest } from "../../../server/recipe/training-config.ts";
import { alone, barsOf, walk } from "../../support/series.ts";

const bars = barsOf(walk(400));
/** A network that sums up what it sees: any change of its input shows. */
const honest: Pipeline = {
  ...ownInputs,
  baselines: ({ bars }, _, { firstAnchor, endAnchor }) => bars.close.slice(firstAnchor, endAnchor),
  predict: async (rows, starts) =>
    Float32Array.from(starts, (start) => rows.subarray(start, start + 8).reduce((a, b) => a + b, 0)),
};
const verdictOn = (pipeline: Partial<Pipeline>, request: TrainingRequest = {}) =>
  leakTest(
    { ...honest, ...pipeline },
    alone(bars),
    completeConfig({ window: 8, testBars: 60, ...request }, bars.time.length),
  );

describe("honest pipelines pass", () => {
  const requests: TrainingRequest[] = [
    {},
    { transform: "LOG_RETURN", scaler: "STANDARD", indicators: indicatorKinds.map((kind) => ({ kind })) },
    { inputForm: "MINUS_LAST", features: ["CLOSE", "LOG_VARIANCE"] },
    { target: "LOG_VARIANCE", transform: "DIFFERENCE" },
    { skipFirstBars: 50, skipLastBars: 20, validationBars: 0 },
  ];
  test.each(requests)("%j", async (request) => {
    const { passed, detail, checkedCuts } = await verdictOn({}, request);
    expect(detail).toContain("stayed the same to the last bit");
    expect({ passed, checkedCuts }).toEqual({ passed: true, checkedCuts: 4 });
  });
});

describe("a pipeline that leaks on purpose is caught:", () => {
  const shifted = (column: Float64Array) => column.map((value, bar) => column[bar + 1] ?? value);
  test("an input that knows tomorrow's price", async () => {
    const inputs: Pipeline["inputs"] = (sources, config) =>
      inputColumns(sources, config).map((input) => ({ ...input, values: shifted(input.values) }));
    expect(await verdictOn({ inputs })).toMatchObject({
      passed: false,
      detail: expect.stringContaining("An input of the"),
    });
  });

  test("a smoothing that is centred", async () => {
    const centred = (table: BarTable) =>
      columnOf(table, "CLOSE").map(
        (value, bar, all) => ((all[bar - 1] ?? value) + value + (all[bar + 1] ?? value)) / 3,
      );
    const inputs: Pipeline["inputs"] = ({ bars }) => [
      { name: "smoothed", values: centred(bars), isMinusLast: false },
    ];
    expect((await verdictOn({ inputs })).passed).toBe(false);
  });

  test("a scaler that is fitted on the whole series", async () => {
    const scalers: Pipeline["scalers"] = (sources, config, range) => ({
      ...scalersOf(sources, config, range),
      inputs: [fitScaler(columnOf(sources.bars, "CLOSE"))],
    });
    expect(await verdictOn({ scalers })).toMatchObject({
      passed: false,
      detail: expect.stringContaining("The scaler of the"),
    });
  });

  test("the original recipe, whose scaler is refitted on the test and whose test chooses the epoch", async () => {
    const { passed, detail } = await verdictOn({}, { scalerFit: "EACH_SPLIT", validateOnTest: true });
    expect(passed).toBe(false);
    expect(detail).toContain("The test chose which epoch is kept");
    expect(detail).toContain("The scaler of the test changed when bars after");
  });

  test("a baseline that looks ahead", async () => {
    const baselines: Pipeline["baselines"] = ({ bars }, _, { firstAnchor, endAnchor }) =>
      bars.close.slice(firstAnchor + 1, endAnchor + 1);
    expect(await verdictOn({ baselines })).toMatchObject({
      passed: false,
      detail: expect.stringContaining("A baseline of the"),
    });
  });

  test("a network that is not the same twice", async () => {
    let calls = 0;
    const predict: Pipeline["predict"] = async (_, starts) => new Float32Array(starts.length).fill(++calls);
    expect(await verdictOn({ predict })).toMatchObject({
      passed: false,
      detail: expect.stringContaining("A prediction of the"),
    });
  });

  test("an input that remembers the series' beginning for ever", async () => {
    const inputs: Pipeline["inputs"] = ({ bars }) => [
      {
        name: "since the start",
        values: bars.close.map((value) => value / bars.close[0]!),
        isMinusLast: false,
      },
    ];
    expect(await verdictOn({ inputs })).toMatchObject({
      passed: false,
      detail: expect.stringContaining("A history of 8 bars gives other inputs"),
    });
  });
});

test("without anything held out there is nothing to test, and it says so", async () => {
  expect(await verdictOn({}, { testBars: 0, validationBars: 0 })).toMatchObject({
    passed: true,
    checkedCuts: 0,
    detail: expect.stringContaining("nothing to test"),
  });
});
