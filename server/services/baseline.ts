/** The run that others of a series are compared with, pinned and unpinned by people. */
import { NotFound } from "../domain/errors.ts";
import type { RunStore } from "../ports/runs.ts";
import type { PriceSeriesStore } from "../ports/series.ts";
import type { RunInTransaction } from "../ports/transaction.ts";
import type { Services } from "./services.ts";

interface Ports {
  readonly transaction: RunInTransaction;
  readonly runs: Pick<RunStore, "lock" | "pinBaseline">;
  readonly series: Pick<PriceSeriesStore, "findById">;
}

/** In place of the one before. @throws NotFound */
export const pinBaseline =
  ({ transaction, runs }: Ports): Services["pinBaseline"] =>
  (runId) =>
    transaction(async (tx) => {
      const run = await runs.lock(tx, runId);
      if (!run) throw new NotFound(`there is no run ${runId}`);
      await runs.pinBaseline(tx, run.seriesId, run.id);
      return run;
    });

/** Harmless where none is pinned. @throws NotFound */
export const unpinBaseline =
  ({ transaction, runs, series }: Ports): Services["unpinBaseline"] =>
  async (seriesId) => {
    const found = await series.findById(seriesId);
    if (!found) throw new NotFound(`there is no price series ${seriesId}`);
    await transaction((tx) => runs.pinBaseline(tx, seriesId, null));
    return found;
  };
