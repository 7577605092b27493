/** The bars of a version: a page of them, all of them, those that a chart is drawn from. Only the chunks in question are read. */
import type { ClientBase, Pool } from "pg";
import { barsPerChunk } from "../../domain/bar-chunks.ts";
import { blockFor, detailOf } from "../../domain/bar-details.ts";
import { concatBars, emptyTable } from "../../domain/bar-table.ts";
import type { Bar, BarTable, SeriesVersion } from "../../domain/price-series.ts";
import type { Page, PageRequest } from "../../ports/pages.ts";
import type { BarsOf, TimeRange } from "../../ports/series.ts";
import { cursorOf, pageSizeOf, positionOf } from "../page.ts";
import { barsAreMissing, readColumn, readDetails, readRange } from "./stored-chunks.ts";
import { countBefore } from "./versions.ts";

const mostBarsPerPage = 10_000;

export async function readPage(
  db: Pool,
  version: BarsOf,
  { first, after }: PageRequest,
  range: TimeRange,
): Promise<Page<Bar>> {
  const size = pageSizeOf(first, mostBarsPerPage);
  const passed = positionOf(after, timeOfPosition) ?? Number.NEGATIVE_INFINITY;
  const [start, end, beyond] = await placesOf(db, version, range, passed);
  const from = Math.min(Math.max(start, beyond), end);
  const table = await readWhole(db, version, from, Math.min(from + size, end));
  return {
    items: Array.from(table.time, (time, index) => ({
      cursor: cursorOf(String(time)),
      node: barAt(table, index),
    })),
    totalCount: end - start,
    hasNextPage: from + size < end,
    hasPreviousPage: beyond > start && end > start,
  };
}

/** All bars of [from, to), by default of the whole version. */
export async function readWhole(
  db: Pool,
  version: BarsOf,
  from = 0,
  to = version.barCount,
): Promise<BarTable> {
  const pieces: BarTable[] = [];
  for await (const piece of readRange(db, version.id, from, to)) pieces.push(piece);
  return pieces.length === 0 ? emptyTable : concatBars(pieces);
}

/**
 * Bars that stand for all of a range: real ones, at least about twice as many as `maxPoints` where there are so many, and
 * among them the lowest and the highest of each column.
 */
export async function readForChart(
  db: Pool,
  version: BarsOf,
  range: TimeRange,
  maxPoints: number,
): Promise<BarTable> {
  const [from, to] = await placesOf(db, version, range);
  const block = blockFor(to - from, maxPoints);
  if (block === null) return readWhole(db, version, from, Math.max(from, to));
  const firstWhole = Math.ceil(from / barsPerChunk);
  // The last chunk is whole with fewer bars.
  const endWhole = to === version.barCount ? Math.ceil(to / barsPerChunk) : Math.floor(to / barsPerChunk);
  const edges = (start: number, end: number) => readWhole(db, version, start, Math.max(start, end));
  const [before, whole, after] = await Promise.all([
    edges(from, Math.min(firstWhole * barsPerChunk, to)),
    readDetails(db, version.id, block, firstWhole, Math.max(firstWhole, endWhole)),
    edges(Math.max(endWhole * barsPerChunk, from), endWhole >= firstWhole ? to : from),
  ]);
  return concatBars([detailOf(before, block), ...whole, detailOf(after, block)]);
}

/** Where a range begins and ends among the bars of a version, and where the bars after `passed` begin. */
async function placesOf(
  db: Pool,
  { id, barCount }: BarsOf,
  { from, to }: TimeRange,
  passed: number = Number.NEGATIVE_INFINITY,
): Promise<[from: number, to: number, beyond: number]> {
  // The millisecond after includes the bar itself.
  const times = [
    from?.getTime() ?? Number.NEGATIVE_INFINITY,
    to ? to.getTime() + 1 : Number.POSITIVE_INFINITY,
    passed + 1,
  ];
  if (times.every((time) => !Number.isFinite(time))) return [0, barCount, 0];
  const [start, end, beyond] = await countBefore(db, id, times);
  if (start === undefined) return barsAreMissing(db, id);
  return [start, Math.max(end!, start), beyond!];
}

/** Of a series with more bars than days the newest show as much as all of them. */
const newestBars = 10_000;
const dayMs = 86_400_000;

/** The times of a version's bars, ascending; where there are many more than days only the newest. */
export async function timesToPlaceAmong(
  db: ClientBase | Pool,
  version: SeriesVersion | null,
): Promise<Float64Array> {
  if (version === null || version.barCount === 0) return new Float64Array();
  const { id, barCount, firstTime, lastTime } = version;
  const days = ((lastTime?.getTime() ?? 0) - (firstTime?.getTime() ?? 0)) / dayMs;
  const wanted = barCount > 2 * days ? Math.min(barCount, newestBars) : barCount;
  return readColumn(db, id, "time", barCount - wanted, barCount);
}

function barAt(table: BarTable, index: number): Bar {
  const known = (value: number) => (Number.isNaN(value) ? null : value);
  return {
    time: new Date(table.time[index]!),
    open: table.open[index]!,
    high: table.high[index]!,
    low: table.low[index]!,
    close: table.close[index]!,
    adjustedClose: known(table.adjustedClose[index]!),
    volume: known(table.volume[index]!),
  };
}

/** Bars are of the years 1500 to 2199 somewhere on earth. */
const [earliest, latest] = [Date.UTC(1499, 11, 31), Date.UTC(2200, 0, 2)];

function timeOfPosition(position: string): number | null {
  const time = /^-?\d{1,15}$/.test(position) ? Number(position) : Number.NaN;
  return time >= earliest && time < latest ? time : null;
}
