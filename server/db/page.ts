/** Pages and cursors. A cursor is opaque to clients: it holds where the page before it ended. */
import { InvalidInput } from "../domain/errors.ts";
import type { Page } from "../ports/pages.ts";

/** @throws InvalidInput unless `first` is a whole number from 0 to `most`. */
export function pageSizeOf(first: number, most: number): number {
  if (Number.isInteger(first) && first >= 0 && first <= most) return first;
  throw new InvalidInput("first", `first must be a whole number from 0 to ${most}, got ${first}`);
}

export const cursorOf = (position: string): string => Buffer.from(position).toString("base64url");

/** Null where there is no cursor. @throws InvalidInput where it is none of ours. */
export function positionOf<T>(
  cursor: string | null | undefined,
  read: (position: string) => T | null,
): T | null {
  if (cursor == null) return null;
  const position = read(Buffer.from(cursor, "base64url").toString());
  if (position === null || cursor === "") {
    throw new InvalidInput("after", "after must be a cursor of an earlier page, and this is none");
  }
  return position;
}

/**
 * A page from one row more than was asked for: that one says whether another page follows.
 * @param node null for a row that is passed over.
 */
export function pageOf<Row, T>(
  rows: readonly Row[],
  size: number,
  { node, position }: { node: (row: Row) => T | null; position: (row: Row) => string },
  around: { readonly totalCount: number; readonly hasPreviousPage: boolean },
): Page<T> {
  return {
    items: rows.slice(0, size).flatMap((row) => {
      const read = node(row);
      return read === null ? [] : [{ cursor: cursorOf(position(row)), node: read }];
    }),
    hasNextPage: rows.length > size,
    ...around,
  };
}
