/** Adding bars to a series, all or nothing, within the transaction of the client that it is given. */
import type { PoolClient } from "pg";
import { contentHashOf, emptyTable } from "../domain/bar-table.ts";
import { Conflict } from "../domain/errors.ts";
import type { BarTable, PriceSeries } from "../domain/price-series.ts";
import type { MergeResult, PlaceBars, SeriesIdentity } from "../ports/series.ts";
import { copyBars, readColumns, readTimes } from "./bar-table-sql.ts";

const seriesColumns = `id, symbol, name, currency, timezone, bar_count AS "barCount",
  first_time AS "firstTime", last_time AS "lastTime", content_hash AS "contentHash"`;

// Whoever comes second waits at the insert until the first has committed, and then finds its row.
const createSql = `
  INSERT INTO price_series (id, symbol, name, currency, timezone, content_hash, updated_at)
  VALUES (gen_random_uuid(), $1, $2, $3, $4, $5, now())
  ON CONFLICT (symbol) DO NOTHING`;
const lockSql = `SELECT ${seriesColumns} FROM price_series WHERE symbol = $1 FOR UPDATE`;

const stagingSql = `
  CREATE TEMPORARY TABLE import_bar (
    time timestamptz(3), open float8, high float8, low float8, close float8, adjusted_close float8, volume float8
  ) ON COMMIT DROP`;

// A file without volumes does not take away those that another file brought.
const mergeSql = `
  INSERT INTO bar (series_id, time, open, high, low, close, adjusted_close, volume)
  SELECT $1, time, open, high, low, close, adjusted_close, volume FROM import_bar ORDER BY time
  ON CONFLICT (series_id, time) DO UPDATE SET
    open = excluded.open, high = excluded.high, low = excluded.low, close = excluded.close,
    adjusted_close = coalesce(excluded.adjusted_close, bar.adjusted_close),
    volume = coalesce(excluded.volume, bar.volume)
  WHERE (bar.open, bar.high, bar.low, bar.close, bar.adjusted_close, bar.volume) IS DISTINCT FROM
    (excluded.open, excluded.high, excluded.low, excluded.close,
     coalesce(excluded.adjusted_close, bar.adjusted_close), coalesce(excluded.volume, bar.volume))`;

const describeSql = `
  UPDATE price_series SET name = $2, currency = $3, bar_count = $4, first_time = $5, last_time = $6,
    content_hash = $7, updated_at = now()
  WHERE id = $1
  RETURNING ${seriesColumns}`;

/**
 * Creates the series or adds to it, and holds its row until the transaction ends: two imports take turns.
 * A dry run does the same work, so that its counts are the truth; the caller rolls it back.
 * @param given the bars, or what places them among those of the series: it sees them while no other import can add any.
 * @throws Conflict when the series is kept in another time zone.
 */
export async function mergeBars(
  client: PoolClient,
  identity: SeriesIdentity,
  given: BarTable | PlaceBars,
  { dryRun }: { dryRun: boolean },
): Promise<MergeResult> {
  const { symbol, name, currency, timezone } = identity;
  const hashOfNone = contentHashOf(emptyTable);
  const { rowCount: created } = await client.query(createSql, [symbol, name, currency, timezone, hashOfNone]);
  const before = (await client.query<PriceSeries>(lockSql, [symbol])).rows[0];
  if (!before) throw new Error(`the series ${symbol} vanished while its row was being locked`);
  if (before.timezone !== timezone) {
    throw new Conflict(`${symbol} keeps its dates in ${before.timezone}, and this import says ${timezone}`);
  }
  const bars = typeof given === "function" ? given(await readTimes(client, before)) : given;
  await client.query(stagingSql);
  await copyBars(client, "import_bar", bars);
  const { rowCount } = await client.query(mergeSql, [before.id]);
  const changed = rowCount ?? 0;
  const described = { ...before, name: name ?? before.name, currency: currency ?? before.currency };
  const after = changed > 0 ? { ...described, ...(await factsOf(client, before.id)) } : described;
  const added = after.barCount - before.barCount;
  const counts = { added, updated: changed - added, unchanged: bars.time.length - changed };
  if (dryRun) return { series: created ? null : before, ...counts };
  if (changed === 0 && after.name === before.name && after.currency === before.currency) {
    return { series: before, ...counts };
  }
  const { rows } = await client.query<PriceSeries>(describeSql, [
    after.id,
    after.name,
    after.currency,
    after.barCount,
    after.firstTime,
    after.lastTime,
    after.contentHash,
  ]);
  return { series: rows[0] ?? null, ...counts };
}

/** What the series' row says of its bars. */
async function factsOf(
  client: PoolClient,
  seriesId: string,
): Promise<Pick<PriceSeries, "barCount" | "firstTime" | "lastTime" | "contentHash">> {
  const table = await readColumns(client, seriesId);
  const dateAt = (index: number) => {
    const time = table.time.at(index);
    return time === undefined ? null : new Date(time);
  };
  return {
    barCount: table.time.length,
    firstTime: dateAt(0),
    lastTime: dateAt(-1),
    contentHash: contentHashOf(table),
  };
}
