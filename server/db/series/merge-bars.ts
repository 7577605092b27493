/** Adding bars to a series: a new version, or none where nothing is new. */
import type { Pool, PoolClient } from "pg";
import { Conflict } from "../../domain/errors.ts";
import type { BarTable, PriceSeries } from "../../domain/price-series.ts";
import type { MergeResult, PlaceBars, SeriesIdentity } from "../../ports/series.ts";
import { chunkWriter } from "./chunk-writer.ts";
import { type NextVersion, nextVersion } from "./next-version.ts";
import { timesToPlaceAmong } from "./read-bars.ts";
import {
  addVersion,
  findBySymbol,
  lockOrCreate,
  newestVersion,
  type SeriesRow,
  withVersion,
} from "./versions.ts";

const noChunks = { hashes: [], times: [] };

/**
 * Creates the series or adds to it, within the client's transaction. Holds the series' row until that ends: two imports
 * take turns.
 * @param given the bars, or what places them among those of the series: it sees them while no other import can add any.
 * @throws Conflict when the series is kept in another time zone.
 */
export async function mergeBars(
  client: PoolClient,
  identity: SeriesIdentity,
  given: BarTable | PlaceBars,
): Promise<MergeResult> {
  const row = await lockOrCreate(client, identity);
  refuseOtherZone(row, identity);
  const newest = await newestVersion(client, row.id);
  const bars = ascending(await place(client, given, newest?.version ?? null));
  const writer = chunkWriter(client, row.id);
  const next = await nextVersion(client, row.id, newest?.chunks ?? noChunks, bars, writer);
  const series = await describe(client, row, identity);
  const counts = countsOf(next, bars);
  if (newest && next.added + next.updated === 0)
    return { series: withVersion(series, newest.version), ...counts };
  const version = await addVersion(client, row.id, next, {
    barCount: (newest?.version.barCount ?? 0) + next.added,
    lastTime: latest(newest?.version.lastTime?.getTime(), bars.time.at(-1)),
  });
  return { series: withVersion(series, version), ...counts };
}

/** Counts the same, stores nothing and locks nothing. @throws Conflict */
export async function rehearseMerge(
  pool: Pool,
  identity: SeriesIdentity,
  given: BarTable | PlaceBars,
): Promise<MergeResult> {
  const row = await findBySymbol(pool, identity.symbol);
  if (row) refuseOtherZone(row, identity);
  const newest = row && (await newestVersion(pool, row.id));
  const bars = ascending(await place(pool, given, newest?.version ?? null));
  const next = await nextVersion(pool, row?.id ?? "", newest?.chunks ?? noChunks, bars, null);
  const series: PriceSeries | null = row && newest ? withVersion(row, newest.version) : null;
  return { series, ...countsOf(next, bars) };
}

function refuseOtherZone({ symbol, timezone }: SeriesRow, asked: SeriesIdentity): void {
  if (timezone === asked.timezone) return;
  throw new Conflict(`${symbol} keeps its dates in ${timezone}, and this import says ${asked.timezone}`);
}

const place = async (
  db: PoolClient | Pool,
  given: BarTable | PlaceBars,
  version: PriceSeries["version"] | null,
): Promise<BarTable> => (typeof given === "function" ? given(await timesToPlaceAmong(db, version)) : given);

/** @throws Error where two bars have one time, or the order is not that of time. */
function ascending(bars: BarTable): BarTable {
  for (let at = 1; at < bars.time.length; at++) {
    if (bars.time[at]! > bars.time[at - 1]!) continue;
    throw new Error(
      `bars must be ascending in time, each time once: got ${bars.time[at]} after ${bars.time[at - 1]}`,
    );
  }
  return bars;
}

const countsOf = ({ added, updated }: NextVersion, { time }: BarTable) => ({
  added,
  updated,
  unchanged: time.length - added - updated,
});

const latest = (before: number | undefined, given: number | undefined): number | null => {
  const last = Math.max(before ?? Number.NEGATIVE_INFINITY, given ?? Number.NEGATIVE_INFINITY);
  return last === Number.NEGATIVE_INFINITY ? null : last;
};

/** Keeps a name or currency that the import does not give. */
async function describe(client: PoolClient, row: SeriesRow, asked: SeriesIdentity): Promise<SeriesRow> {
  const after = { ...row, name: asked.name ?? row.name, currency: asked.currency ?? row.currency };
  if (after.name === row.name && after.currency === row.currency) return row;
  const sql = "UPDATE price_series SET name = $2, currency = $3, updated_at = now() WHERE id = $1";
  await client.query(sql, [row.id, after.name, after.currency]);
  return after;
}
