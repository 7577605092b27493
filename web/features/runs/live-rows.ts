/** Lays what runChanges told over the rows that were fetched, whatever their order. Pure. */
import type { RunChanges } from "../../entities/run-list/live-runs.ts";
import type { Row } from "./columns.ts";

/** The rows as they are now, in the order of the server, without what was deleted. */
export const liveRows = (rows: readonly Row[], changes: RunChanges, gone: ReadonlySet<string>): Row[] =>
  rows
    .filter(({ id, priceSeries }) => !gone.has(id) && !gone.has(priceSeries.id))
    .map((row) => {
      const told = changes.get(row.id);
      return told ? { ...row, ...told, queuePosition: told.queuePosition ?? row.queuePosition } : row;
    });

/**
 * Another text whenever the fetched rows are out of date in what the changes do not tell: scores, the order, runs that came
 * or left.
 */
export function staleness(rows: readonly Row[], changes: RunChanges): string {
  const known = new Map(rows.map((row) => [row.id, row]));
  const newest = rows.reduce((latest, { id }) => (id > latest ? id : latest), "");
  const news = [...changes.values()].filter((told) => {
    const row = known.get(told.id);
    if (!row) return told.id > newest;
    return (
      row.status !== told.status || row.archived !== told.archived || row.tags.join() !== told.tags.join()
    );
  });
  return news.map(({ id, status, archived, tags }) => `${id} ${status} ${archived} ${tags.join()}`).join();
}
