/** Adding bars to a series: a new version, or none where nothing is new. */
import type { Pool, PoolClient } from "pg";
import { Conflict } from "../../domain/errors.ts";
import type { IncomingBars } from "../../domain/incoming-bars.ts";
import { type ChunkShelf, type NextVersion, noVersion } from "../../domain/next-version.ts";
import type { PriceSeries } from "../../domain/price-series.ts";
import type { MergeResult, SeriesIdentity } from "../../ports/series.ts";
import { chunkWriter } from "./chunk-writer.ts";
import { timesToPlaceAmong } from "./read-bars.ts";
import { readChunks } from "./stored-chunks.ts";
import {
  addVersion,
  findBySymbol,
  lockOrCreate,
  newestVersion,
  type SeriesRow,
  type VersionChunks,
  withVersion,
} from "./versions.ts";

/**
 * Creates the series or adds to it, within the client's transaction. Holds the series' row until that ends: two imports
 * take turns, and bars are placed among those that the series then has.
 * @throws Conflict when the series is kept in another time zone; what the bars throw where they cannot be placed.
 */
export async function mergeBars(
  client: PoolClient,
  identity: SeriesIdentity,
  bars: IncomingBars,
): Promise<MergeResult> {
  const row = await lockOrCreate(client, identity);
  refuseOtherZone(row, identity);
  const newest = await newestVersion(client, row.id);
  const writer = chunkWriter(client, row.id);
  const next = await keepingAlive(client, () =>
    weave(client, row.id, newest, bars, {
      store: writer.take,
      // A connection runs one statement at a time.
      beforeReading: () => writer.written(),
    }),
  );
  await writer.written();
  const series = await describe(client, row, identity);
  const counts = countsOf(next);
  if (newest && next.added + next.updated === 0)
    return { series: withVersion(series, newest.version), ...counts };
  const version = await addVersion(client, row.id, next, {
    barCount: next.barCount,
    lastTime: latest(newest?.version.lastTime?.getTime(), next.lastGiven),
    imported: next,
  });
  return { series: withVersion(series, version), ...counts };
}

/** Counts the same, stores nothing and locks nothing. @throws as mergeBars */
export async function rehearseMerge(
  pool: Pool,
  identity: SeriesIdentity,
  bars: IncomingBars,
): Promise<MergeResult> {
  const row = await findBySymbol(pool, identity.symbol);
  if (row) refuseOtherZone(row, identity);
  const newest = row && (await newestVersion(pool, row.id));
  const next = await weave(pool, row?.id ?? "", newest, bars, { store: null, beforeReading: async () => {} });
  const series: PriceSeries | null = row && newest ? withVersion(row, newest.version) : null;
  return { series, ...countsOf(next) };
}

interface Writing {
  readonly store: ChunkShelf["store"];
  readonly beforeReading: () => Promise<void>;
}

async function weave(
  db: PoolClient | Pool,
  seriesId: string,
  newest: VersionChunks | null,
  bars: IncomingBars,
  { store, beforeReading }: Writing,
): Promise<NextVersion> {
  const version = newest ? { ...newest.chunks, barCount: newest.version.barCount } : noVersion;
  const times = await timesToPlaceAmong(db, newest?.version ?? null);
  return bars.weave(
    { times, version },
    {
      store,
      async read(places) {
        await beforeReading();
        return readChunks(
          db,
          seriesId,
          places.map((place) => version.hashes[place]!),
        );
      },
    },
  );
}

/** Less than PostgreSQL lets a transaction be idle: a long file that brings nothing new needs no query for as long. */
const lifeSignMs = 5_000;

async function keepingAlive<T>(client: PoolClient, work: () => Promise<T>): Promise<T> {
  const timer = setInterval(() => {
    client.query("SELECT 1").catch(() => {}); // the work's own queries tell
  }, lifeSignMs);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

function refuseOtherZone({ symbol, timezone }: SeriesRow, asked: SeriesIdentity): void {
  if (timezone === asked.timezone) return;
  throw new Conflict(`${symbol} keeps its dates in ${timezone}, and this import says ${asked.timezone}`);
}

const countsOf = ({ added, updated, unchanged, review }: NextVersion) => ({
  added,
  updated,
  unchanged,
  review,
});

const latest = (before: number | undefined, given: number): number | null => {
  const last = Math.max(before ?? Number.NEGATIVE_INFINITY, given);
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
