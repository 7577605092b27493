/** What fake services keep, and the hands that a worker would have. */
import { randomUUID } from "node:crypto";
import { NotFound } from "../../../server/domain/errors.ts";
import type { BarTable, PriceSeries, SeriesVersion } from "../../../server/domain/price-series.ts";
import type { RunEvent, RunEventBody } from "../../../server/domain/run-event.ts";
import type { Run } from "../../../server/ports/runs.ts";
import { parseTrainingConfig } from "../../../server/recipe/parse-request.ts";
import { seriesFacts } from "../../../server/recipe/series-facts.ts";
import { Broadcast } from "../broadcast.ts";
import { barsOf, walk } from "../series.ts";
import { newRun, runOn } from "./new-run.ts";

export type FakeMemory = ReturnType<typeof createMemory>;

export function createMemory() {
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
  const existingSeries = (id: string): PriceSeries => {
    const found = series.get(id);
    if (!found) throw new NotFound(`there is no price series ${id}`);
    return found;
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
  const epochsOf = (id: string) =>
    (journal.get(id) ?? []).flatMap(({ body }) => (body.kind === "epoch" ? [body.epoch] : []));
  const givenRun = (patch: Partial<Run> = {}): Run => {
    const of = (patch.seriesId && series.get(patch.seriesId)) || givenSeries();
    const { config } = parseTrainingConfig({ epochs: 3 }, seriesFacts(table));
    return change({ ...newRun({ ...runOn(of), name: "a run", config, warnings: [] }), ...patch });
  };

  return {
    ...{ table, series, versions, runs, journal, runChanges, events, calls },
    ...{ change, existing, existingSeries, record, givenSeries, epochsOf, givenRun },
  };
}

function progressOf(body: RunEventBody): Partial<Run> {
  if (body.kind === "status") return { status: body.status };
  return body.kind === "epoch" ? { epoch: body.epoch.epoch, etaMs: body.etaMs } : {};
}
