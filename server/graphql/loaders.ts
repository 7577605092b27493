/** Gathers what many fields of one answer ask for into one query each. */
import DataLoader from "dataloader";
import type { PriceSeries, SeriesVersion } from "../domain/price-series.ts";
import type { Coverage, ForecasterScores, SplitScores, StepScores } from "../domain/results.ts";
import type { Epoch } from "../domain/run.ts";
import type { Experiment } from "../ports/experiments.ts";
import type { Run } from "../ports/runs.ts";
import type { SeriesRuns } from "../ports/series.ts";
import type { RunCell, RunColumn } from "../recipe/run-columns/run-column.ts";
import type { Services } from "../services/services.ts";

// They batch but do not remember: a subscription keeps its context for hours, and must not see old epochs.
const options = { cache: false };

export function createLoaders({
  priceSeries,
  runs,
  experiments,
}: Pick<Services, "priceSeries" | "runs" | "experiments">) {
  return {
    priceSeries: new DataLoader<string, PriceSeries | null>(async (ids) => {
      return inOrder(ids, await priceSeries.findMany(unique(ids)));
    }, options),
    seriesVersion: new DataLoader<string, SeriesVersion | null>(async (ids) => {
      return inOrder(ids, await priceSeries.findVersions(unique(ids)));
    }, options),
    seriesRuns: new DataLoader<string, SeriesRuns>(async (ids) => {
      const found = await priceSeries.runsOf(unique(ids));
      return ids.map((id) => found.get(id) ?? { runs: 0, bestSkill: null, bestTarget: null });
    }, options),
    experiment: new DataLoader<string, Experiment | null>(async (ids) => {
      return inOrder(ids, await experiments.findMany(unique(ids)));
    }, options),
    run: new DataLoader<string, Run | null>(async (ids) => {
      return inOrder(ids, await runs.findMany(unique(ids)));
    }, options),
    baseline: new DataLoader<string, string | null>(async (seriesIds) => {
      const baselines = await runs.baselines(unique(seriesIds));
      return seriesIds.map((id) => baselines.get(id) ?? null);
    }, options),
    queuePosition: new DataLoader<string, number | null>(async (ids) => {
      const positions = await runs.queuePositions(unique(ids));
      return ids.map((id) => positions.get(id) ?? null);
    }, options),
    epochs: new DataLoader<string, readonly Epoch[]>(async (runIds) => {
      const epochs = await runs.epochs(unique(runIds));
      return runIds.map((id) => epochs.get(id) ?? []);
    }, options),
    lossCurve: new DataLoader<{ readonly id: string; readonly points: number }, readonly number[]>(
      async (asked) => {
        const sizes = [...new Set(asked.map(({ points }) => points))];
        const curves = new Map(
          await Promise.all(
            sizes.map(async (size) => {
              const ids = asked.filter(({ points }) => points === size).map(({ id }) => id);
              return [size, await runs.lossCurves(unique(ids), size)] as const;
            }),
          ),
        );
        return asked.map(({ id, points }) => curves.get(points)?.get(id) ?? []);
      },
      options,
    ),
    /** Several runs of one answer are asked for the same columns. */
    cells: new DataLoader<
      { readonly id: string; readonly columns: readonly RunColumn[] },
      readonly RunCell[]
    >(async (asked) => {
      const keyOf = (columns: readonly RunColumn[]) => columns.map(({ name }) => name).join();
      const groups = new Map(asked.map(({ columns }) => [keyOf(columns), columns]));
      const found = new Map(
        await Promise.all(
          [...groups].map(async ([key, columns]) => {
            const ids = asked.filter((one) => keyOf(one.columns) === key).map(({ id }) => id);
            return [key, await runs.cells(unique(ids), columns)] as const;
          }),
        ),
      );
      return asked.map(({ id, columns }) => found.get(keyOf(columns))?.get(id) ?? []);
    }, options),
    stepScores: new DataLoader<string, readonly StepScores[]>(async (runIds) => {
      const scores = await runs.stepScores(unique(runIds));
      return runIds.map((id) => scores.get(id) ?? []);
    }, options),
    forecasterScores: new DataLoader<string, readonly ForecasterScores[]>(async (runIds) => {
      const scores = await runs.forecasterScores(unique(runIds));
      return runIds.map((id) => scores.get(id) ?? []);
    }, options),
    coverage: new DataLoader<string, readonly Coverage[]>(async (runIds) => {
      const coverage = await runs.coverage(unique(runIds));
      return runIds.map((id) => coverage.get(id) ?? []);
    }, options),
    testUses: new DataLoader<string, number>(async (runIds) => {
      const uses = await runs.testUses(unique(runIds));
      return runIds.map((id) => uses.get(id) ?? 0);
    }, options),
    scores: new DataLoader<string, readonly SplitScores[]>(async (runIds) => {
      const scores = await runs.scores(unique(runIds));
      return runIds.map((id) => scores.get(id) ?? []);
    }, options),
  };
}
export type Loaders = ReturnType<typeof createLoaders>;

const unique = (ids: readonly string[]) => [...new Set(ids)];

function inOrder<Row extends { readonly id: string }>(ids: readonly string[], rows: readonly Row[]) {
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => byId.get(id) ?? null);
}
