/**
 * Skips rows that this version cannot read, such as those of a newer version that shares the database, and reports each once:
 * one such row must not break a list or a start.
 */
import { Prisma } from "./generated/client.ts";

/** Called once for each row: which it is, and why it cannot be read. */
export type OnUnreadable = (row: string, reason: string) => void;

/** Remembers so many rows and then forgets the oldest, which may be reported again. */
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

/** Reads a row. Null: it cannot be read, and was reported. */
export function orUnreadable<T>(row: string, read: () => T, onUnreadable: OnUnreadable): T | null {
  try {
    return read();
  } catch (error) {
    onUnreadable(row, (error as Error).message);
    return null;
  }
}

/**
 * Prisma refuses a whole answer if one row has an enum value that it does not know. After the first such answer, asks for known
 * values only.
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
