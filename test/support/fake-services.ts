/** Services that keep everything in memory: for tests of the protocol, where the database would only be in the way. */

import { randomUUID } from "node:crypto";
import { readSync } from "node:fs";
import type { OpenFile } from "../../server/csv/csv-text.ts";
import { Conflict, InvalidInput, NotFound } from "../../server/domain/errors.ts";
import { ImportReviewer } from "../../server/domain/import-review.ts";
import type { BarTable, PriceSeries, SeriesVersion } from "../../server/domain/price-series.ts";
import type { SplitScores } from "../../server/domain/results.ts";
import { isFinal } from "../../server/domain/run.ts";
import type { RunEvent, RunEventBody } from "../../server/domain/run-event.ts";
import { seriesQuality } from "../../server/domain/series-quality.ts";
import type { Page, PageRequest } from "../../server/ports/pages.ts";
import type { Run } from "../../server/ports/runs.ts";
import { parseTrainingConfig } from "../../server/recipe/parse-request.ts";
import { withPreset } from "../../server/recipe/presets.ts";
import { previewOf } from "../../server/recipe/preview.ts";
import { seriesFacts } from "../../server/recipe/series-facts.ts";
import type { Services } from "../../server/services/services.ts";
import { Broadcast } from "./broadcast.ts";
import { barsOf, walk } from "./series.ts";

/** The services, and the hands that a worker would have. */
export interface FakeServices extends Services {
  readonly runChanges: Broadcast<Run>;
  readonly events: Broadcast<RunEvent>;
  /** How often each plain read was called. */
  readonly calls: Record<"findManySeries" | "scores", number>;
  readonly givenSeries: (symbol?: string) => PriceSeries;
  readonly givenRun: (patch?: Partial<Run>) => Run;
  /** What a worker would record. */
  readonly record: (runId: string, body: RunEventBody) => RunEvent;
}

export function createFakeServices(): FakeServices {
  const table: BarTable = barsOf(walk(900));
  const series = new Map<string, PriceSeries>();
  const versions = new Map<string, SeriesVersion>();
  const runs = new Map<string, Run>();
  const journal = new Map<string, RunEvent[]>();
  const runChanges = new Broadcast<Run>();
  const events = new Broadcast<RunEvent>();
  const calls = { findManySeries: 0, scores: 0 };

  const change = (run: Run): Run => {
    runs.set(run.id, run);
    runChanges.send(run);
    return run;
  };
  const existing = (id: string): Run => {
    const run = runs.get(id);
    if (!run) throw new NotFound(`there is no run ${id}`);
    return run;
  };
  const record = (runId: string, body: RunEventBody): RunEvent => {
    const run = existing(runId);
    const event = { runId, sequence: run.lastSequence + 1, at: new Date(), body };
    journal.set(runId, [...(journal.get(runId) ?? []), event]);
    change({ ...run, lastSequence: event.sequence, ...progressOf(body) });
    events.send(event);
    return event;
  };
  const givenSeries = (symbol = `S-${randomUUID()}`): PriceSeries => {
    const [first, last] = [table.time[0], table.time.at(-1)];
    const times = { firstTime: new Date(first ?? 0), lastTime: new Date(last ?? 0) };
    const id = randomUUID();
    const facts = { barCount: table.time.length, contentHash: "hash", ...times };
    const counts = { rowsAdded: table.time.length, rowsChanged: 0 };
    const version = { id: randomUUID(), seriesId: id, number: 1, ...facts, ...counts, createdAt: new Date() };
    versions.set(version.id, version);
    const created = { id, symbol, name: null, currency: null, timezone: "UTC", ...facts, version };
    series.set(created.id, created);
    return created;
  };
  const startTraining: Services["startTraining"] = async (request) => {
    if (!series.has(request.priceSeriesId))
      throw new NotFound(`there is no price series ${request.priceSeriesId}`);
    const { config, warnings } = parseTrainingConfig(withPreset(request.preset, request), seriesFacts(table));
    const of = series.get(request.priceSeriesId)!;
    const run = newRun({ ...runOn(of), name: request.name ?? "a run", config, warnings });
    change({ ...run, requestedEngine: request.engine ?? "AUTO" });
    record(run.id, { kind: "status", status: "QUEUED", message: null });
    return existing(run.id);
  };
  const epochsOf = (id: string) =>
    (journal.get(id) ?? []).flatMap(({ body }) => (body.kind === "epoch" ? [body.epoch] : []));
  const givenRun = (patch: Partial<Run> = {}): Run => {
    const of = (patch.seriesId && series.get(patch.seriesId)) || givenSeries();
    const { config } = parseTrainingConfig({ epochs: 3 }, seriesFacts(table));
    return change({ ...newRun({ ...runOn(of), name: "a run", config, warnings: [] }), ...patch });
  };

  async function* follow(runId: string, after: number, live: AsyncIterable<RunEvent>) {
    existing(runId);
    let last = after;
    for await (const event of chain(journal.get(runId) ?? [], live)) {
      if (event.runId !== runId || event.sequence <= last) continue;
      last = event.sequence;
      yield event;
      if (event.body.kind === "status" && isFinal(event.body.status)) return;
    }
  }

  return {
    runChanges,
    events,
    calls,
    givenSeries,
    givenRun,
    record,
    startTraining,
    async importPriceSeries({ symbol, csv, dryRun }) {
      const text = typeof csv === "string" ? csv : textOf(csv);
      const rowsRead = text.trim().split("\n").length - 1;
      if (rowsRead === 0) throw new InvalidInput("csv", "csv must have rows after its header, got none");
      const report = {
        rowsRead,
        rowsAdded: rowsRead,
        rowsUpdated: 0,
        rowsUnchanged: 0,
        rowsRejected: 0,
        problems: [],
        columns: [{ column: "Date", field: "time" as const }],
        warnings: ["the bars are in the zone UTC"],
        review: new ImportReviewer().review(),
      };
      return { series: dryRun ? null : givenSeries(symbol), report };
    },
    async chartBars(_seriesId, _range, maxPoints) {
      const take = (column: Float64Array) => column.slice(0, maxPoints);
      const { time, open, high, low, close, adjustedClose } = table;
      const prices = { open: take(open), high: take(high), low: take(low), close: take(close) };
      const volume = Float64Array.from(take(table.volume), (amount, bar) =>
        bar === 0 ? Number.NaN : amount,
      );
      return { time: take(time), ...prices, adjustedClose: take(adjustedClose), volume };
    },
    installation: async () => ({ version: "0.0.0", node: process.version, startedAt: new Date() }),
    async previewTraining(request) {
      if (!series.has(request.priceSeriesId))
        throw new NotFound(`there is no price series ${request.priceSeriesId}`);
      return { ...previewOf(request, table.time.length), estimate: null };
    },
    async revertPriceSeries(id, toVersion) {
      const reverted = series.get(id);
      if (reverted?.version.number !== toVersion)
        throw new NotFound(`there is no version ${toVersion} of ${id}`);
      return reverted;
    },
    async updatePriceSeries(id) {
      const found = series.get(id);
      if (!found) throw new NotFound(`there is no price series ${id}`);
      return found;
    },
    seriesSummary: async () => ({
      ...seriesQuality(table.time, table.close),
      ...{ sparkline: [], lastClose: null, previousClose: null },
    }),
    async deletePriceSeries(id, { withRuns }) {
      if (!series.has(id)) throw new NotFound(`there is no price series ${id}`);
      const trained = [...runs.values()].filter(({ seriesId }) => seriesId === id);
      if (trained.length > 0 && !withRuns) throw new Conflict(`${trained.length} runs are trained on it`);
      for (const run of trained) runs.delete(run.id);
      series.delete(id);
    },
    async cancelTraining(runId) {
      const run = existing(runId);
      if (isFinal(run.status)) return run;
      record(runId, { kind: "status", status: "CANCELLED", message: "asked to" });
      return existing(runId);
    },
    resumeTraining: refuse,
    async setPriority(runId, priority) {
      return change({ ...existing(runId), priority });
    },
    async cancelTrainings({ status }) {
      const open = [...runs.values()].filter(
        (run) => !isFinal(run.status) && (!status || status.includes(run.status)),
      );
      for (const { id } of open) record(id, { kind: "status", status: "CANCELLED", message: "asked to" });
      return open.length;
    },
    importPredictions: refuse,
    createSchedule: refuse,
    deleteSchedule: refuse,
    schedules: { find: async () => null, list: async () => [] },
    startExperiment: refuse,
    cancelExperiment: refuse,
    experimentLeaderboard: refuse,
    experiments: { find: async () => null, findMany: async () => [], runsOf: async () => [] },
    updateRuns: async (ids, { name }) =>
      ids.flatMap((id) => {
        const run = runs.get(id);
        return run ? [change({ ...run, name: name ?? run.name })] : [];
      }),
    pinBaseline: async (id) => existing(id),
    async unpinBaseline(id) {
      const found = series.get(id);
      if (!found) throw new NotFound(`there is no price series ${id}`);
      return found;
    },
    async deleteRuns(ids) {
      return ids.filter((id) => runs.delete(id));
    },
    async chartPredictions({ config: { horizon } }, { step, maxPoints }) {
      if (step > horizon) throw new InvalidInput("step", `step must be 1..${horizon}, got ${step}`);
      const prices = [101, 102, 103].slice(0, maxPoints);
      const time = prices.map((_, day) => new Date(Date.UTC(2024, 0, 1 + day)));
      const predicted = prices.map((price) => price + 0.5);
      return { time, actual: prices, predicted, naive: prices, lower: [], upper: [] };
    },
    async forecast({ status, seriesId, config }, { steps, level = 0.95, forecaster = "GRU" }) {
      if (status !== "SUCCEEDED") return null;
      const step = Array.from({ length: steps }, (_, at) => at + 1);
      return {
        ...{ forecaster, forecasterName: null, level, step },
        time: step.map((day) => new Date(Date.UTC(2024, 0, day))),
        predicted: step.map((day) => 100 + day),
        lower: step.map(() => 100),
        upper: step.map(() => null),
        isBeyondHorizon: step.map((one) => one > config.horizon),
        seriesVersion: series.get(seriesId)!.version,
        modelAgeBars: 3,
        isUnlikeTraining: false,
        calendar: "every day, as the series has it",
        ...{ recent: [100], recentTime: [new Date(Date.UTC(2023, 11, 31))] },
      };
    },
    bestOfRuns: async (ids) => ({
      ...{ bars: 0, from: null, to: null, problem: "Fewer than two of them have been tested." },
      compared: ids.map((runId) => ({ runId, pValue: null, mayBeBest: false })),
    }),
    trackRecord: async ({ status }) =>
      status === "SUCCEEDED" ? { count: 2, mae: 1, naiveMae: 2, coverage95: 0.5, drift: null } : null,
    followRun: (runId, after) => ({
      [Symbol.asyncIterator]() {
        const live = events.listen();
        const told = follow(runId, after, live);
        // A generator that waits hears of no return: what it waits for is closed first.
        return { next: () => told.next(), return: () => live.return().then(() => told.return(undefined)) };
      },
    }),
    runLog: async (runId, before, last) =>
      (journal.get(runId) ?? [])
        .filter(
          ({ sequence, body }) => body.kind !== "epoch" && sequence < (before ?? Number.POSITIVE_INFINITY),
        )
        .slice(-last),
    watchRuns: () => runChanges.listen(),
    listEngines: async () => [
      { engine: "NATIVE", available: true, detail: "found", device: "CPU", batchMs: 21.5 },
      { engine: "WEBGPU", available: false, detail: "no adapter", device: null, batchMs: null },
    ],
    listWorkers: async () => {
      const busy = [...runs.values()].find(({ status }) => status === "RUNNING");
      const lastSeenAt = new Date();
      const place = { id: randomUUID(), host: "box", name: null, device: "CPU" };
      const worker = {
        ...place,
        engines: [],
        startedAt: lastSeenAt,
        lastSeenAt,
        load: 0.5,
        memoryBytes: 1e8,
      };
      return [{ ...worker, status: busy ? "BUSY" : "IDLE", currentRunIds: busy ? [busy.id] : [] }];
    },
    priceSeries: {
      findById: async (id) => series.get(id) ?? null,
      findBySymbol: async (symbol) => [...series.values()].find((one) => one.symbol === symbol) ?? null,
      findMany: async (ids) => {
        calls.findManySeries++;
        return ids.flatMap((id) => series.get(id) ?? []);
      },
      list: async (page) => pageOf([...series.values()], page),
      bars: async (_version, page) => pageOf(rowsOf(table), page),
      versions: async (id, page) =>
        pageOf([...versions.values()].filter(({ seriesId }) => seriesId === id).reverse(), page),
      findVersions: async (ids) => ids.flatMap((id) => versions.get(id) ?? []),
      runsOf: async () => new Map(),
    },
    runs: {
      find: async (id) => runs.get(id) ?? null,
      findMany: async (ids) => ids.flatMap((id) => runs.get(id) ?? []),
      list: async (page, { status }) =>
        pageOf(
          [...runs.values()].reverse().filter((run) => !status || status.includes(run.status)),
          page,
        ),
      epochs: async (ids) => new Map(ids.map((id) => [id, epochsOf(id)])),
      stepScores: async () => new Map(),
      forecasterScores: async () => new Map(),
      coverage: async () => new Map(),
      testUses: async () => new Map(),
      // Unlike real ones there are some from the first epoch on, and they change with each.
      scores: async (ids) => {
        calls.scores++;
        return new Map(ids.map((id) => [id, scoresAfter(epochsOf(id).length)]));
      },
      baselines: async () => new Map(),
      lossCurves: async () => new Map(),
      cells: async () => new Map(),
      tags: async () => [],
      figures: async () => {
        const having = (status: string) => [...runs.values()].filter((run) => run.status === status).length;
        return {
          ...{ running: having("RUNNING"), waiting: having("QUEUED"), succeeded: having("SUCCEEDED") },
          ...{ failed: having("FAILED"), cancelled: having("CANCELLED"), beatNaive: 0 },
        };
      },
      seriesLeaders: async () =>
        [...runs.values()].map(({ id, seriesId }) => ({
          ...{ runId: id, seriesId, skill: 0.1, count: 1, skillMean: 0.1, skillDeviation: null },
        })),
      queuePositions: async () => {
        const waiting = [...runs.values()].filter(({ status }) => status === "QUEUED");
        return new Map(waiting.map(({ id }, place) => [id, place + 1]));
      },
    },
  };
}

const runOn = ({ id, version }: PriceSeries) => ({ seriesId: id, seriesVersionId: version.id });

function newRun(run: Pick<Run, "seriesId" | "seriesVersionId" | "name" | "config" | "warnings">): Run {
  return {
    ...run,
    id: randomUUID(),
    status: "QUEUED",
    experimentId: null,
    scheduleId: null,
    verdict: null,
    leakTest: null,
    intervalSource: null,
    naiveLoss: null,
    lowestLoss: null,
    lowestLossEpoch: null,
    newestLoss: null,
    isConstant: false,
    requestedEngine: "AUTO",
    priority: 0,
    engine: null,
    device: null,
    createdAt: new Date(),
    startedAt: null,
    finishedAt: null,
    epoch: 0,
    bestEpoch: null,
    etaMs: null,
    lastSequence: 0,
    cancelRequestedAt: null,
    scoreRequestedAt: null,
    error: null,
    idempotencyKey: null,
    attempts: 0,
    lostAttempts: 0,
    tags: [],
    note: null,
    archivedAt: null,
  };
}

function scoresAfter(epochs: number): SplitScores[] {
  const scores = { mae: 1, rmse: 1, mape: null, mase: null, directionalAccuracy: null };
  return epochs === 0 ? [] : [{ split: "TEST", count: epochs, skill: 0, model: scores, naive: scores }];
}

function progressOf(body: RunEventBody): Partial<Run> {
  if (body.kind === "status") return { status: body.status };
  return body.kind === "epoch" ? { epoch: body.epoch.epoch, etaMs: body.etaMs } : {};
}

function pageOf<T>(all: readonly T[], { first, after }: PageRequest): Page<T> {
  const start = after ? Number(after) : 0;
  if (!Number.isInteger(start)) throw new InvalidInput("after", `after must be a cursor, got ${after}`);
  const items = all.slice(start, start + first).map((node, row) => ({ cursor: `${start + row + 1}`, node }));
  const hasNextPage = start + items.length < all.length;
  return { items, totalCount: all.length, hasNextPage, hasPreviousPage: start > 0 };
}

const rowsOf = (table: BarTable) =>
  Array.from(table.time, (time, bar) => ({
    time: new Date(time),
    open: table.open[bar] ?? 0,
    high: table.high[bar] ?? 0,
    low: table.low[bar] ?? 0,
    close: table.close[bar] ?? 0,
    adjustedClose: null,
    volume: table.volume[bar] ?? null,
  }));

async function* chain<T>(first: Iterable<T>, then: AsyncIterable<T>): AsyncGenerator<T> {
  yield* first;
  yield* then;
}

function textOf({ fd, size }: OpenFile): string {
  const bytes = Buffer.alloc(size);
  readSync(fd, bytes, 0, size, 0);
  return bytes.toString("utf8");
}

/** Experiments and outside forecasts are tested against the real services. */
const refuse = () => Promise.reject(new Error("the fake services cannot do that"));
