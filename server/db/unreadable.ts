/**
 * Rows that this version cannot read, as one of a newer version that shares the database: each is told of once and passed
 * over, so that it costs nobody else's row, no list and no start.
 */
import { Prisma } from "./generated/client.ts";

/** Hears of each row once: which it is, and why it cannot be read. */
export type OnUnreadable = (row: string, reason: string) => void;

/** Then those that were told of first may be told of again: a list must not grow for ever. */
const mostRemembered = 1_000;

export function toldOnce(tell: OnUnreadable): OnUnreadable {
  const told = new Set<string>();
  return (row, reason) => {
    if (told.has(row)) return;
    if (told.size >= mostRemembered) told.clear();
    told.add(row);
    tell(row, reason);
  };
}

/** Reads a row; null, and told, when it cannot be read. */
export function orUnreadable<T>(row: string, read: () => T, onUnreadable: OnUnreadable): T | null {
  try {
    return read();
  } catch (error) {
    onUnreadable(row, (error as Error).message);
    return null;
  }
}

/**
 * Prisma refuses all rows of an answer for one whose enum has a value that it does not know. Then the same is asked again
 * for known values only, and from then on at once.
 */
export function passingOverUnknown<Where>(table: string, known: Where, onUnreadable: OnUnreadable) {
  let hasUnknown = false;
  return async <T>(read: (only: Where | null) => Promise<T>): Promise<T> => {
    if (hasUnknown) return read(known);
    try {
      return await read(null);
    } catch (error) {
      if (!isUnknownValue(error)) throw error;
      hasUnknown = true;
      onUnreadable(table, (error as Error).message.trim().split("\n").at(-1)!);
      return read(known);
    }
  };
}

const isUnknownValue = (error: unknown): boolean =>
  error instanceof Prisma.PrismaClientKnownRequestError && /not found in enum/.test(error.message);
