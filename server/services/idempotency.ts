/** A key that makes a request repeatable: the same request again is answered with what the first one made. */
import { Conflict, InvalidInput } from "../domain/errors.ts";
import { longestKey, shortText } from "../domain/short-text.ts";

/** Null where the request has none. @throws InvalidInput */
export function checkedKey(key: string | null | undefined): string | null {
  if (key === null || key === undefined) return null;
  if (key === "")
    throw new InvalidInput(
      "idempotencyKey",
      `idempotencyKey must have 1 to ${longestKey} characters, got none`,
    );
  shortText("idempotencyKey", key, longestKey);
  return key;
}

/** @returns what the first request made. @throws Conflict where that was another request */
export function repeated<T>(
  key: string | null,
  hash: string,
  storedHash: string | null,
  what: string,
  made: T,
): T {
  if (hash === storedHash) return made;
  throw new Conflict(
    `idempotencyKey ${JSON.stringify(key)} was used by another request, which started ${what}: ` +
      "repeat that request unchanged, or take a new key",
  );
}
