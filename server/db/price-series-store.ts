/** Price series and their bars in PostgreSQL. Prisma for reading rows, our own SQL where a million bars move. */
import type { PoolClient } from "pg";
import type { Bar, PriceSeries } from "../domain/price-series.ts";
import type { PriceSeriesStore } from "../ports/series.ts";
import { readColumns } from "./bar-table-sql.ts";
import type { Database } from "./client.ts";
import type { Bar as BarRow, PriceSeries as SeriesRow } from "./generated/client.ts";
import { mergeBars } from "./merge-bars.ts";
import { pageOf, pageSizeOf, positionOf } from "./page.ts";
import { isUuid } from "./run-row.ts";
import { sqlTransaction } from "./sql-transaction.ts";

const mostSeriesPerPage = 1000;
const mostBarsPerPage = 10_000;

export function priceSeriesStore({ prisma, pool }: Pick<Database, "prisma" | "pool">): PriceSeriesStore {
  return {
    async findById(id) {
      if (!isUuid(id)) return null;
      const row = await prisma.priceSeries.findUnique({ where: { id } });
      return row && seriesOf(row);
    },

    async findBySymbol(symbol) {
      if (!isStorable(symbol)) return null;
      const row = await prisma.priceSeries.findUnique({ where: { symbol } });
      return row && seriesOf(row);
    },

    async findMany(ids) {
      const rows = await prisma.priceSeries.findMany({ where: { id: { in: ids.filter(isUuid) } } });
      return rows.map(seriesOf);
    },

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
        }),
        prisma.priceSeries.count({ where }),
        position === null ? null : prisma.priceSeries.findFirst({ where: beyond({ lte: position }) }),
      ]);
      const parts = { node: seriesOf, position: (row: SeriesRow) => row.symbol };
      return pageOf(rows, size, parts, { totalCount, hasPreviousPage: before !== null });
    },

    merge(identity, bars, { dryRun }) {
      const merge = (client: PoolClient) => mergeBars(client, identity, bars, { dryRun });
      return sqlTransaction(pool, merge, { end: dryRun ? "ROLLBACK" : "COMMIT" });
    },

    async bars(seriesId, { first, after }, { from, to }) {
      const size = pageSizeOf(first, mostBarsPerPage);
      const position = positionOf(after, timeOfPosition);
      const range = { seriesId, time: { gte: askable(from), lte: askable(to) } };
      const beyond = (bound: { gt: Date } | { lte: Date }) => ({ AND: [range, { time: bound }] });
      const [rows, totalCount, before] = await Promise.all([
        prisma.bar.findMany({
          where: position === null ? range : beyond({ gt: position }),
          orderBy: { time: "asc" },
          take: size + 1,
        }),
        prisma.bar.count({ where: range }),
        position === null ? null : prisma.bar.findFirst({ where: beyond({ lte: position }) }),
      ]);
      const parts = { node: barOf, position: (row: BarRow) => String(row.time.getTime()) };
      return pageOf(rows, size, parts, { totalCount, hasPreviousPage: before !== null });
    },

    columns: (seriesId, range) => readColumns(pool, seriesId, range),
  };
}

const seriesOf = ({ createdAt: _, updatedAt: __, ...series }: SeriesRow): PriceSeries => series;
const barOf = ({ seriesId: _, ...bar }: BarRow): Bar => bar;

/** PostgreSQL has no text with a zero byte in it, so nothing stored is called so. */
const isStorable = (text: string): boolean => !text.includes("\0");

/** Prisma hands `contains` to ILIKE as it is, where these three mean something. */
const likeLiteral = (text: string): string => text.replaceAll("\0", "\ufffd").replace(/[\\%_]/g, "\\$&");

/** Bars are of the years 1500 to 2199 somewhere on earth. */
const [earliest, latest] = [Date.UTC(1499, 11, 31), Date.UTC(2200, 0, 2)];

function timeOfPosition(position: string): Date | null {
  const time = /^-?\d{1,15}$/.test(position) ? Number(position) : Number.NaN;
  return time >= earliest && time < latest ? new Date(time) : null;
}

/** Prisma writes the years before 1 in a way that PostgreSQL does not read. No bar is so old. */
const askable = (time: Date | null | undefined): Date | undefined =>
  time == null ? undefined : new Date(Math.max(time.getTime(), earliest));
