/** Whole tables of bars in and out of PostgreSQL, as columns and not row by row. */
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ClientBase, Pool } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { tableColumns } from "../domain/bar-table.ts";
import type { BarTable } from "../domain/price-series.ts";
import type { TimeRange } from "../services/ports.ts";

const rowsPerChunk = 2000;

/** Fills `table`, which has the columns of BarTable in their order, by COPY: 100,000 bars in about a second. */
export async function copyBars(client: ClientBase, table: string, bars: BarTable): Promise<void> {
  await pipeline(Readable.from(copyChunks(bars)), client.query(copyFrom(`COPY ${table} FROM STDIN`)));
}

function* copyChunks(bars: BarTable): Generator<string> {
  const { time, ...rest } = bars;
  const values = tableColumns.slice(1).map((column) => rest[column as keyof typeof rest]);
  for (let start = 0; start < time.length; start += rowsPerChunk) {
    const lines: string[] = [];
    for (let row = start; row < Math.min(time.length, start + rowsPerChunk); row++) {
      // The shortest text that gives the same float64 again, which is what both sides read and write.
      const cells = values.map((column) => (Number.isNaN(column[row]) ? "\\N" : String(column[row])));
      lines.push(`${new Date(time[row]!).toISOString()}\t${cells.join("\t")}\n`);
    }
    yield lines.join("");
  }
}

// Each column comes as one byte string of big-endian float64s: no row objects, no text, no rounding.
const columnsSql = `
  SELECT ${[
    "extract(epoch FROM b.time) * 1000",
    "b.open",
    "b.high",
    "b.low",
    "b.close",
    "coalesce(b.adjusted_close, 'NaN')",
    "coalesce(b.volume, 'NaN')",
  ]
    .map((value) => `string_agg(float8send((${value})::float8), ''::bytea ORDER BY b.time)`)
    .join(",\n    ")}
  FROM bar b
  WHERE b.series_id = $1 AND b.time >= coalesce($2, '-infinity'::timestamptz) AND b.time <= coalesce($3, 'infinity'::timestamptz)`;

/** The bars of a range, ascending in time. */
export async function readColumns(
  client: ClientBase | Pool,
  seriesId: string,
  { from, to }: TimeRange = {},
): Promise<BarTable> {
  const { rows } = await client.query<(Buffer | null)[]>({
    text: columnsSql,
    values: [seriesId, from ?? null, to ?? null],
    rowMode: "array",
  });
  const columns = (rows[0] ?? []).map(numbersOf);
  const column = (index: number) => columns[index] ?? new Float64Array();
  return {
    time: column(0),
    open: column(1),
    high: column(2),
    low: column(3),
    close: column(4),
    adjustedClose: column(5),
    volume: column(6),
  };
}

/** Null is what an aggregate over no row gives. */
function numbersOf(bytes: Buffer | null): Float64Array {
  const values = new Float64Array((bytes?.length ?? 0) / 8);
  for (let index = 0; index < values.length; index++) values[index] = bytes!.readDoubleBE(index * 8);
  return values;
}
