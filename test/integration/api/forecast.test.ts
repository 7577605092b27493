/** Forecasts of bars to come through the API, by a network that was really trained, and how they did. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { exchangeCalendars } from "../../../server/calendar/exchange-calendars.ts";
import { dayOfText, dayText } from "../../../server/calendar/zone-days.ts";
import { WasmEngine } from "../../../server/engine/wasm/wasm-engine.ts";
import { decodeModel, encodeModel } from "../../../server/forecasting/trained-model.ts";
import type { TestApi } from "../../support/api.ts";
import { garchBars } from "../../support/daily-bars.ts";
import { startTestProduct, type TestProduct } from "../../support/test-product.ts";

let product: TestProduct;
let api: TestApi;
beforeAll(async () => {
  product = await startTestProduct(new WasmEngine({ threads: 1 }));
  api = product.api;
});
afterAll(() => product.close());

const { isSession } = exchangeCalendars.find(({ code }) => code === "XNYS")!;
const firstDay = dayOfText("2025-03-03");
const sessions = Array.from({ length: 900 }, (_, i) => firstDay + i).filter(isSession);
const bars = garchBars(sessions.length, 3);
/** Rows [from, to) of the same walk; `change` makes other closes of them. */
function csvOf(
  from: number,
  to: number,
  change = (close: number, _bar: number) => close,
  hasVolume = true,
): string {
  const rows = Array.from({ length: to - from }, (_, i) => {
    const bar = from + i;
    const close = change(bars.close[bar]!, bar);
    const [high, low] = [Math.max(bars.high[bar]!, close), Math.min(bars.low[bar]!, close)];
    const cells = [dayText(sessions[bar]!), bars.open[bar]!, high, low, close];
    return (hasVolume ? [...cells, 1000 + (bar % 7)] : cells).join(",");
  });
  return `Date,Open,High,Low,Close${hasVolume ? ",Volume" : ""}\n${rows.join("\n")}\n`;
}

async function data<T>(query: string, variables: Record<string, unknown> = {}): Promise<T> {
  const answer = await api.ask(query, variables);
  expect(answer.errors).toEqual([]);
  return answer.data as T;
}

const importing = `mutation ($input: ImportPriceSeriesInput!) {
  importPriceSeries(input: $input) { priceSeries { id version { number } } } }`;
async function importBars(symbol: string, csv: string): Promise<string> {
  const input = { symbol, timezone: "America/New_York", csv };
  type Imported = { importPriceSeries: { priceSeries: { id: string } } };
  return (await data<Imported>(importing, { input })).importPriceSeries.priceSeries.id;
}

const recipe = {
  ...{ window: 8, horizon: 2, layers: [{ units: 6 }], epochs: 3, learningRate: 0.01, batchSize: 32 },
  ...{
    testBars: 60,
    validationBars: 30,
    transform: "LOG_RETURN",
    scaler: "STANDARD",
    features: ["CLOSE", "HIGH", "LOW"],
  },
};
async function train(priceSeriesId: string, input: Record<string, unknown> = {}): Promise<string> {
  type Started = { startTraining: { run: { id: string } } };
  const { startTraining } = await data<Started>(
    "mutation ($input: StartTrainingInput!) { startTraining(input: $input) { run { id } } }",
    { input: { priceSeriesId, ...recipe, ...input } },
  );
  const events = await product.backend.eventsOf(startTraining.run.id);
  expect(events.at(-1)?.body).toMatchObject({ status: "SUCCEEDED" });
  return startTraining.run.id;
}

interface Forecast {
  time: string[];
  step: number[];
  predicted: number[];
  lower: (number | null)[];
  upper: (number | null)[];
  isBeyondHorizon: boolean[];
  level: number;
  modelAgeBars: number;
  isUnlikeTraining: boolean;
  calendar: string;
  forecaster: string;
  forecasterName: string | null;
  seriesVersion: { number: number };
}
const asking = `query ($id: ID!, $steps: Int, $level: Float, $forecaster: Forecaster) { run(id: $id) {
  forecast(steps: $steps, level: $level, forecaster: $forecaster) {
    time step predicted lower upper isBeyondHorizon level modelAgeBars isUnlikeTraining calendar forecaster forecasterName
    seriesVersion { number }
  } } }`;
const forecastOf = async (id: string, asked: Record<string, unknown> = {}) =>
  (await data<{ run: { forecast: Forecast | null } }>(asking, { id, steps: 1, ...asked })).run.forecast;
const refusal = async (id: string, asked: Record<string, unknown>) =>
  (await api.ask(asking, { id, steps: 1, ...asked })).errors[0];

interface Scored {
  count: number;
  mae: number;
  naiveMae: number;
  coverage95: number | null;
  drift: string | null;
}
const recordOf = async (id: string) =>
  (
    await data<{ run: { trackRecord: Scored | null } }>(
      "query ($id: ID!) { run(id: $id) { trackRecord { count mae naiveMae coverage95 drift } } }",
      { id },
    )
  ).run.trackRecord;
const storedOf = (runId: string) =>
  product.backend.prisma.runForecast.findMany({
    where: { runId },
    orderBy: [{ anchorTime: "asc" }, { step: "asc" }],
  });
const shownDays = (times: readonly string[]) =>
  times.map((time) => new Date(time).toLocaleDateString("sv", { timeZone: "America/New_York" }));

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

test("what was said of an anchor stays as it was first said, also when the anchor's bar is corrected", async () => {
  const id = await train(await importBars("CORRECTED", csvOf(0, 400)));
  const first = (await forecastOf(id))!;
  await importBars(
    "CORRECTED",
    csvOf(399, 400, (close) => close * 1.01),
  );
  const again = (await forecastOf(id, { steps: 2 }))!;
  expect(again).toMatchObject({ seriesVersion: { number: 2 }, modelAgeBars: 0 });
  expect(again.predicted[0]).not.toBe(first.predicted[0]);
  expect(await storedOf(id)).toMatchObject([
    {
      step: 1,
      versionNumber: 1,
      predicted: first.predicted[0],
      naive: bars.close[399],
      lower: first.lower[0],
    },
    { step: 2, versionNumber: 2, predicted: again.predicted[1] },
  ]);
});

test("many who ask at once get one answer, and it is stored once", async () => {
  const id = await train(await importBars("ASKED", csvOf(0, 400)));
  const answers = await Promise.all(Array.from({ length: 12 }, () => forecastOf(id, { steps: 3 })));
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(await storedOf(id)).toHaveLength(3);
  await data("mutation ($ids: [ID!]!) { deleteRuns(ids: $ids) { deletedIds } }", { ids: [id] });
  expect(await storedOf(id)).toEqual([]);
});

test("a forecast that cannot be stored is answered all the same", async () => {
  const id = await train(await importBars("UNSTORED", csvOf(0, 400)));
  const { pool } = product.backend;
  await pool.query("ALTER TABLE run_forecast RENAME TO away");
  try {
    expect((await forecastOf(id))?.predicted).toHaveLength(1);
  } finally {
    await pool.query("ALTER TABLE away RENAME TO run_forecast");
  }
  expect(await storedOf(id)).toEqual([]);
});

test("when the error leaves the test's, the record says so, and whether the bars have become harder", async () => {
  const symbol = "DRIFTING";
  const id = await train(await importBars(symbol, csvOf(0, 300)), { horizon: 1 });
  for (let bar = 300; bar < 325; bar++) {
    await forecastOf(id);
    // Up and down by a tenth: no such move was in the test.
    await importBars(
      symbol,
      csvOf(bar, bar + 1, (close) => close * (bar % 2 === 0 ? 1.1 : 0.9)),
    );
    if (bar === 310) expect((await recordOf(id))?.drift).toBeNull();
  }
  const record = (await recordOf(id))!;
  expect(record.count).toBe(25);
  expect(record.drift).toMatch(/^On 25 forecasts since, the error is \d+(\.\d)? times the test's \(p /);
  expect(record.drift).toMatch(/the bars have become harder, for any forecast\.$/);
  expect((await forecastOf(id))?.isUnlikeTraining).toBe(true);
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

test("after a return to an earlier version forecasts begin there, and are not kept where the run saw what came", async () => {
  const symbol = "REVERTED";
  const seriesId = await importBars(symbol, csvOf(0, 390));
  await importBars(symbol, csvOf(390, 400));
  const id = await train(seriesId);
  await data("mutation ($id: ID!) { revertPriceSeries(id: $id, toVersion: 1) { priceSeries { id } } }", {
    id: seriesId,
  });
  const said = (await forecastOf(id))!;
  expect(said.modelAgeBars).toBe(0);
  expect(shownDays(said.time)).toEqual([dayText(sessions[390]!)]);
  expect(said.lower[0]).toBeLessThan(said.predicted[0]!);
  expect(await storedOf(id)).toEqual([]);
});

test("null is the answer of a run that did not succeed, or whose model was kept without what forecasts need", async () => {
  const seriesId = await importBars("NULL", csvOf(0, 400));
  const id = await train(seriesId);
  const other = await train(seriesId, { seed: 2 });
  const { prisma } = product.backend;
  const cancelled = await product.backend.start();
  await product.backend.cancel(cancelled.id);
  await product.backend.eventsOf(cancelled.id);
  expect(await forecastOf(cancelled.id)).toBeNull();
  expect(await recordOf(cancelled.id)).toBeNull();
  await prisma.trainedModel.delete({ where: { runId: id } });
  expect(await forecastOf(id)).toBeNull();
  const stored = (await product.backend.runs.model(other))!;
  await product.backend.transaction((tx) =>
    product.backend.runs.recordModel(tx, other, encodeModel({ ...decodeModel(stored), origin: null })),
  );
  expect(await forecastOf(other)).toBeNull();
});

test("a run that sees another series forecasts with its newest bars, and holds its last value beyond them", async () => {
  // The peer's closes are the same walk, a bar ahead: its newest bar says what the run's next one will be.
  const peerRows = (from: number, to: number, change = 1) =>
    csvOf(from, to, (_, bar) => bars.close[bar + 1]! * change);
  const peerId = await importBars("PEER", peerRows(0, 400));
  const seriesId = await importBars("BESIDE", csvOf(0, 400));
  const id = await train(seriesId, { otherSeries: [{ priceSeriesId: peerId }], epochs: 10 });
  const type =
    "{ run(id: $id) { config { otherSeries { priceSeriesId symbol field } facts { name text } } leakTest { passed } } }";
  const { run } = await data<{ run: Record<string, unknown> }>(`query ($id: ID!) ${type}`, { id });
  expect(run).toMatchObject({
    config: {
      otherSeries: [{ priceSeriesId: peerId, symbol: "PEER", field: "CLOSE" }],
      facts: expect.arrayContaining([{ name: "otherSeries", text: "PEER close" }]),
    },
    leakTest: { passed: true },
  });
  const first = (await forecastOf(id))!;
  // A day later, of the run's own series alone: the peer has not moved, as far as anybody knows.
  await importBars("BESIDE", csvOf(400, 401));
  const without = (await forecastOf(id))!;
  expect(without.seriesVersion.number).toBe(2);
  expect(shownDays(without.time)).not.toEqual(shownDays(first.time));
  // Then the peer's bar comes, and is used at once although the run's series stayed as it was.
  await importBars("PEER", peerRows(400, 401));
  const withNews = (await forecastOf(id))!;
  expect(withNews.seriesVersion.number).toBe(2);
  expect(withNews.predicted[0]).not.toBe(without.predicted[0]);
  // What comes after the run's newest bar is not known there.
  await importBars("PEER", peerRows(401, 402));
  expect((await forecastOf(id))!.predicted).toEqual(withNews.predicted);
  // A close of yesterday in the place of today's is a peer that has not moved.
  await importBars(
    "PEER",
    csvOf(400, 401, () => bars.close[400]!),
  );
  expect((await forecastOf(id))!.predicted[0]).toBe(without.predicted[0]);
});

test("newest bars without what the network sees are a conflict that names it", async () => {
  const id = await train(await importBars("LACKING", csvOf(0, 400)), { features: ["CLOSE", "VOLUME"] });
  await importBars(
    "LACKING",
    csvOf(400, 401, (close) => close, false),
  );
  const error = await refusal(id, {});
  expect(error?.extensions.code).toBe("CONFLICT");
  expect(error?.message).toMatch(/the last 9 bars with CLOSE, VOLUME in each, .*only the last 0 have that/);
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
