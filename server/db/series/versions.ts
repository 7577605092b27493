/** Rows of versions: the newest of a series, a new one, an earlier one again, and those that nobody needs any more. */
import type { ClientBase, Pool, PoolClient } from "pg";
import { barsPerChunk, hashOfChunks } from "../../domain/bar-chunks.ts";
import { NotFound } from "../../domain/errors.ts";
import type { ChunkList } from "../../domain/next-version.ts";
import type { PriceSeries, SeriesVersion } from "../../domain/price-series.ts";

const versionDetails = `v.series_id AS "seriesId", v.number, v.content_hash AS "contentHash",
  v.bar_count AS "barCount", v.first_time AS "firstTime", v.last_time AS "lastTime", v.created_at AS "createdAt",
  v.rows_added AS "rowsAdded", v.rows_changed AS "rowsChanged"`;
const versionSql = `v.id, ${versionDetails}`;

export type SeriesRow = Pick<PriceSeries, "id" | "symbol" | "name" | "currency" | "timezone">;
const seriesSql = "s.id, s.symbol, s.name, s.currency, s.timezone";

export const withVersion = (series: SeriesRow, version: SeriesVersion): PriceSeries => {
  const { barCount, firstTime, lastTime, contentHash } = version;
  return { ...series, barCount, firstTime, lastTime, contentHash, version };
};

// A second import waits at the insert until the first has committed, and then finds its row.
const createSql = `
  INSERT INTO price_series (id, symbol, name, currency, timezone, updated_at)
  VALUES (gen_random_uuid(), $1, $2, $3, $4, now())
  ON CONFLICT (symbol) DO NOTHING`;

/** Runs may be started beside it: a new row that refers to the series does not wait. */
const forChange = "FOR NO KEY UPDATE";

/** Makes the series where it is missing, and holds its row until the transaction ends. */
export async function lockOrCreate(
  client: PoolClient,
  { symbol, name, currency, timezone }: Omit<SeriesRow, "id">,
): Promise<SeriesRow> {
  await client.query(createSql, [symbol, name, currency, timezone]);
  const row = await findSeries(client, `s.symbol = $1 ${forChange}`, symbol);
  if (!row) throw new Error(`the series ${symbol} vanished while its row was being locked`);
  return row;
}

async function findSeries(db: ClientBase | Pool, where: string, value: string): Promise<SeriesRow | null> {
  const { rows } = await db.query<SeriesRow>(`SELECT ${seriesSql} FROM price_series s WHERE ${where}`, [
    value,
  ]);
  return rows[0] ?? null;
}
export const findBySymbol = (db: Pool, symbol: string) => findSeries(db, "s.symbol = $1", symbol);
/** Holds the row until the transaction ends. @throws NotFound */
export async function lockSeries(client: ClientBase, id: string): Promise<SeriesRow> {
  const row = await findSeries(client, `s.id = $1 ${forChange}`, id);
  if (!row) throw new NotFound(`there is no price series ${id}`);
  return row;
}

/** Series and their newest versions, as they are at one moment. */
export async function findSeriesWithVersion(db: Pool, where: string, value: unknown): Promise<PriceSeries[]> {
  const { rows } = await db.query<Omit<SeriesVersion, "id"> & SeriesRow & { versionId: string }>(
    `SELECT ${seriesSql}, v.id AS "versionId", ${versionDetails}
     FROM price_series s JOIN series_version v ON v.id = s.version_id WHERE ${where}`,
    [value],
  );
  return rows.map(({ id, symbol, name, currency, timezone, versionId, ...version }) =>
    withVersion({ id, symbol, name, currency, timezone }, { id: versionId, ...version }),
  );
}

export interface VersionChunks {
  readonly version: SeriesVersion;
  readonly chunks: ChunkList;
}

/** The newest version of a series with its list of chunks; null before the first. */
export async function newestVersion(db: ClientBase | Pool, seriesId: string): Promise<VersionChunks | null> {
  const { rows } = await db.query<SeriesVersion & { chunks: Buffer[]; times: number[] }>(
    `SELECT ${versionSql}, v.chunks, v.chunk_times AS times
     FROM series_version v JOIN price_series s ON s.version_id = v.id WHERE s.id = $1`,
    [seriesId],
  );
  const [row] = rows;
  if (!row) return null;
  const { chunks: hashes, times, ...version } = row;
  return { version, chunks: { hashes, times } };
}

const insertSql = `
  WITH v AS (
    INSERT INTO series_version
      (id, series_id, number, content_hash, bar_count, first_time, last_time, chunks, chunk_times, rows_added, rows_changed)
    SELECT gen_random_uuid(), $1, 1 + coalesce(max(number), 0), $2, $3, $4, $5, $6, $7, $8, $9
    FROM series_version WHERE series_id = $1
    RETURNING *
  ), pointed AS (
    UPDATE price_series SET version_id = v.id, updated_at = now() FROM v WHERE price_series.id = v.series_id
  )
  SELECT ${versionSql} FROM v`;

/** Makes these chunks, which are stored, the series' newest version. */
export async function addVersion(
  client: ClientBase,
  seriesId: string,
  { hashes, times }: ChunkList,
  {
    barCount,
    lastTime,
    imported = null,
  }: {
    readonly barCount: number;
    readonly lastTime: number | null;
    readonly imported?: { readonly added: number; readonly updated: number } | null;
  },
): Promise<SeriesVersion> {
  const { rows } = await client.query<SeriesVersion>(insertSql, [
    seriesId,
    hashOfChunks(hashes),
    barCount,
    times[0] === undefined ? null : new Date(times[0]),
    lastTime === null ? null : new Date(lastTime),
    hashes,
    times,
    imported?.added ?? null,
    imported?.updated ?? null,
  ]);
  return rows[0]!;
}

/** @throws NotFound where the series has no version of this number (any more). */
export async function revertTo(
  client: ClientBase,
  series: SeriesRow,
  number: number,
): Promise<SeriesVersion> {
  const found = await client.query<{
    chunks: Buffer[];
    times: number[];
    barCount: number;
    last: Date | null;
  }>(
    `SELECT chunks, chunk_times AS times, bar_count AS "barCount", last_time AS last
     FROM series_version WHERE series_id = $1 AND number = $2`,
    [series.id, number],
  );
  const [earlier] = found.rows;
  if (!earlier)
    throw new NotFound(
      `${series.symbol} has no version ${number}: its versions are those that runs were trained on, ` +
        `and the newest ${versionsKept + 1}`,
    );
  const newest = await newestVersion(client, series.id);
  const { chunks: hashes, times, barCount, last } = earlier;
  if (newest && newest.version.contentHash === hashOfChunks(hashes)) return newest.version;
  return addVersion(client, series.id, { hashes, times }, { barCount, lastTime: last?.getTime() ?? null });
}

/** How many versions are kept to go back to, besides the newest one and those of runs. */
export const versionsKept = 20;

const staleSql = `
  DELETE FROM series_version v
  WHERE v.series_id = $1
    AND v.id <> (SELECT version_id FROM price_series WHERE id = $1)
    AND NOT EXISTS (SELECT FROM run WHERE series_version_id = v.id)
    AND NOT EXISTS (SELECT FROM run_input WHERE series_version_id = v.id)
    AND v.number < (
      SELECT number FROM series_version WHERE series_id = $1 ORDER BY number DESC OFFSET $2 LIMIT 1
    )`;
const unusedSql = `
  DELETE FROM bar_chunk c
  WHERE c.series_id = $1
    AND NOT EXISTS (
      SELECT FROM series_version v CROSS JOIN LATERAL unnest(v.chunks) AS used(hash)
      WHERE v.series_id = $1 AND used.hash = c.hash
    )`;

/** Deletes versions that neither the series nor a run needs, then the chunks that no version has. Holds the series' row. */
export async function cleanVersions(client: ClientBase, seriesId: string): Promise<void> {
  await lockSeries(client, seriesId);
  const { rowCount } = await client.query(staleSql, [seriesId, versionsKept]);
  if (rowCount) await client.query(unusedSql, [seriesId]);
}

/** How many bars of a version come before each of these times, in ms: -Infinity gives 0, Infinity all. */
export async function countBefore(
  db: Pool,
  versionId: string,
  times: readonly number[],
): Promise<readonly number[]> {
  const { rows } = await db.query<{ count: number }>(countSql, [versionId, times]);
  return rows.map(({ count }) => count);
}

// Bars are milliseconds apart, so those before a time are those up to half a millisecond before it.
const countSql = `
  SELECT CASE WHEN t.chunk = 0 THEN 0 ELSE (t.chunk - 1) * ${barsPerChunk} + width_bucket(t.time, c.time) END AS count
  FROM (
    SELECT v.series_id, given.place, given.time - 0.5 AS time,
      width_bucket(given.time - 0.5, v.chunk_times) AS chunk, v.chunks
    FROM series_version v CROSS JOIN LATERAL unnest($2::float8[]) WITH ORDINALITY AS given(time, place)
    WHERE v.id = $1
  ) AS t
  LEFT JOIN bar_chunk c ON c.series_id = t.series_id AND c.hash = t.chunks[t.chunk]
  ORDER BY t.place`;
