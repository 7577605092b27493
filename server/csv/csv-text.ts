/** A price file as a request brings it: text, or a file that is open already. */
import { LimitExceeded } from "../domain/errors.ts";

/** UTF-8. Whoever opened it closes it. */
export interface OpenFile {
  readonly fd: number;
  readonly size: number;
  /** An open file for the rows that are read: memory would be too dear for all of them. */
  readonly scratchFd: number;
}
export type CsvText = string | OpenFile;

const maxTextCharacters = 50_000_000;
/** Of a text. A file may have any number. */
export const maxTextRows = 1_000_000;

/** @throws LimitExceeded beyond maxTextCharacters. */
export function textBytes(text: string): Uint8Array {
  if (text.length > maxTextCharacters) throw tooLong("characters", maxTextCharacters, text.length);
  return new TextEncoder().encode(text);
}

export const tooLong = (unit: string, most: number, got: number): LimitExceeded =>
  new LimitExceeded(`csv may have ${most} ${unit}, got ${got}: import it in parts, each with the header row`);
