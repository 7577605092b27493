/** Cursors of pages: opaque to callers, the id of the row to us. */
import { InvalidInput } from "../domain/errors.ts";
import { isUuid } from "./run-row.ts";

export const mostPerPage = 500;

export const cursorOf = (id: string): string => Buffer.from(`id:${id}`).toString("base64url");

export function idOfCursor(cursor: string): string {
  const text = Buffer.from(cursor, "base64url").toString();
  const id = text.slice("id:".length);
  if (text.startsWith("id:") && isUuid(id)) return id;
  throw new InvalidInput(
    "after",
    `after must be a cursor from an earlier page, got ${JSON.stringify(cursor)}`,
  );
}

export function checkFirst(first: number): number {
  if (Number.isInteger(first) && first >= 0 && first <= mostPerPage) return first;
  throw new InvalidInput("first", `first must be a whole number from 0 to ${mostPerPage}, got ${first}`);
}
