/** The numbers behind a chart: as the rows of a table, and as a file for other programs. Pure. */

export interface ChartData {
  readonly columns: readonly string[];
  /** One entry a column; null where there is none. Numbers are whole in the file and short in the table. */
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/** More rows than that no person reads, and they would make the page slow: the file has them all. */
const mostTableRows = 200;

const quoted = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** RFC 4180, with a dot in numbers, whatever the reader's language. */
export const csvOf = ({ columns, rows }: ChartData): string =>
  [columns, ...rows].map((row) => row.map((cell) => quoted(String(cell ?? ""))).join(",")).join("\r\n") +
  "\r\n";

export const fileNameOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 80) || "chart";

/** The rows that a table shows: all of few, or evenly chosen ones with the first and the last. */
export function shownRows(rows: ChartData["rows"], most = mostTableRows): ChartData["rows"] {
  if (rows.length <= most) return rows;
  return Array.from({ length: most }, (_, i) => rows[Math.round((i * (rows.length - 1)) / (most - 1))]!);
}
