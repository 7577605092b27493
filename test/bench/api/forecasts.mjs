/** Runs of the standard model (window 60, GRU 80 and 100) that can forecast, on a series of daily bars that goes on. */
import { NativeEngine } from "../../../dist/server/engine/native/native-engine.js";
import { train } from "../../../dist/server/forecasting/train.js";
import { encodeModel } from "../../../dist/server/forecasting/trained-model.js";
import { parseTrainingConfig } from "../../../dist/server/recipe/parse-request.js";
import { seriesFacts } from "../../../dist/server/recipe/series-facts.js";
import { ask, timed } from "./asking.mjs";
import { minutes } from "./data.mjs";

const dayMs = 86_400_000;
const barCount = 2_000;

const forecast = `query ($id: ID!, $steps: Int) { run(id: $id) {
  forecast(steps: $steps) { time predicted lower upper modelAgeBars isUnlikeTraining calendar }
} }`;

/** Some bars of a walk, a day apart. */
function days(from, count) {
  const table = minutes(count, from);
  return { ...table, time: table.time.map((_, bar) => (from + bar) * dayMs) };
}

/** @returns rows as `timed` makes them */
export async function forecasts(site, api, times) {
  const { ports } = site;
  const identity = { symbol: "DAYS", name: null, currency: null, timezone: "UTC" };
  const whole = days(0, barCount);
  const { series } = await ports.series.merge(identity, whole, { dryRun: false });
  const request = { epochs: 1, transform: "LOG_RETURN", scaler: "STANDARD", headInit: "ZERO" };
  const { config } = parseTrainingConfig(request, seriesFacts(whole));
  let trained;
  for await (const report of train(new NativeEngine(), config, whole))
    if (report.kind === "result") trained = encodeModel(report.trained);
  const finished = () =>
    ports.transaction(async (tx) => {
      const { id } = await ports.runs.create(tx, {
        ...{ name: "forecasts", seriesId: series.id, seriesVersionId: series.version.id, config },
        ...{ requestedEngine: "AUTO", priority: 0, warnings: [], idempotencyKey: null, requestHash: null },
      });
      await ports.runs.setStatus(tx, id, "RUNNING", { engine: "NATIVE", startedAt: new Date() });
      await ports.runs.recordModel(tx, id, trained);
      await ports.runs.setStatus(tx, id, "SUCCEEDED", { finishedAt: new Date() });
      return id;
    });
  const id = await finished();
  let come = barCount;
  const nextBar = () => ports.series.merge(identity, days(come++, 1), { dryRun: false });
  let next;
  const nextRun = async () => {
    next = await finished();
  };
  const of = (run, steps) => ask(api.url, forecast, { id: run, steps });
  return [
    await timed(api, "a forecast, the first of a run", times, () => of(next, 1), nextRun),
    await timed(api, "a forecast, after a bar came", times, () => of(id, 1), nextBar),
    await timed(api, "a forecast of 20 bars, after a bar came", times, () => of(id, 20), nextBar),
    await timed(api, "a forecast of 250 bars, after a bar came", times, () => of(id, 250), nextBar),
    await timed(api, "a forecast that was asked before", times, () => of(id, 1)),
  ];
}
