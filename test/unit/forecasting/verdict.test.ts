/** The sentence on top of a run: its wording, and what it must never claim. */
import { expect, test } from "vitest";
import type { Forecaster } from "../../../server/domain/forecaster.ts";
import type { ForecasterScores } from "../../../server/domain/results.ts";
import { verdict } from "../../../server/forecasting/verdict.ts";

const row = (forecaster: Forecaster, mae: number, pValue: number | null = null): ForecasterScores => ({
  split: "TEST",
  fold: 0,
  step: null,
  forecaster,
  name: null,
  count: 300,
  mae,
  rmse: mae,
  mape: null,
  smape: null,
  mase: null,
  rmsse: null,
  r2: null,
  qlike: null,
  directionalAccuracy: null,
  shareOfUps: null,
  directionPValue: null,
  skill: 0,
  dieboldMariano: pValue === null ? null : { statistic: 1, pValue },
  confidenceSetPValue: null,
});
const price = (mae: number, last: number, pValue: number | null) =>
  verdict([row("GRU", mae), row("LAST_VALUE", last, pValue)], "PRICE");

test("a difference that may be luck is a tie, whichever way it points", () => {
  expect(price(0.996, 1, 0.61)).toBe("Ties with the last price (+0.4 %, p 0.61).");
  expect(price(1.012, 1, 0.05)).toBe("Ties with the last price (-1.2 %, p 0.05).");
  expect(price(1, 1, 1)).toBe("Ties with the last price (0 %, p 1).");
  expect(price(0.5, 1, 0.3)).toBe("Ties with the last price (+50 %, p 0.3).");
});

test("a sure difference is named with its size", () => {
  expect(price(0.969, 1, 0.02)).toBe("Beats the last price by 3.1 % (p 0.02).");
  expect(price(1.031, 1, 0.0004)).toBe("Worse than the last price by 3.1 % (p 0.0004).");
  expect(price(1.898, 1, 1e-9)).toBe("Worse than the last price by 90 % (p below 0.0001).");
  expect(price(0.9996, 1, 0.01)).toBe("Beats the last price by 0.04 % (p 0.01).");
  expect(price(0.999999, 1, 0.01)).toBe("Beats the last price by less than 0.01 % (p 0.01).");
});

test("a p value below 5 % is never shown as 5 %", () => {
  expect(price(0.9, 1, 0.04999)).toBe("Beats the last price by 10 % (p 0.049).");
  expect(price(0.9, 1, 0.0437)).toBe("Beats the last price by 10 % (p 0.044).");
});

test("where no test exists nothing is claimed", () => {
  expect(price(0.9, 1, null)).toBe("Cannot be tested against the last price (+10 %).");
});

test("prices are compared with the last price alone", () => {
  const rows = [row("GRU", 0.9), row("LAST_VALUE", 1, 0.01), row("AR", 0.8, 0.001)];
  expect(verdict(rows, "PRICE")).toBe("Beats the last price by 10 % (p 0.01).");
});

const variance = (gru: number, lastP: number, harP: number) =>
  verdict(
    [
      row("GRU", gru),
      row("LAST_VALUE", 1, lastP),
      row("EWMA", 0.95, 0.001),
      row("HAR", 0.9, harP),
      row("OUTSIDE", 0.5, 0.001),
    ],
    "LOG_VARIANCE",
  );

test("log variances are compared with the last value and the best other baseline", () => {
  expect(variance(0.85, 0.001, 0.002)).toBe(
    "Beats the last value by 15 % (p 0.001) and HAR by 5.6 % (p 0.002).",
  );
  expect(variance(0.89, 0.001, 0.34)).toBe(
    "Beats the last value by 11 % (p 0.001) but ties with HAR (+1.1 %, p 0.34).",
  );
  expect(variance(0.93, 0.03, 0.01)).toBe(
    "Beats the last value by 7 % (p 0.03) but is worse than HAR by 3.3 % (p 0.01).",
  );
  expect(variance(0.98, 0.4, 0.2)).toBe(
    "Ties with the last value (+2 %, p 0.4) and with HAR (-8.9 %, p 0.2).",
  );
  expect(variance(1.2, 0.01, 0.001)).toBe(
    "Worse than the last value by 20 % (p 0.01) and than HAR by 33 % (p 0.001).",
  );
  expect(variance(0.85, 0.4, 0.001)).toBe(
    "Ties with the last value (+15 %, p 0.4) but beats HAR by 5.6 % (p 0.001).",
  );
});

test("the best baseline goes by its own name", () => {
  const rows = [
    row("GRU", 0.8),
    row("LAST_VALUE", 1, 0.001),
    row("HAR", 0.9, 0.01),
    row("HAR_LEVERAGE", 0.82, 0.4),
  ];
  expect(verdict(rows, "LOG_VARIANCE")).toBe(
    "Beats the last value by 20 % (p 0.001) but ties with HAR with leverage (+2.4 %, p 0.4).",
  );
});

test("a log variance with no other baseline is compared with the last value", () => {
  const rows = [row("GRU", 0.8), row("LAST_VALUE", 1, 0.001)];
  expect(verdict(rows, "LOG_VARIANCE")).toBe("Beats the last value by 20 % (p 0.001).");
});

test("an ensemble can be the subject, and without a model or last value there is no sentence", () => {
  const last = row("LAST_VALUE", 1, 0.01);
  expect(verdict([row("ENSEMBLE", 0.9), last], "PRICE", "ENSEMBLE")).toBe(
    "Beats the last price by 10 % (p 0.01).",
  );
  expect(verdict([last], "PRICE")).toBeNull();
  expect(verdict([row("GRU", 1)], "PRICE")).toBeNull();
});
