/** Which sign separates the cells: the one with which a line becomes a header, or the one that stands there most often. */
import { type ColumnNames, neededIn } from "./columns.ts";
import { type Delimiter, delimiters, maxLineCharacters } from "./grammar.ts";

/** Titles, addresses and notes above a header are shorter than this. */
export const headerLines = 50;

export function delimiterOf(lines: string, named: ColumnNames, headerLine: number | null): Delimiter {
  const all = firstLines(lines, Math.max(headerLine ?? 0, headerLines)).map(withoutQuoted);
  const first = headerLine === null ? all.find((line) => line.trim() !== "") : all[headerLine - 1];
  const sample = (headerLine === null ? all.slice(0, headerLines) : [first]).filter((it) => it !== undefined);
  const inFirst = (delimiter: string) => (first ?? "").split(delimiter).length;
  const inAll = (delimiter: string) => sample.reduce((sum, line) => sum + line.split(delimiter).length, 0);
  const names = (delimiter: string) =>
    Math.max(0, ...sample.map((line) => neededIn(line.split(delimiter), named)));
  const scored = delimiters.map((delimiter) => ({
    delimiter,
    score: [names(delimiter), inFirst(delimiter), inAll(delimiter)],
  }));
  return scored.reduce((best, it) => (isMore(it.score, best.score) ? it : best)).delimiter;
}

function isMore(a: readonly number[], b: readonly number[]): boolean {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at >= 0 && a[at]! > b[at]!;
}

/** What stands in quotes is replaced by a name that has no delimiter; a header may be quoted as a whole. */
function withoutQuoted(line: string): string {
  const parts = line.slice(0, maxLineCharacters).split('"');
  return parts.map((part, index) => (index % 2 === 1 ? part.replace(/[,;\t|]/g, " ") : part)).join("");
}

function firstLines(lines: string, count: number): string[] {
  const found: string[] = [];
  for (let at = 0; at < lines.length && found.length < count; ) {
    const newline = lines.indexOf("\n", at);
    const end = newline < 0 ? lines.length : newline;
    found.push(lines.slice(at, end));
    at = end + 1;
  }
  return found;
}
