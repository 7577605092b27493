/** The queue as it will be trained, how to move a run in it, and when each is likely to begin. Pure. */
import type { RunRow } from "../../entities/run-list/live-runs.ts";

const [least, most] = [-10, 10];

type Waiting = Pick<RunRow, "id" | "priority" | "createdAt">;

/** The higher priority first, then the older run: as the server hands them out. */
export const inTurn = <Run extends Waiting & Pick<RunRow, "status">>(runs: readonly Run[]): Run[] =>
  runs
    .filter(({ status }) => status === "QUEUED")
    .sort(
      (a, b) =>
        b.priority - a.priority ||
        Date.parse(a.createdAt) - Date.parse(b.createdAt) ||
        (a.id < b.id ? -1 : 1),
    );

const isOlder = (run: Waiting, than: Waiting): boolean =>
  Date.parse(run.createdAt) < Date.parse(than.createdAt) ||
  (run.createdAt === than.createdAt && run.id < than.id);

/** The priority with which the run comes before the one that is now before it, and those of equal priority; null where there is none. */
export function sooner(queue: readonly Waiting[], place: number): number | null {
  const [run, before] = [queue[place], queue[place - 1]];
  if (!run || !before) return null;
  const priority = isOlder(run, before) ? before.priority : before.priority + 1;
  return priority <= most ? priority : null;
}

/** The priority with which the run comes after the one that is now after it; null where there is none. */
export function later(queue: readonly Waiting[], place: number): number | null {
  const [run, after] = [queue[place], queue[place + 1]];
  if (!run || !after) return null;
  const priority = isOlder(after, run) ? after.priority : after.priority - 1;
  return priority >= least ? priority : null;
}

type Ended = Pick<RunRow, "priceSeries" | "startedAt" | "finishedAt" | "epoch">;
type Planned = Pick<RunRow, "priceSeries"> & { readonly config: Pick<RunRow["config"], "epochs"> };

/** How long a run may take: its epochs, at the speed of the newest run of its series that has ended. */
export function likelyMs(run: Planned, ended: readonly Ended[]): number | null {
  const like = ended.find(
    ({ priceSeries, epoch, startedAt, finishedAt }) =>
      priceSeries.id === run.priceSeries.id && epoch > 0 && startedAt !== null && finishedAt !== null,
  );
  if (!like) return null;
  const tookMs = Date.parse(like.finishedAt!) - Date.parse(like.startedAt!);
  return tookMs > 0 ? (tookMs / like.epoch) * run.config.epochs : null;
}

/**
 * Milliseconds until each waiting run begins, in their order; null from the first one on for which that is not known.
 * @param leftMs of each run that trains, null where unknown
 * @param free workers that could begin at once
 */
export function startsIn(
  queue: readonly Planned[],
  leftMs: readonly (number | null)[],
  free: number,
  ended: readonly Ended[],
): (number | null)[] {
  const known = leftMs.filter((ms) => ms !== null);
  // A worker whose time is unknown may be free at any moment: no place behind it can be promised.
  let freeAt: number[] | null =
    known.length === leftMs.length ? [...Array.from({ length: free }, () => 0), ...known] : null;
  return queue.map((run) => {
    if (freeAt === null || freeAt.length === 0) return null;
    freeAt.sort((a, b) => a - b);
    const start = freeAt.shift()!;
    const takes = likelyMs(run, ended);
    if (takes === null) freeAt = null;
    else freeAt.push(start + takes);
    return start;
  });
}
