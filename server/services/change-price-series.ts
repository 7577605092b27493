/** What people do with a whole series: go back to an earlier version of it, call it something else, delete it. */
import { Conflict, NotFound } from "../domain/errors.ts";
import { seriesIdentity } from "../domain/series-identity.ts";
import type { CheckpointStore } from "../ports/checkpoints.ts";
import type { RunStore, TrainingJobs } from "../ports/runs.ts";
import type { PriceSeriesStore } from "../ports/series.ts";
import type { RunInTransaction, Transaction } from "../ports/transaction.ts";
import type { Services } from "./services.ts";

/** Runs keep the versions that they were trained on. @throws NotFound */
export const revertPriceSeries =
  ({ series }: { readonly series: Pick<PriceSeriesStore, "revert"> }): Services["revertPriceSeries"] =>
  (id, toVersion) =>
    series.revert(id, toVersion);

/** Another symbol, name or currency; what is absent stays, and an empty name or currency is taken away. @throws InvalidInput, NotFound, Conflict */
export const updatePriceSeries =
  ({
    series,
  }: {
    readonly series: Pick<PriceSeriesStore, "findById" | "describe">;
  }): Services["updatePriceSeries"] =>
  async (id, asked) => {
    const existing = await series.findById(id);
    if (!existing) throw new NotFound(`there is no price series ${id}`);
    const symbol = asked.symbol ?? existing.symbol;
    const { name, currency, symbol: checked } = seriesIdentity({ ...asked, symbol });
    return series.describe(id, {
      symbol: checked,
      ...(asked.name != null && { name }),
      ...(asked.currency != null && { currency }),
    });
  };

export interface DeletePriceSeriesPorts {
  readonly transaction: RunInTransaction;
  readonly series: Pick<PriceSeriesStore, "lock" | "delete">;
  readonly runs: Pick<RunStore, "countOfSeries" | "lockOfSeries" | "delete">;
  readonly jobs: Pick<TrainingJobs, "remove">;
  readonly checkpoints: Pick<CheckpointStore, "discard">;
}

/** Runs of one transaction: their events and predictions go with them, far within the 15 s that it may take. */
const runsAtATime = 20;

/**
 * Safe to repeat, and after a failure to be repeated: what is deleted by then stays deleted.
 * @throws NotFound, Conflict
 */
export const deletePriceSeries =
  (ports: DeletePriceSeriesPorts): Services["deletePriceSeries"] =>
  async (id, { withRuns }) => {
    const { all, running } = await ports.runs.countOfSeries(id);
    if (all > 0) refuse(all, running, withRuns);
    while (!(await ports.transaction((tx) => deleteSome(ports, tx, id, withRuns))));
  };

/** @returns whether the series itself is deleted. */
async function deleteSome(
  ports: DeletePriceSeriesPorts,
  tx: Transaction,
  id: string,
  withRuns: boolean,
): Promise<boolean> {
  if (!(await ports.series.lock(tx, id))) throw new NotFound(`there is no price series ${id}`);
  const runs = await ports.runs.lockOfSeries(tx, id, runsAtATime);
  if (runs.length === 0) {
    await ports.series.delete(tx, id);
    return true;
  }
  // Started, or taken by a worker, since they were counted.
  refuse(runs.length, runs.filter(({ status }) => status === "RUNNING").length, withRuns);
  const ids = runs.map(({ id }) => id);
  await ports.jobs.remove(tx, ids);
  await ports.checkpoints.discard(tx, ids);
  await ports.runs.delete(tx, ids);
  return false;
}

function refuse(all: number, running: number, withRuns: boolean): void {
  if (!withRuns)
    throw new Conflict(
      `${count(all)} trained on this series, or with it beside another, or to be: delete ${all === 1 ? "it" : "them"} first, or set withRuns to delete all together`,
    );
  if (running > 0)
    throw new Conflict(
      `${count(running)} being trained on this series: cancel ${running === 1 ? "it" : "them"} first`,
    );
}

const count = (runs: number): string => (runs === 1 ? "1 run is" : `${runs} runs are`);
