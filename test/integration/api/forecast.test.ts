/** Forecasts of bars to come through the API, by a network that was really trained. */
import { expect, test } from "vitest";
import { dayText } from "../../../server/calendar/zone-days.ts";
import { decodeModel, encodeModel } from "../../../server/forecasting/trained-model.ts";
import { bars, csvOf, forecastingProduct, sessions, shownDays } from "../../support/forecasting-product.ts";

const forecasting = forecastingProduct();
const { forecastOf, importBars, recordOf, refusal, storedOf, train } = forecasting;

test("a finished run forecasts the next trading days, then the days after bars that came, and is held against them", async () => {
  const seriesId = await importBars("LIVE", csvOf(0, 400));
  const id = await train(seriesId);
  expect(await recordOf(id)).toBeNull();
  const first = (await forecastOf(id, { steps: 5 }))!;
  expect(first).toMatchObject({
    ...{
      step: [1, 2, 3, 4, 5],
      isBeyondHorizon: [false, false, true, true, true],
      level: 0.95,
      modelAgeBars: 0,
    },
    ...{ isUnlikeTraining: false, forecaster: "GRU", forecasterName: null, seriesVersion: { number: 1 } },
    calendar: "New York Stock Exchange (XNYS), known until 2030-12-31",
  });
  expect(shownDays(first.time)).toEqual(sessions.slice(400, 405).map(dayText));
  expect(first.recent).toEqual(Array.from(bars.close.slice(340, 400)));
  expect(shownDays(first.recentTime)).toEqual(sessions.slice(340, 400).map(dayText));
  first.predicted.forEach((value, at) => {
    expect(Math.abs(value / bars.close[399]! - 1)).toBeLessThan(0.1);
    expect(value).toBeGreaterThan(first.lower[at]!);
    expect(value).toBeLessThan(first.upper[at]!);
  });
  const narrower = (await forecastOf(id, { steps: 5, level: 0.8 }))!;
  expect(narrower.predicted).toEqual(first.predicted);
  expect(narrower.upper[0]).toBeLessThan(first.upper[0]!);

  await importBars("LIVE", csvOf(400, 403));
  const second = (await forecastOf(id, { steps: 2 }))!;
  expect(second).toMatchObject({ modelAgeBars: 3, seriesVersion: { number: 2 } });
  expect(shownDays(second.time)).toEqual(sessions.slice(403, 405).map(dayText));
  expect(second.predicted[0]).not.toBe(first.predicted[3]);

  // Two steps were promised of the first one; those beyond the horizon and of the second one do not count.
  const errors = [0, 1].map((at) => Math.abs(first.predicted[at]! - bars.close[400 + at]!));
  const naive = [0, 1].map((at) => Math.abs(bars.close[399]! - bars.close[400 + at]!));
  const within = [0, 1].filter(
    (at) => bars.close[400 + at]! >= first.lower[at]! && bars.close[400 + at]! <= first.upper[at]!,
  );
  expect(await recordOf(id)).toEqual({
    count: 2,
    mae: expect.closeTo((errors[0]! + errors[1]!) / 2, 9),
    naiveMae: expect.closeTo((naive[0]! + naive[1]!) / 2, 9),
    coverage95: within.length / 2,
    drift: null,
  });
});

test("a volatility is told in percent a year, beside the forecasters of volatility", async () => {
  const input = { target: "LOG_VARIANCE", features: ["LOG_VARIANCE"], transform: "PRICE", horizon: 1 };
  const id = await train(await importBars("VOLATILE", csvOf(0, 400)), input);
  for (const forecaster of ["GRU", "LAST_VALUE", "EWMA", "HAR", "HAR_LEVERAGE"]) {
    const { predicted, lower, upper } = (await forecastOf(id, { steps: 3, forecaster }))!;
    expect(predicted.every((value) => value > 3 && value < 80)).toBe(true);
    expect(lower.every((bound, at) => bound! > 0 && bound! < predicted[at]!)).toBe(true);
    expect(upper.every((bound, at) => bound! > predicted[at]!)).toBe(true);
  }
  // As they are scored: logarithms.
  expect((await storedOf(id))[0]!.predicted).toBeLessThan(-6);
});

test("other forecasters answer beside the network, fitted on the newest bars, and only the network's are kept", async () => {
  const id = await train(await importBars("BESIDE", csvOf(0, 400)));
  const last = (await forecastOf(id, { steps: 3, forecaster: "LAST_VALUE" }))!;
  expect(last).toMatchObject({ forecaster: "LAST_VALUE", predicted: [1, 2, 3].map(() => bars.close[399]) });
  expect(await forecastOf(id, { forecaster: "AR" })).toMatchObject({ forecasterName: "last 1000 bars" });
  expect(await storedOf(id)).toEqual([]);
});

test("a run that left the newest bars out forecasts from the newest all the same", async () => {
  const id = await train(await importBars("SKIPPED", csvOf(0, 400)), { skipLastBars: 50 });
  const said = (await forecastOf(id))!;
  expect(said.modelAgeBars).toBe(50);
  expect(shownDays(said.time)).toEqual([dayText(sessions[400]!)]);
});

test("null is the answer of a run that did not succeed, or whose model was kept without what forecasts need", async () => {
  const seriesId = await importBars("NULL", csvOf(0, 400));
  const id = await train(seriesId);
  const other = await train(seriesId, { seed: 2 });
  const { prisma } = forecasting.backend;
  const cancelled = await forecasting.backend.start();
  await forecasting.backend.cancel(cancelled.id);
  await forecasting.backend.eventsOf(cancelled.id);
  expect(await forecastOf(cancelled.id)).toBeNull();
  expect(await recordOf(cancelled.id)).toBeNull();
  await prisma.trainedModel.delete({ where: { runId: id } });
  expect(await forecastOf(id)).toBeNull();
  const stored = (await forecasting.backend.runs.model(other))!;
  await forecasting.backend.transaction((tx) =>
    forecasting.backend.runs.recordModel(tx, other, encodeModel({ ...decodeModel(stored), origin: null })),
  );
  expect(await forecastOf(other)).toBeNull();
});

test.each([
  ["no steps", { steps: 0 }, "steps", /1\.\.250, got 0/],
  ["too many steps", { steps: 251 }, "steps", /1\.\.250, got 251/],
  ["an unknown level", { level: 0.9 }, "level", /one of 0\.8, 0\.95, got 0\.9/],
  [
    "a forecaster of volatility",
    { forecaster: "HAR" },
    "forecaster",
    /GRU, LAST_VALUE, DRIFT, MEAN, SEASONAL, AR; got HAR/,
  ],
  ["somebody else's forecasts", { forecaster: "OUTSIDE" }, "forecaster", /OUTSIDE: its numbers came once/],
])("%s is refused by name", async (_, asked, field, message) => {
  const id = await train(await importBars("REFUSED", csvOf(0, 400)), { idempotencyKey: "refused" });
  const error = await refusal(id, asked);
  expect(error?.extensions).toMatchObject({ code: "BAD_USER_INPUT", field });
  expect(error?.message).toMatch(message);
});
