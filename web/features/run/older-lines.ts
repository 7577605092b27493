/** Lays the log's older lines, which were fetched, before the newest, which are followed. Pure. */
import type { LogEntry } from "../../entities/run-history/run-history.ts";

export interface OlderLines {
  /** Ascending; those that were shown when they were fetched are among them. */
  readonly lines: readonly LogEntry[];
  /** Whether nothing stands before them, though their first number is above 1: it was cleaned away. */
  readonly reachesStart: boolean;
}

export interface Shown {
  /** Ascending, each once. */
  readonly lines: readonly LogEntry[];
  /** Fetch those before this number to see more; null: these are all. */
  readonly before: number | null;
}

/** @param log the newest lines, ascending. Older ones that no longer meet them, because a long log was cut, are let go. */
export function withOlder(log: readonly LogEntry[], older: OlderLines | null): Shown {
  const first = log[0];
  const meets =
    older !== null && first !== undefined && (older.lines.at(-1)?.sequence ?? 0) >= first.sequence;
  if (!meets)
    return { lines: log, before: first === undefined || first.sequence === 1 ? null : first.sequence };
  const newer = log.filter(({ sequence }) => sequence > older.lines.at(-1)!.sequence);
  const oldest = older.lines[0]!.sequence;
  return {
    lines: [...older.lines, ...newer],
    before: older.reachesStart || oldest === 1 ? null : oldest,
  };
}
