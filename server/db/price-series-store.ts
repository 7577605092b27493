/** Price series and their versions in PostgreSQL. Prisma for reading rows, our own SQL where a million bars move. */
import { Conflict, NotFound } from "../domain/errors.ts";
import { barsHere } from "../domain/incoming-bars.ts";
import type { PriceSeries, SeriesVersion } from "../domain/price-series.ts";
import type { PriceSeriesStore, SeriesRuns } from "../ports/series.ts";
import type { Database } from "./client.ts";
import type { Prisma } from "./generated/client.ts";
import { pageOf, pageSizeOf, positionOf } from "./page.ts";
import { isUuid } from "./run-row.ts";
import { mergeBars, rehearseMerge } from "./series/merge-bars.ts";
import { readForChart, readPage, readWhole } from "./series/read-bars.ts";
import { barsAreMissing, readColumn, readFacts } from "./series/stored-chunks.ts";
import {
  cleanVersions,
  countBefore,
  findSeriesWithVersion,
  lockSeries,
  revertTo,
  withVersion,
} from "./series/versions.ts";
import { sqlTransaction } from "./sql-transaction.ts";
import { clientOf } from "./transaction.ts";

const mostSeriesPerPage = 1000;

/** Leaves out the list of chunks, which may be long: only reading bars needs it. */
const version = { omit: { chunks: true, chunkTimes: true } } as const;
const include = { version } as const;
type SeriesRow = Prisma.PriceSeriesGetPayload<{ include: typeof include }>;

export function priceSeriesStore({ prisma, pool }: Pick<Database, "prisma" | "pool">): PriceSeriesStore {
  /** Versions are deleted apart from what made them unneeded: a run that just began on one must not undo an import. */
  const clean = (seriesId: string) =>
    sqlTransaction(pool, (client) => cleanVersions(client, seriesId)).catch((error: unknown) => {
      if (!isStillNeeded(error)) throw error;
    });

  return {
    async findById(id) {
      return isUuid(id) ? ((await findSeriesWithVersion(pool, "s.id = $1", id))[0] ?? null) : null;
    },

    async findBySymbol(symbol) {
      if (!isStorable(symbol)) return null;
      return (await findSeriesWithVersion(pool, "s.symbol = $1", symbol))[0] ?? null;
    },

    findMany: (ids) => findSeriesWithVersion(pool, "s.id = ANY($1::uuid[])", ids.filter(isUuid)),

    async list({ first, after }, search) {
      const size = pageSizeOf(first, mostSeriesPerPage);
      const position = positionOf(after, (symbol) => (symbol && isStorable(symbol) ? symbol : null));
      const contains = { contains: likeLiteral(search?.trim() ?? ""), mode: "insensitive" } as const;
      const where = search?.trim() ? { OR: [{ symbol: contains }, { name: contains }] } : {};
      const beyond = (bound: { gt: string } | { lte: string }) => ({ AND: [where, { symbol: bound }] });
      const [rows, totalCount, before] = await Promise.all([
        prisma.priceSeries.findMany({
          where: position === null ? where : beyond({ gt: position }),
          orderBy: { symbol: "asc" },
          take: size + 1,
          include,
        }),
        prisma.priceSeries.count({ where }),
        position === null ? null : prisma.priceSeries.findFirst({ where: beyond({ lte: position }) }),
      ]);
      const parts = { node: seriesOf, position: (row: SeriesRow) => row.symbol };
      return pageOf(rows, size, parts, { totalCount, hasPreviousPage: before !== null });
    },

    async merge(identity, given, { dryRun }) {
      const bars = "weave" in given ? given : barsHere(given);
      if (dryRun) return rehearseMerge(pool, identity, bars);
      const merged = await sqlTransaction(pool, (client) => mergeBars(client, identity, bars));
      if (merged.series && merged.added + merged.updated > 0) await clean(merged.series.id);
      return merged;
    },

    async revert(id, toVersion) {
      const series = await sqlTransaction(pool, async (client) => {
        const row = await lockSeries(client, id);
        return withVersion(row, await revertTo(client, row, toVersion));
      });
      await clean(id);
      return series;
    },

    async describe(id, { symbol, name, currency }) {
      const data = {
        ...(symbol !== undefined && { symbol }),
        ...(name !== undefined && { name }),
        ...(currency !== undefined && { currency }),
      };
      try {
        await prisma.priceSeries.update({ where: { id }, data });
      } catch (error) {
        if (isTaken(error)) throw new Conflict(`another series has the symbol ${symbol} already`);
        if (!isNoneFound(error)) throw error;
      }
      const [series] = await findSeriesWithVersion(pool, "s.id = $1", id);
      if (!series) throw new NotFound(`there is no price series ${id}`);
      return series;
    },

    async runsOf(ids) {
      const { rows } = await pool.query<SeriesRuns & { id: string }>(runsSql, [ids.filter(isUuid)]);
      return new Map(rows.map(({ id, ...runs }) => [id, runs]));
    },

    async lock(tx, id) {
      if (!isUuid(id)) return false;
      const rows = await clientOf(tx).$queryRaw<unknown[]>`
        SELECT 1 FROM price_series WHERE id = ${id}::uuid FOR UPDATE`;
      // A run of another series that sees this one refers to a version alone.
      await clientOf(tx).$queryRaw`SELECT 1 FROM series_version WHERE series_id = ${id}::uuid FOR UPDATE`;
      return rows.length > 0;
    },

    async delete(tx, id) {
      await clientOf(tx).priceSeries.delete({ where: { id } });
    },

    clean,

    async versions(seriesId, { first, after }) {
      const size = pageSizeOf(first, mostSeriesPerPage);
      const position = positionOf(after, (number) => (/^\d{1,9}$/.test(number) ? Number(number) : null));
      const beyond = (bound: { lt: number } | { gte: number }) => ({ seriesId, number: bound });
      const [rows, totalCount, before] = await Promise.all([
        prisma.seriesVersion.findMany({
          where: position === null ? { seriesId } : beyond({ lt: position }),
          orderBy: { number: "desc" },
          take: size + 1,
          ...version,
        }),
        prisma.seriesVersion.count({ where: { seriesId } }),
        position === null ? 0 : prisma.seriesVersion.count({ where: beyond({ gte: position }) }),
      ]);
      const parts = {
        node: (row: SeriesVersion) => row,
        position: (row: SeriesVersion) => String(row.number),
      };
      return pageOf(rows, size, parts, { totalCount, hasPreviousPage: before > 0 });
    },

    findVersions: (ids) =>
      prisma.seriesVersion.findMany({ where: { id: { in: ids.filter(isUuid) } }, ...version }),

    bars: (of, page, range) => readPage(pool, of, page, range),
    columns: (of, from = 0) => readWhole(pool, of, from),

    async countAfter({ id, barCount }, time) {
      // The millisecond after it includes the bar itself.
      const [before] = await countBefore(pool, id, [time.getTime() + 1]);
      return before === undefined ? barsAreMissing(pool, id) : barCount - before;
    },

    chartColumns: (of, range, maxPoints) => readForChart(pool, of, range, maxPoints),
    chunkFacts: (of) => readFacts(pool, of),
    column: ({ id }, column, from, to) => readColumn(pool, id, column, from, to),
  };
}

const runsSql = `
  SELECT run.series_id AS id, count(*)::int AS runs, max(score.skill) AS "bestSkill",
         (array_agg(run.config ->> 'target' ORDER BY score.skill DESC) FILTER (WHERE score.skill IS NOT NULL))[1] AS "bestTarget"
  FROM run LEFT JOIN run_score score ON score.run_id = run.id AND score.split = 'TEST' AND score.fold = 0
    AND score.step = 0 AND score.forecaster = 'GRU'
  WHERE run.series_id = ANY($1::uuid[]) GROUP BY run.series_id`;

/** Prisma's codes: a unique column has the value, and there is no such row. */
const isTaken = (error: unknown): boolean => (error as { code?: unknown }).code === "P2002";
const isNoneFound = (error: unknown): boolean => (error as { code?: unknown }).code === "P2025";

/** Null for one that was deleted while Prisma read it: first the series, then their versions. */
function seriesOf(row: SeriesRow): PriceSeries | null {
  const { createdAt: _, updatedAt: __, versionId: ___, version, ...series } = row;
  return version && withVersion(series, version);
}

/** A run began on a version after it was found unneeded. A later call deletes it. */
const isStillNeeded = (error: unknown): boolean => (error as { code?: unknown }).code === "23503";

/** PostgreSQL has no text with a zero byte in it, so nothing stored is called so. */
const isStorable = (text: string): boolean => !text.includes("\0");

/** Prisma hands `contains` to ILIKE as it is, where these three mean something. */
const likeLiteral = (text: string): string => text.replaceAll("\0", "\ufffd").replace(/[\\%_]/g, "\\$&");
