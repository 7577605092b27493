/**
 * What bounds a log: no line longer than 16 kB, no state of a model, no secret, and nothing that a terminal would obey.
 * Knows nothing of where lines go.
 */
import type { Redact } from "./secrets.ts";

/** In bytes, as it is written. */
export const longestLine = 16_000;
/** For all values of a line together, in bytes; the rest is for names, times and the message. */
const roomForDetails = 10_000;
const longestText = 2_000;
const longestStack = 4_000;
const longestMessage = 3_000;
const mostItems = 20;
const mostKeys = 40;
const deepest = 5;

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for
const commands = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u2028\u2029]/g;
const beyondJson = /[\u007f-\u009f\u202a-\u202e\u2066-\u2069\u2028\u2029]/g;
const codeOf = (character: string) => character.charCodeAt(0).toString(16).padStart(4, "0");

/** JSON with the controls escaped that JSON leaves as they are: DEL, C1 (U+009B begins commands as ESC does), reversed text. */
export const withoutRawControls = (json: string): string =>
  json.replace(beyondJson, (character) => `\\u${codeOf(character)}`);

/** Text for a terminal: what it would obey is shown instead (U+001B as ␛). Tabs stay, and line breaks if wanted. */
export function visible(text: string, { lineBreaks }: { lineBreaks: "kept" | "shown" }): string {
  const shown = text.replace(commands, (character) => {
    const code = character.charCodeAt(0);
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    return code === 0x7f ? "␡" : `\\u${codeOf(character)}`;
  });
  return lineBreaks === "kept" ? shown : shown.replaceAll("\n", "␊");
}

/** The same for all texts of a parsed log line; only a stack has lines. */
export function visibleFields(value: unknown, key = ""): unknown {
  if (typeof value === "string") return visible(value, { lineBreaks: key === "stack" ? "kept" : "shown" });
  if (Array.isArray(value)) return value.map((item) => visibleFields(item));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [
      visible(name, { lineBreaks: "shown" }),
      visibleFields(field, name),
    ]),
  );
}

const bytesOf = (text: string) => Buffer.byteLength(withoutRawControls(JSON.stringify(text)));

export const shortMessage = (message: string, redact: Redact): string =>
  cut(redact(message.slice(0, 2 * longestMessage)), longestMessage, message.length);

/** A copy of what shall be logged that fits into a line; what does not is cut, and says how long it was. */
export function shortDetails(details: object, redact: Redact): Record<string, unknown> {
  let left = roomForDetails;

  const text = (value: string, most: number): string => {
    // Redacted before it is cut, or half a secret would look like none.
    const short = cut(redact(value.slice(0, 2 * most)), Math.min(most, Math.max(left, 0)), value.length);
    left -= bytesOf(short);
    return short;
  };

  const fields = (entries: readonly (readonly [string, unknown])[], depth: number) => {
    const copy: Record<string, unknown> = {};
    for (const [key, value] of entries.slice(0, mostKeys)) {
      if (value === undefined || typeof value === "function") continue;
      if (left <= 0) {
        copy["…"] = "the rest was left out";
        break;
      }
      const name = key.slice(0, 100);
      left -= bytesOf(name);
      copy[name] =
        key === "stack" && typeof value === "string" ? text(value, longestStack) : short(value, depth);
    }
    return copy;
  };

  const short = (value: unknown, depth: number): unknown => {
    if (typeof value === "string") return text(value, longestText);
    if (typeof value === "bigint" || typeof value === "symbol") return String(value);
    if (typeof value !== "object" || value === null) {
      left -= 8;
      return value;
    }
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? "invalid date" : value.toISOString();
    if (value instanceof Error) return fields(wordsOf(value), depth + 1);
    if (ArrayBuffer.isView(value)) return `${value.constructor.name} of ${value.byteLength} bytes`;
    if (depth >= deepest) return "…";
    if (!Array.isArray(value)) return fields(Object.entries(value), depth + 1);
    const items = value.slice(0, left > 0 ? mostItems : 0).map((item) => short(item, depth + 1));
    return value.length > items.length ? [...items, `… ${value.length} in all`] : items;
  };

  return fields(Object.entries(details), 0);
}

/** An error is its words: what else it carries may be a model's whole state, or an exchange with a store. */
function wordsOf(error: Error): [string, unknown][] {
  const { code } = error as { code?: unknown };
  return [
    ["type", error.constructor.name],
    ["message", error.message],
    ["code", typeof code === "string" || typeof code === "number" ? code : undefined],
    ["stack", error.stack],
    ["cause", error.cause],
    ["errors", error instanceof AggregateError ? error.errors : undefined],
  ];
}

/** @param whole how long it was before anything was taken off. */
function cut(text: string, most: number, whole: number): string {
  let kept = text.slice(0, most);
  // Characters that JSON escapes count up to six times.
  while (kept.length > 16 && bytesOf(kept) > most + 2)
    kept = kept.slice(0, Math.floor((kept.length * most) / bytesOf(kept)));
  return kept.length < text.length || whole > 2 * most ? `${kept} … (${whole} characters)` : kept;
}
