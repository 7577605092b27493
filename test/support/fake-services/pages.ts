/** A page of what lies in memory; cursors are numbers. */
import { InvalidInput } from "../../../server/domain/errors.ts";
import type { Page, PageRequest } from "../../../server/ports/pages.ts";

export function pageOf<T>(all: readonly T[], { first, after }: PageRequest): Page<T> {
  const start = after ? Number(after) : 0;
  if (!Number.isInteger(start)) throw new InvalidInput("after", `after must be a cursor, got ${after}`);
  const items = all.slice(start, start + first).map((node, row) => ({ cursor: `${start + row + 1}`, node }));
  const hasNextPage = start + items.length < all.length;
  return { items, totalCount: all.length, hasNextPage, hasPreviousPage: start > 0 };
}
