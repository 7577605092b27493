/** Ids are UUIDs. What is none names nothing, and the database need not be asked (it would refuse the text). */
import { NotFound } from "../domain/errors.ts";
import { quote } from "../domain/quote.ts";

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export const isId = (text: string): boolean => uuid.test(text);

/** An id that no row has: a filter by a malformed id finds nothing. */
export const nobodysId = "00000000-0000-0000-0000-000000000000";

/** @throws NotFound when `id` can name no `what` at all. */
export function idOf(what: string, id: string): string {
  if (!isId(id)) throw new NotFound(`there is no ${what} with the id ${quote(id)}`);
  return id;
}
