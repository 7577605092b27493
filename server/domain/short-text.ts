/** The rule for every short text that comes from outside: names, searches, keys, symbols, cursors. PostgreSQL sees no other. */
import { charactersIn } from "./characters.ts";
import { InvalidInput } from "./errors.ts";

export const longestName = 200;
export const longestKey = 200;
const longestSearch = 200;

// Cc ends a line, moves a terminal's cursor or is the zero byte that PostgreSQL refuses; Cs is half of a pair, which would
// be stored as U+FFFD like any other half; the rest turns the direction of the text that follows (Unicode UAX 9).
const unfit = /[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]/u;

/** @throws InvalidInput unless `text` has at most `longest` characters, on one line and all of them whole. */
export function shortText(field: string, text: string, longest: number): string {
  refuseLonger(field, text, longest);
  const found = unfit.exec(text);
  if (found === null) return text;
  throw new InvalidInput(
    field,
    `${field} must be one line of whole characters, without control characters or such as turn the direction of text, ` +
      `got ${codePoint(found[0])} at character ${charactersIn(text.slice(0, found.index)) + 1}`,
  );
}

function refuseLonger(field: string, text: string, longest: number): void {
  // No text has more characters than JavaScript counts.
  const count = text.length > longest ? charactersIn(text) : 0;
  if (count > longest)
    throw new InvalidInput(field, `${field} must have at most ${longest} characters, got ${count}`);
}

/** Without the blanks around it, null where nothing is left. @throws InvalidInput as shortText does */
export const trimmedText = (field: string, text: string | null | undefined, longest: number): string | null =>
  shortText(field, text?.trim() ?? "", longest) || null;

/** Text of several lines, null where nothing is left of it. @throws InvalidInput as shortText does, of each line */
export function noteText(field: string, text: string, longest: number): string | null {
  const lines = text.trim().replaceAll(/\r\n?/g, "\n").replaceAll("\t", " ");
  refuseLonger(field, lines, longest);
  for (const line of lines.split("\n")) shortText(field, line, longest);
  return lines || null;
}

/** What a list is searched for. @throws InvalidInput as shortText does */
export const searchText = (field: string, text: string | null | undefined): string | null =>
  trimmedText(field, text, longestSearch);

const codePoint = (character: string): string =>
  `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`;
