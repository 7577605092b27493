/** Other series among a network's inputs: what is shown of them, that none of it is of the future, and what a forecast makes of it. */
import { beforeAll, describe, expect, test } from "vitest";
import { type BarTable, barsBetween } from "../../../server/domain/price-series.ts";
import { inputColumns, type Sources } from "../../../server/forecasting/inputs.ts";
import { leakTest, ownInputs, type Pipeline } from "../../../server/forecasting/leak-test.ts";
import { othersOf } from "../../../server/forecasting/other-series.ts";
import { networkOutlook } from "../../../server/forecasting/outlook/network-outlook.ts";
import { completeConfig } from "../../../server/recipe/complete-config.ts";
import type { TrainingConfig, TrainingRequest } from "../../../server/recipe/training-config.ts";
import { garchBars } from "../../support/daily-bars.ts";
import { type LiveRun, liveRun, market } from "../../support/live-run.ts";
import { alone, barsOf, walk } from "../../support/series.ts";

const dayMs = 86_400_000;
const own = barsOf(walk(400));
const index = barsOf(walk(400, 7));
const asked = (field: "CLOSE" | "VOLUME" | "LOG_VARIANCE" = "CLOSE") => ({
  priceSeriesId: "index",
  symbol: "INDEX",
  seriesVersionId: "v1",
  field,
});
const configOf = (request: TrainingRequest = {}) =>
  completeConfig({ window: 8, testBars: 60, otherSeries: [asked()], ...request }, own.time.length);
/** What a run on `own` makes its inputs of, where `bars` are those of the other series. */
const sourcesOf = (config: TrainingConfig, bars: BarTable): Sources => ({
  ...alone(own),
  others: othersOf(config, own.time, new Map([["v1", bars]])),
});
const shownOf = (request: TrainingRequest, bars: BarTable) => {
  const config = configOf(request);
  return inputColumns(sourcesOf(config, bars), config).at(-1)!;
};
const without = (bars: BarTable, rests: (bar: number) => boolean): BarTable => {
  const part = (column: Float64Array) => column.filter((_, bar) => !rests(bar));
  return Object.fromEntries(
    Object.entries(bars).map(([name, column]) => [name, part(column)]),
  ) as unknown as BarTable;
};

describe("a column of another series", () => {
  test("stands after the fields as the log return of what was known, and is 0 where nothing new was", () => {
    const resting = without(index, (bar) => bar === 5 || bar >= 390);
    const { name, values } = shownOf({}, resting);
    expect(name).toBe("INDEX close");
    expect(values[0]).toBeNaN();
    const { close } = index;
    expect(values[4]).toBeCloseTo(Math.log(close[4]! / close[3]!), 12);
    expect(values[5]).toBe(0);
    expect(values[6]).toBeCloseTo(Math.log(close[6]! / close[4]!), 12);
    expect([...values.subarray(390)]).toEqual(Array(10).fill(0));
  });

  test("is a difference where a value is 0 or below, and a log variance as it is", () => {
    const quiet = { ...index, volume: index.volume.map((value, bar) => (bar === 50 ? 0 : value)) };
    const volume = shownOf({ otherSeries: [asked("VOLUME")] }, quiet).values;
    expect(volume[50]).toBe(-index.volume[49]!);
    const variance = shownOf({ otherSeries: [asked("LOG_VARIANCE")] }, index).values;
    expect(variance[7]).toBe(
      inputColumns(alone(index), configOf({ otherSeries: [], features: ["LOG_VARIANCE"] }))[0]!.values[7],
    );
  });

  test("must come with its bars", () => {
    expect(() => inputColumns(alone(own), configOf())).toThrow(/sees 1 columns of other series, and 0 came/);
    expect(() => othersOf(configOf(), own.time, new Map())).toThrow(/version v1/);
  });

  test("stays the same to the last bit up to a bar, whatever the other's later bars are", () => {
    for (const stamp of [-8, -1, 0, 4]) {
      const moved = { ...index, time: index.time.map((at) => at + stamp * 3_600_000) };
      const before = shownOf({}, moved).values;
      for (const cut of [30, 200, 371]) {
        // All that ends after the next bar begins.
        const future = moved.time.findIndex((at) => at + dayMs > own.time[cut + 1]!);
        const close = moved.close.map((value, bar) =>
          bar >= future ? value * (1.5 + Math.sin(bar)) : value,
        );
        const after = shownOf({}, { ...moved, close }).values;
        expect([...after.subarray(0, cut + 1)]).toEqual([...before.subarray(0, cut + 1)]);
        expect([...after.subarray(cut + 1)]).not.toEqual([...before.subarray(cut + 1)]);
      }
    }
  });
});

describe("the leak test", () => {
  const config = configOf({ transform: "LOG_RETURN", scaler: "STANDARD", testBars: 60 });
  const honest: Pipeline = {
    ...ownInputs,
    baselines: ({ bars }, _, { firstAnchor, endAnchor }) => bars.close.slice(firstAnchor, endAnchor),
    predict: async (rows, starts) =>
      Float32Array.from(starts, (start) => rows.subarray(start, start + 16).reduce((a, b) => a + b, 0)),
  };
  // It begins three weeks before the run's bars, so that it is known from their first on.
  const longer = barsOf(walk(421, 7));
  const daily = { ...longer, time: longer.time.map((at) => at - 21 * dayMs) };
  const weekly = without(daily, (bar) => bar % 7 !== 0);

  test.each([
    ["days of the same zone", daily],
    ["days of a later zone", { ...daily, time: daily.time.map((at) => at + 5 * 3_600_000) }],
    ["weeks", weekly],
  ])("passes %s", async (_, bars) => {
    expect(await leakTest(honest, sourcesOf(config, bars), config)).toMatchObject({
      passed: true,
      checkedCuts: 4,
    });
  });

  test.each([
    ["a bar of tomorrow", daily, dayMs],
    ["a week's bar on its Monday", weekly, 6 * dayMs],
  ])("catches a join that knows %s", async (_, bars, ahead) => {
    const inputs: Pipeline["inputs"] = ({ others, ...own }, asked) =>
      inputColumns({ ...own, others: { ...others, reachMs: others.reachMs + ahead } }, asked);
    expect(await leakTest({ ...honest, inputs }, sourcesOf(config, bars), config)).toMatchObject({
      passed: false,
      detail: expect.stringContaining("An input of the"),
    });
  });
});

describe("a forecast", () => {
  const peer: BarTable = {
    ...garchBars(700, 23),
    adjustedClose: market.adjustedClose,
    volume: market.volume,
  };
  const bars = new Map([["v1", peer]]);
  let run: LiveRun;
  beforeAll(async () => {
    run = await liveRun(
      { transform: "LOG_RETURN", scaler: "STANDARD", otherSeries: [asked(), asked("LOG_VARIANCE")] },
      market,
      bars,
    );
  });
  const end = market.time.length - 1;

  test("at a bar of the test is what the run predicted there, seen from the newest bars alone", async () => {
    for (const bar of [end - 5, end - 30]) {
      const subject = run.subjectAt(await run.trainedUpTo(bar), bar, 0);
      const predicted = await (await networkOutlook(subject, run.predict)).predict([0, 0]);
      for (const step of [1, 2]) {
        const columns = run.result.predictions.find((one) => one.split === "TEST" && one.step === step)!;
        expect(predicted[step - 1]! / columns.predicted[bar + 1 - run.testFrom]!).toBeCloseTo(1, 6);
      }
    }
  });

  test("beyond the other's newest bar holds its last value: as if it had not moved", async () => {
    const subject = run.subjectAt(await run.trainedUpTo(end), end, 0);
    const ended = barsBetween(peer, 0, peer.time.length - 3);
    const flat = { ...peer };
    for (const name of ["open", "high", "low", "close"] as const)
      flat[name] = peer[name].map((value, bar, all) =>
        bar >= ended.time.length ? all[ended.time.length - 1]! : value,
      );
    const of = async (table: BarTable) => {
      const others = othersOf(run.config, market.time, new Map([["v1", table]]));
      return (await networkOutlook({ ...subject, others }, run.predict)).predict([1, 2, 3, 4]);
    };
    expect(await of(ended)).toEqual(await of(flat));
    expect(await of(ended)).not.toEqual(await of(peer));
  });

  test("the run was judged, and passed the leak test", () => {
    expect(run.result.judgement.leakTest).toMatchObject({ passed: true });
  });
});
