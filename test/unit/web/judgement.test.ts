/** What a run's page says of its worth: the verdict, the table of forecasters, the intervals. */
import { describe, expect, test } from "vitest";
import { forecasterName } from "../../../web/entities/run/forecaster.ts";
import { targetOf } from "../../../web/entities/run/target.ts";
import { type Coverage, heldInWords, share, widthInWords } from "../../../web/features/run/coverage.ts";
import {
  type Forecast,
  forecastRows,
  originInWords,
  recordInWords,
  type TrackRecord,
} from "../../../web/features/run/forecast.ts";
import {
  betterInWords,
  columnsOf,
  type ForecasterRow,
  keyOf,
  rowsOf,
  upsInWords,
} from "../../../web/features/run/leaderboard.ts";
import { partInWords, usesInWords, verdictOn } from "../../../web/features/run/verdict.ts";

const price = targetOf("CLOSE", "USD");
const volatility = targetOf("LOG_VARIANCE", "USD");
const volume = targetOf("VOLUME", "USD");

const row = (changes: Partial<ForecasterRow>): ForecasterRow => ({
  ...{ forecaster: "HAR", name: null, count: 300, mae: 1, rmse: 1, mase: 1, r2: null, qlike: null },
  ...{ directionalAccuracy: null, shareOfUps: null, skill: 0, dieboldMariano: null },
  ...changes,
});
const scores = (mae: number, naiveMae: number) => {
  const of = (error: number) => ({
    mae: error,
    rmse: error,
    mape: null,
    mase: null,
    directionalAccuracy: null,
  });
  const skill = 1 - mae / naiveMae;
  return [{ split: "TEST" as const, count: 300, model: of(mae), naive: of(naiveMae), skill }];
};
const lastValue = (pValue: number) => [
  row({ forecaster: "LAST_VALUE", dieboldMariano: { statistic: -1, pValue } }),
];

describe("a target", () => {
  test("is a price in its currency, a volatility in percent a year, or an amount without a currency", () => {
    expect([price, volatility, volume].map(({ noun }) => noun)).toEqual(["price", "volatility", "volume"]);
    expect([price, volatility, volume].map(({ unit }) => unit)).toEqual(["USD", "% a year", null]);
    expect(price.value(2836.74)).toBe("2,836.7 USD");
    expect(volatility.value(15.421)).toBe("15.42% a year");
    expect(volume.value(753_263_013.8)).toBe("753.3M");
    expect([price.value(null), volatility.value(null), volume.value(null)]).toEqual(["–", "–", "–"]);
  });

  test("has errors that people can picture: those of log variances are factors of the volatility", () => {
    expect(price.error(27.34)).toBe("27.34 USD");
    expect(volatility.error(2 * Math.log(1.4))).toBe("a factor of 1.40");
    expect(volume.error(1_500_000)).toBe("1.5M");
  });
});

describe("the verdict", () => {
  test("is the API's sentence, with what it means in the target's unit", () => {
    const run = {
      verdict: "Beats the last value by 16 % (p below 0.0001) but ties with HAR (-0.9 %, p 0.65).",
      scores: scores(2 * Math.log(1.4), 2 * Math.log(1.5)),
      leaderboard: lastValue(0.000_01),
    };
    expect(verdictOn(run, volatility)).toEqual({
      tone: "better",
      headline: "Beats the last value by 16% (p below 0.0001) but ties with HAR (−0.9%, p 0.65).",
      explanation:
        "Over 300 test predictions it is off by a factor of 1.40 on average; repeating the last value is off by a factor of 1.50.",
    });
  });

  test("praises nothing that may be luck, and says what a worse model is worth", () => {
    const verdict = "some sentence";
    const judged = (mae: number, pValue: number) =>
      verdictOn({ verdict, scores: scores(mae, 10), leaderboard: lastValue(pValue) }, price)!;
    expect(judged(9, 0.14).tone).toBe("even");
    expect(judged(9, 0.01).tone).toBe("better");
    expect(judged(12, 0.01)).toMatchObject({
      tone: "worse",
      explanation: expect.stringMatching(/learned nothing that the last price does not tell\.$/),
    });
  });

  test("of a run from before there were sentences counts in percent, and in times where those are hard to grasp", () => {
    const old = (mae: number, naiveMae: number) =>
      verdictOn({ verdict: null, scores: scores(mae, naiveMae), leaderboard: [] }, price)!;
    expect(old(37.41, 29.88)).toMatchObject({
      tone: "worse",
      headline: "25.2% worse than the naive forecast",
    });
    expect(old(9050, 27.64).headline).toBe("330 times the error of the naive forecast");
    expect(old(9, 10)).toMatchObject({ tone: "better", headline: "10.0% better than the naive forecast" });
    expect(old(9.999, 10)).toMatchObject({ tone: "even", headline: "As good as the naive forecast" });
  });

  test("is left out where there was no test", () => {
    expect(verdictOn({ verdict: null, scores: [], leaderboard: [] }, price)).toBeNull();
  });

  test("warns once more than a few runs were scored on the same test", () => {
    expect(usesInWords(5)).toBeNull();
    expect(usesInWords(12)).toBe(
      "12 runs were scored on these bars: the best of them looks better than it is.",
    );
  });

  test("says of which experiment the run is a part", () => {
    const part = { id: "e", name: "Careful", runs: { totalCount: 3 } };
    expect(partInWords({ ...part, plan: "SEEDS" })).toBe("One of 3 seeds of");
    expect(partInWords({ ...part, plan: "SWEEP" })).toBe("One of 3 runs of");
    expect(partInWords({ ...part, plan: "WALK_FORWARD" })).toBe("One of 3 folds of");
  });
});

describe("the table of forecasters", () => {
  test("calls each as people do, by its window where there are two of a kind", () => {
    const named = (forecaster: ForecasterRow["forecaster"], name: string | null = null) =>
      forecasterName({ forecaster, name }, price);
    expect(named("GRU")).toBe("This network");
    expect(named("LAST_VALUE")).toBe("Last price");
    expect(forecasterName({ forecaster: "LAST_VALUE", name: null }, volatility)).toBe("Last value");
    expect(named("HAR", "last 1000 bars")).toBe("HAR, last 1000 bars");
    expect(named("OUTSIDE", "House view")).toBe("House view");
    expect(keyOf({ forecaster: "HAR", name: "last 1000 bars" })).not.toBe(keyOf(row({})));
  });

  test("says in words whether the network is better, and only where a test tells", () => {
    const compared = (statistic: number, pValue: number) =>
      betterInWords(row({ dieboldMariano: { statistic, pValue } }));
    expect(compared(-3, 0.0038)).toBe("Yes, p 0.004");
    expect(compared(3, 0.0234)).toBe("No, worse, p 0.023");
    expect(compared(-1, 0.65)).toBe("Cannot tell, p 0.65");
    expect(betterInWords(row({}))).toBe("No test");
    expect(betterInWords(row({ forecaster: "GRU" }))).toBe("");
  });

  test("has the scores of its target: QLIKE and R² of volatility, RMSE and MASE of the rest", () => {
    const shown = (target: typeof price, of: Partial<ForecasterRow>) =>
      columnsOf(target).map(({ name, cell }) => `${name} ${cell(row(of))}`);
    expect(shown(volatility, { mae: 0.667, qlike: 0.3854, r2: -0.24 })).toEqual([
      "MAE, log 0.667",
      "QLIKE 0.385",
      "R² −0.24",
    ]);
    expect(shown(price, { mae: 27.34, rmse: 49.58, mase: null })).toEqual([
      "MAE 27.34",
      "RMSE 49.58",
      "MASE –",
    ]);
    expect(shown(volume, { mae: 753_263_013, rmse: 9e8, mase: 1 })[0]).toBe("MAE 753.3M");
  });

  test("sets the share of rises beside the directions", () => {
    expect(upsInWords([row({}), row({ shareOfUps: 0.5667 })])).toBe("57% rose");
    expect(upsInWords([row({})])).toBeNull();
  });

  test("of a run from before there were others has the network and the last value", () => {
    const old = rowsOf([], scores(9, 10), "TEST", null);
    expect(old.map(({ forecaster, mae }) => [forecaster, mae])).toEqual([
      ["GRU", 9],
      ["LAST_VALUE", 10],
    ]);
    expect(rowsOf([], scores(9, 10), "TEST", 2)).toEqual([]);
    expect(rowsOf([row({})], scores(9, 10), "TEST", null)).toHaveLength(1);
  });
});

describe("intervals", () => {
  const coverage = (changes: Partial<Coverage>): Coverage => ({
    ...{ level: 0.95, step: 1, count: 300, covered: 0.95, worstBlock: 0.9, meanWidth: 142.07 },
    kupiecPValue: 0.79,
    ...changes,
  });

  test("are said to hold, to cover too little, or to be wider than need be", () => {
    expect(heldInWords(coverage({}))).toBe("Held what it promised, p 0.79");
    expect(heldInWords(coverage({ covered: 0.9, kupiecPValue: 0.0004 }))).toBe("Covers too little, p 0.0004");
    expect(heldInWords(coverage({ covered: 1, kupiecPValue: 0.0001 }))).toBe(
      "Wider than it need be, p 0.0001",
    );
    expect(heldInWords(coverage({ kupiecPValue: null }))).toBe("Too few bars to tell");
  });

  test("of volatility reach a factor to either side, those of prices so many of the currency", () => {
    expect(widthInWords(coverage({}), price)).toBe("142.07 USD");
    expect(widthInWords(coverage({ meanWidth: 4 * Math.log(2.5) }), volatility)).toBe("÷ or × 2.50");
    expect([0.95, 0.8133, 0.8].map(share)).toEqual(["95%", "81.3%", "80%"]);
  });
});

describe("a forecast of the next bars", () => {
  const forecast: Forecast = {
    ...{ time: ["2020-04-20T04:00:00Z", "2020-04-21T04:00:00Z"], predicted: [2875.12, 2876], level: 0.95 },
    ...{ lower: [2690.2, null], upper: [3060.9, null], isBeyondHorizon: [false, true] },
    ...{ seriesVersion: { id: "v", number: 1, lastTime: "2020-04-17T04:00:00Z" } },
    ...{ modelAgeBars: 0, isUnlikeTraining: false, calendar: "New York's" },
    ...{ recent: [2874.56], recentTime: ["2020-04-17T04:00:00Z"] },
  };
  const record: TrackRecord = { count: 42, mae: 20.1, naiveMae: 21.34, coverage95: 0.929, drift: null };

  test("has a row for each trading day of the exchange, in the target's unit", () => {
    expect(forecastRows(forecast, price, "America/New_York")).toEqual([
      {
        ...{ key: "2020-04-20T04:00:00Z", when: "Mon 20 Apr 2020", predicted: "2,875.1" },
        ...{ interval: "2,690.2 to 3,060.9", isBeyond: false },
      },
      {
        ...{ key: "2020-04-21T04:00:00Z", when: "Tue 21 Apr 2020", predicted: "2,876.0" },
        ...{ interval: "–", isBeyond: true },
      },
    ]);
    const [first] = forecastRows(
      { ...forecast, predicted: [15.4], lower: [7.1], upper: [33] },
      volatility,
      "UTC",
    );
    expect(first).toMatchObject({ predicted: "15.40", interval: "7.10 to 33.00" });
  });

  test("says from which bars it comes, and how old what forecasts is", () => {
    expect(originInWords(forecast, "America/New_York")).toBe(
      "From version 1 of the series, which ends on 17 Apr 2020. No bar has come since it was trained and tested.",
    );
    expect(originInWords({ ...forecast, modelAgeBars: 12 }, "UTC")).toMatch(/12 bars have come since/);
  });

  test("tells how such forecasts did, once their bars have come", () => {
    expect(recordInWords(record, price)).toBe(
      "In real life, over 42 forecasts whose bars have come: off by 20.10 USD on average, the last price by 21.34 USD; its 95% intervals held 93% of them.",
    );
    expect(recordInWords(null, price)).toMatch(/once bars that it forecast have come/);
  });
});
