/** Chunks of bars as rows: written with all that is derived from them, read as numbers. */
import type { ClientBase, Pool } from "pg";
import { arrayBytes, barsPerChunk, chunkHash, columnBytes, numbersIn } from "../../domain/bar-chunks.ts";
import { detailBlocks, detailOf } from "../../domain/bar-details.ts";
import { mapColumns, type TableColumn, tableColumns } from "../../domain/bar-table.ts";
import { NotFound } from "../../domain/errors.ts";
import type { BarTable } from "../../domain/price-series.ts";
import type { BarsOf } from "../../ports/series.ts";
import { type ChunkFacts, chunkFacts, factNumbers, factsIn } from "../../recipe/chunk-facts.ts";

/** A chunk that may be stored: its hash, and its row's arrays as PostgreSQL takes them. */
export interface NewChunk {
  readonly hash: Buffer;
  readonly arrays: readonly Buffer[];
}

export function newChunk(bars: BarTable): NewChunk {
  const columns = columnBytes(bars);
  const details = detailBlocks.map((block) => arrayBytes(flat(detailOf(bars, block))));
  const facts = arrayBytes(factNumbers(chunkFacts(bars)));
  return { hash: chunkHash(columns), arrays: [...columns, ...details, facts] };
}

const derivedColumns = [...detailBlocks.map((block) => `detail_${block}`), "facts"];
const columnName = (column: TableColumn) => (column === "adjustedClose" ? "adjusted_close" : column);
const valueColumns = tableColumns.map(columnName);
const insertSql = `
  INSERT INTO bar_chunk (series_id, hash, ${[...valueColumns, ...derivedColumns].join(", ")})
  VALUES ($1, $2, ${[...valueColumns, ...derivedColumns].map((_, at) => `$${at + 3}::float8[]`).join(", ")})
  ON CONFLICT DO NOTHING`;

/** Stores a chunk unless the series has it. Its arrays go as bytes: a million bars in about a second. */
export async function storeChunk(client: ClientBase, seriesId: string, chunk: NewChunk): Promise<void> {
  await client.query(insertSql, [seriesId, chunk.hash, ...chunk.arrays]);
}

/** Seven columns one after the other. */
function flat(table: BarTable): Float64Array {
  const { length } = table.time;
  const values = new Float64Array(tableColumns.length * length);
  for (const [at, column] of tableColumns.entries()) values.set(table[column], at * length);
  return values;
}
function unflat(values: Float64Array): BarTable {
  const length = values.length / tableColumns.length;
  const at = (column: TableColumn) => tableColumns.indexOf(column) * length;
  return mapColumns((column) => values.subarray(at(column), at(column) + length));
}

/** Chunks of one answer: 11 MB of text on its way. */
const chunksPerQuery = 16;

// The chunks that hold the bars [$2, $3) of a version, each cut to them. Bar i is the chunk's element i % 4096 + 1.
const rangeSql = (columns: readonly string[]) => `
  SELECT ${columns
    .map((column) => `array_send(c.${column}[$2 - p.base + 1 : $3 - p.base]) AS ${column}`)
    .join(", ")}
  FROM series_version v
  CROSS JOIN LATERAL (
    SELECT v.chunks[number] AS hash, (number - 1) * ${barsPerChunk} AS base
    FROM generate_series($2::int / ${barsPerChunk} + 1, ($3::int - 1) / ${barsPerChunk} + 1) AS number
  ) AS p
  JOIN bar_chunk c ON c.series_id = v.series_id AND c.hash = p.hash
  WHERE v.id = $1
  ORDER BY p.base`;

const wholeRangeSql = rangeSql(valueColumns);

/** Yields the bars [from, to) of a version a chunk at a time, so that other work gets a turn in between. */
export async function* readRange(
  db: ClientBase | Pool,
  versionId: string,
  from: number,
  to: number,
): AsyncGenerator<BarTable> {
  for (let start = from; start < to; ) {
    const end = Math.min(to, (Math.floor(start / barsPerChunk) + chunksPerQuery) * barsPerChunk);
    const { rows } = await db.query<Record<string, Buffer>>(wholeRangeSql, [versionId, start, end]);
    let read = 0;
    for (const row of rows) {
      const bars = barsOf(row);
      read += bars.time.length;
      yield bars;
    }
    if (read !== end - start) await barsAreMissing(db, versionId);
    start = end;
  }
}

/** Column by column less: the times, or what a field's checks need. */
export async function readColumn(
  db: ClientBase | Pool,
  versionId: string,
  column: TableColumn,
  from: number,
  to: number,
): Promise<Float64Array> {
  const name = columnName(column);
  const { rows } = await db.query<Record<string, Buffer>>(rangeSql([name]), [versionId, from, to]);
  const values = new Float64Array(to - from);
  let at = 0;
  for (const row of rows) {
    const some = numbersIn(row[name]!);
    values.set(some, at);
    at += some.length;
  }
  if (at !== values.length) await barsAreMissing(db, versionId);
  return values;
}

/** @throws NotFound where the version was deleted meanwhile */
export async function barsAreMissing(db: ClientBase | Pool, versionId: string): Promise<never> {
  const { rowCount } = await db.query("SELECT FROM series_version WHERE id = $1", [versionId]);
  if (rowCount === 0) throw new NotFound("these bars are there no more: their series or version was deleted");
  throw new Error(`version ${versionId} lacks some of its bars`);
}

const chunkSql = `SELECT hash, ${valueColumns.map((column) => `array_send(${column}) AS ${column}`).join(", ")}
  FROM bar_chunk WHERE series_id = $1 AND hash = ANY($2::bytea[])`;

/** Chunks of a series by their hashes in hex, as many as asked for at once. */
export async function readChunks(
  db: ClientBase | Pool,
  seriesId: string,
  hashes: readonly Buffer[],
): Promise<ReadonlyMap<string, BarTable>> {
  const { rows } = await db.query<Record<string, Buffer>>(chunkSql, [seriesId, hashes]);
  return new Map(rows.map((row) => [row.hash!.toString("hex"), barsOf(row)]));
}

const barsOf = (row: Readonly<Record<string, Buffer>>): BarTable =>
  mapColumns((column) => numbersIn(row[columnName(column)]!));

const wholeChunks = (columns: string) => `
  SELECT ${columns}
  FROM series_version v
  CROSS JOIN LATERAL unnest(v.chunks[$2 + 1 : $3]) WITH ORDINALITY AS p(hash, number)
  JOIN bar_chunk c ON c.series_id = v.series_id AND c.hash = p.hash
  WHERE v.id = $1
  ORDER BY p.number`;

/** What chunks [from, to) of a version keep of each block of bars. */
export async function readDetails(
  db: Pool,
  versionId: string,
  block: number,
  from: number,
  to: number,
): Promise<BarTable[]> {
  if (from === to) return [];
  const sql = wholeChunks(`array_send(c.detail_${block}) AS detail`);
  const { rows } = await db.query<{ detail: Buffer }>(sql, [versionId, from, to]);
  if (rows.length !== to - from) await barsAreMissing(db, versionId);
  return rows.map(({ detail }) => unflat(numbersIn(detail)));
}

/** The facts of all chunks of a version, in order. */
export async function readFacts(db: Pool, { id, barCount }: BarsOf): Promise<ChunkFacts[]> {
  const sql = wholeChunks("array_send(c.facts) AS facts");
  const chunks = Math.ceil(barCount / barsPerChunk);
  const { rows } = await db.query<{ facts: Buffer }>(sql, [id, 0, chunks]);
  if (rows.length !== chunks) await barsAreMissing(db, id);
  return rows.map(({ facts }) => factsIn(numbersIn(facts)));
}
