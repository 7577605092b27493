/** Lays what runChanges told over the lists that were fetched. Pure. */
import type { RunRowFragment, RunStatus } from "../../graphql/generated/graphql.ts";

export type RunRow = RunRowFragment;
export type RunChanges = ReadonlyMap<string, RunRow>;

export interface RunsFilter {
  /** Empty: all. */
  readonly status: readonly RunStatus[];
  readonly search: string;
  readonly seriesId?: string;
  readonly experimentId?: string;
  /** Also runs that are older than those fetched, as soon as they change: one that is resumed, or that ends late. */
  readonly ofAnyAge?: boolean;
}

export const noFilter: RunsFilter = { status: [], search: "" };

/** More than any list shows at once; older changes are in the next answer of the server anyway. */
const rememberedChanges = 500;

/** `changes` with the newest version of each of `runs`. */
export function rememberChanges(changes: RunChanges, runs: readonly RunRow[]): RunChanges {
  const remembered = new Map(changes);
  for (const run of runs) {
    remembered.delete(run.id);
    remembered.set(run.id, run);
  }
  for (const id of remembered.keys()) {
    if (remembered.size <= rememberedChanges) break;
    remembered.delete(id);
  }
  return remembered;
}

/** As the server filters: the status is one of those asked for; the words are part of the name or the symbol. */
function matches(run: RunRow, { status, search, seriesId, experimentId }: RunsFilter): boolean {
  const words = search.trim().toLowerCase();
  return (
    (status.length === 0 || status.includes(run.status)) &&
    (seriesId === undefined || run.priceSeries.id === seriesId) &&
    (experimentId === undefined || run.experiment?.id === experimentId) &&
    (run.name.toLowerCase().includes(words) || run.priceSeries.symbol.toLowerCase().includes(words))
  );
}

/**
 * The fetched rows as they are now, newest first by their ids as the server lists them (times may be the same), with the runs that came into being since. A run that no
 * longer matches the filter leaves the list.
 */
export function applyChanges(
  fetched: readonly RunRow[],
  changes: RunChanges,
  filter: RunsFilter,
): readonly RunRow[] {
  const known = new Set(fetched.map(({ id }) => id));
  const newest = fetched.reduce((latest, { id }) => (id > latest ? id : latest), "");
  const current = fetched.map((run) => newerOf(run, changes.get(run.id)));
  // A run that changed but is older than all that was fetched belongs to a page not loaded yet.
  const isNew = ({ id }: RunRow) => !known.has(id) && (filter.ofAnyAge || id > newest);
  const added = [...changes.values()].filter(isNew);
  return [...current, ...added].filter((run) => matches(run, filter)).sort((a, b) => (a.id < b.id ? 1 : -1));
}

/** @param deleted ids of runs, and of series whose runs went with them */
export const withoutDeleted = (runs: readonly RunRow[], deleted: ReadonlySet<string>): readonly RunRow[] =>
  runs.filter(({ id, priceSeries }) => !deleted.has(id) && !deleted.has(priceSeries.id));

/** A run is told when it changes itself; its place in the queue changes with others, and is right where it was fetched. */
function newerOf(fetched: RunRow, told: RunRow | undefined): RunRow {
  if (told?.status !== "QUEUED" || fetched.status !== "QUEUED") return told ?? fetched;
  return { ...told, queuePosition: fetched.queuePosition };
}

/** Another text each time that the queue moved under a run that waits; the empty one while none does. */
export function queueOf(runs: readonly RunRow[]): string {
  if (!runs.some(({ status }) => status === "QUEUED")) return "";
  const inMotion = runs.filter(({ status }) => status === "QUEUED" || status === "RUNNING");
  return inMotion.map(({ id, status }) => `${id} ${status}`).join();
}
