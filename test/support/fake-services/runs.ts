/** Runs in memory: started, changed, followed. Nobody trains them. */
import { isFinal } from "../../../server/domain/run.ts";
import type { RunEvent } from "../../../server/domain/run-event.ts";
import { parseTrainingConfig } from "../../../server/recipe/parse-request.ts";
import { withPreset } from "../../../server/recipe/presets.ts";
import { previewOf } from "../../../server/recipe/preview.ts";
import { seriesFacts } from "../../../server/recipe/series-facts.ts";
import type { Services } from "../../../server/services/services.ts";
import type { FakeMemory } from "./memory.ts";
import { newRun, runOn } from "./new-run.ts";

export const fakeRuns = (memory: FakeMemory) => {
  const { table, runs, journal, runChanges, events, change, existing, existingSeries, record } = memory;
  const startTraining: Services["startTraining"] = async (request) => {
    const of = existingSeries(request.priceSeriesId);
    const { config, warnings } = parseTrainingConfig(withPreset(request.preset, request), seriesFacts(table));
    const run = newRun({ ...runOn(of), name: request.name ?? "a run", config, warnings });
    change({ ...run, requestedEngine: request.engine ?? "AUTO" });
    record(run.id, { kind: "status", status: "QUEUED", message: null });
    return existing(run.id);
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
    startTraining,
    async previewTraining(request) {
      existingSeries(request.priceSeriesId);
      return { ...previewOf(request, table.time.length), estimate: null };
    },
    async cancelTraining(runId) {
      const run = existing(runId);
      if (isFinal(run.status)) return run;
      record(runId, { kind: "status", status: "CANCELLED", message: "asked to" });
      return existing(runId);
    },
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
    updateRuns: async (ids, { name }) =>
      ids.flatMap((id) => {
        const run = runs.get(id);
        return run ? [change({ ...run, name: name ?? run.name })] : [];
      }),
    pinBaseline: async (id) => existing(id),
    async deleteRuns(ids) {
      return ids.filter((id) => runs.delete(id));
    },
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
  } satisfies Partial<Services>;
};

async function* chain<T>(first: Iterable<T>, then: AsyncIterable<T>): AsyncGenerator<T> {
  yield* first;
  yield* then;
}
