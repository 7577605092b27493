/** What is read of runs in memory. */
import type { SplitScores } from "../../../server/domain/results.ts";
import type { Services } from "../../../server/services/services.ts";
import type { FakeMemory } from "./memory.ts";
import { pageOf } from "./pages.ts";

export const fakeRunReads = ({ runs, calls, epochsOf }: FakeMemory) =>
  ({
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
  }) satisfies Partial<Services>;

function scoresAfter(epochs: number): SplitScores[] {
  const scores = { mae: 1, rmse: 1, mape: null, mase: null, directionalAccuracy: null };
  return epochs === 0 ? [] : [{ split: "TEST", count: epochs, skill: 0, model: scores, naive: scores }];
}
