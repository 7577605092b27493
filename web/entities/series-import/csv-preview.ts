/** What can be told of a CSV file before the server reads it: its first rows, its header, a symbol to suggest. Pure. */

export interface PreviewRow {
  /** From 1, blank lines included. */
  readonly line: number;
  readonly cells: readonly string[];
}

const shownRows = 50;
const readCharacters = 100_000;
const delimiters = [",", ";", "\t", "|"] as const;

/** The file's first rows, cut where the server cuts them: by the sign that most lines have alike. */
export function firstRows(csv: string): PreviewRow[] {
  const bare = csv.startsWith("\ufeff") ? csv.slice(1) : csv;
  const isCut = bare.length > readCharacters;
  const lines = bare.slice(0, readCharacters).split(/\r\n|\r|\n/);
  if (isCut) lines.pop();
  const filled = lines
    .slice(0, shownRows)
    .map((text, index) => ({ line: index + 1, text }))
    .filter(({ text }) => text.trim() !== "");
  const delimiter = delimiterOf(filled.map(({ text }) => text));
  return filled.map(({ line, text }) => ({ line, cells: cellsOf(text, delimiter) }));
}

function delimiterOf(lines: readonly string[]): string {
  const unquoted = lines.map((line) => line.replace(/"[^"]*"/g, ""));
  const score = (sign: string): number => {
    const widths = new Map<number, number>();
    for (const line of unquoted) {
      const width = line.split(sign).length;
      if (width > 1) widths.set(width, (widths.get(width) ?? 0) + 1);
    }
    const [width, rows] = [...widths].reduce((best, it) => (it[1] > best[1] ? it : best), [0, 0]);
    return rows * 100 + Math.min(width, 99);
  };
  return delimiters.reduce((best, sign) => (score(sign) > score(best) ? sign : best));
}

function cellsOf(line: string, delimiter: string): string[] {
  const cells: string[] = [];
  for (let at = 0; at <= line.length; ) {
    const quoted = /^\s*"((?:[^"]|"")*)"\s*/.exec(line.slice(at));
    const after = quoted ? at + quoted[0].length : at;
    if (quoted && (after === line.length || line[after] === delimiter)) {
      cells.push(quoted[1]!.replaceAll('""', '"').trim());
      at = after + 1;
      continue;
    }
    const next = line.indexOf(delimiter, at);
    const end = next < 0 ? line.length : next;
    cells.push(line.slice(at, end).trim());
    at = end + 1;
  }
  return cells;
}

/** The header's names, for those who must say which column is which; columns without a name are left out. */
export function headerOf(rows: readonly PreviewRow[], headerLine: number | null): string[] {
  const row = headerLine === null ? headerRow(rows) : rows.find(({ line }) => line === headerLine);
  return [...new Set(row?.cells.filter((name) => name !== ""))];
}

export interface PreviewTable {
  /** Columns with a name, each with its place in the rows. */
  readonly header: readonly { readonly name: string; readonly at: number }[];
  readonly below: readonly PreviewRow[];
}

/** The header and the rows below it; of several candidates the row that has most of the names that the server found. */
export function previewTable(
  rows: readonly PreviewRow[],
  headerLine: number | null,
  found: readonly string[],
): PreviewTable {
  const names = new Set(found);
  const known = ({ cells }: PreviewRow) => cells.filter((cell) => names.has(cell)).length;
  const likely = rows.reduce<PreviewRow | undefined>(
    (best, row) => (known(row) > (best ? known(best) : 0) ? row : best),
    undefined,
  );
  const row = rows.find(({ line }) => line === headerLine) ?? likely ?? headerRow(rows);
  if (!row) return { header: [], below: [] };
  return {
    header: row.cells.flatMap((name, at) => (name === "" ? [] : [{ name, at }])),
    below: rows.filter(({ line }) => line > row.line),
  };
}

/** The first row as wide as the table: titles and addresses above it have fewer cells. */
function headerRow(rows: readonly PreviewRow[]): PreviewRow | undefined {
  const width = tableWidth(rows);
  return rows.find(({ cells }) => cells.length === width) ?? rows[0];
}

/** How many cells most rows have. */
export function tableWidth(rows: readonly PreviewRow[]): number {
  const widths = new Map<number, number>();
  for (const { cells } of rows) widths.set(cells.length, (widths.get(cells.length) ?? 0) + 1);
  return [...widths].reduce((best, it) => (it[1] > best[1] ? it : best), [0, 0])[0];
}

const isNumber = (cell: string): boolean => /^[+-]?\d[\d.,' ]*(e[+-]?\d+)?$/i.test(cell);

/** Whether the first row is a bar already: two numbers stand in it, and no header has those. */
export const looksHeaderless = (rows: readonly PreviewRow[]): boolean =>
  (rows[0]?.cells.filter(isNumber).length ?? 0) >= 2;

/** "sh600519_daily.csv" suggests SH600519: the name up to the first sign that no symbol has. */
export function symbolFrom(fileName: string): string {
  const base = fileName.replace(/\.[^.]*$/, "");
  return (/[A-Za-z0-9^.=-]+/.exec(base)?.[0] ?? "").toUpperCase();
}
