/**
 * What a version becomes when bars come to it: which chunks stay, which are new. Walks both in the order of time with no more
 * of either in memory than a piece; reads no chunk that gets no bars, nor one that the bars are known to repeat by its hash.
 */
import { barsPerChunk, chunkHash, columnBytes, numbersIn } from "./bar-chunks.ts";
import { BarFeed } from "./bar-feed.ts";
import { emptyTable, mapColumns, sliceBars, tableColumns } from "./bar-table.ts";
import { chunkCutter } from "./chunk-cutter.ts";
import { type ImportReview, ImportReviewer } from "./import-review.ts";
import { firstAfter, mergeTables } from "./merge-tables.ts";
import type { NewChunk } from "./new-chunk.ts";
import type { BarTable } from "./price-series.ts";

/** The chunks of a version, in the order of time. */
export interface ChunkList {
  readonly hashes: readonly Uint8Array[];
  /** Of each chunk's first bar. */
  readonly times: readonly number[];
}
export interface VersionBefore extends ChunkList {
  readonly barCount: number;
}
export const noVersion: VersionBefore = { hashes: [], times: [], barCount: 0 };

export interface NextVersion extends ChunkList {
  readonly barCount: number;
  /** Time of the last bar that came; -Infinity where none did. */
  readonly lastGiven: number;
  readonly added: number;
  readonly updated: number;
  /** Bars that came and changed nothing. */
  readonly unchanged: number;
  readonly review: ImportReview;
}

/** @param whenStored hears that the chunk's memory is not needed any more. */
export type StoreChunk = (chunk: NewChunk, whenStored?: () => void) => Promise<void>;

/** Where the chunks of a series are. */
export interface ChunkShelf {
  /** The columns of chunks by their places in the version before, in the order of tableColumns, as array_send writes them. */
  read(places: readonly number[]): Promise<readonly (readonly Uint8Array[])[]>;
  /** Waits where much is on its way. Null: only the counts are wanted. */
  readonly store: StoreChunk | null;
}

const mostAtATime = 65_536;

/**
 * @param given ascending in time, no time twice.
 * @throws Error where it is not.
 */
export async function nextVersion(
  before: VersionBefore,
  given: Iterable<BarTable>,
  shelf: ChunkShelf,
): Promise<NextVersion> {
  const feed = new BarFeed(given);
  const cutter = chunkCutter(shelf.store);
  const read = readerOf(shelf, before.hashes.length);
  const reviewer = new ImportReviewer();
  let [added, updated] = [0, 0];
  /** The chunk before the one in hand, where it was not read. */
  let unread: number | null = null;
  const weave = async (known: BarTable, news: BarTable) => {
    const merged = mergeTables(known, news, (...change) => reviewer.changing(...change));
    reviewer.came(news);
    // From the last bar of a chunk that stays to the first of this one the price may jump now.
    if (unread !== null && isOtherBar(known, merged.bars)) {
      const neighbours = await read(unread);
      const newest = sliceBars(neighbours, neighbours.time.length - 1, neighbours.time.length);
      reviewer.woven(newest, newest);
    }
    unread = null;
    reviewer.woven(known, merged.bars);
    added += merged.added;
    updated += merged.updated;
    cutter.push(merged.bars);
  };
  for (const [place, hash] of before.hashes.entries()) {
    const end = before.times[place + 1] ?? Number.POSITIVE_INFINITY;
    const size = Math.min(barsPerChunk, before.barCount - place * barsPerChunk);
    const isAligned = cutter.isEmpty();
    const keep = () => cutter.keep(hash, before.times[place]!);
    let news = feed.take(end, size + 1);
    if (isAligned && (news.time.length === 0 || (news.time.length === size && isChunk(news, hash)))) {
      keep();
      reviewer.came(news);
      if (reviewer.endsTouched) {
        const first = sliceBars(await read(place), 0, 1);
        reviewer.woven(first, first);
      }
      reviewer.skipped();
      unread = place;
      continue;
    }
    const changesBefore = added + updated;
    const isChanged = () => !isAligned || added + updated > changesBefore;
    let known = await read(place);
    for (; news.time.length > 0; news = feed.take(end, mostAtATime)) {
      const reached = firstAfter(known.time, news.time.at(-1)!);
      await weave(sliceBars(known, 0, reached), news);
      known = sliceBars(known, reached, known.time.length);
      if (isChanged()) await cutter.cut(barsPerChunk);
    }
    cutter.push(known);
    reviewer.woven(known, known);
    unread = null;
    if (isChanged()) await cutter.cut(barsPerChunk);
    else keep();
  }
  for (;;) {
    const news = feed.take(Number.POSITIVE_INFINITY, mostAtATime);
    if (news.time.length === 0) break;
    added += news.time.length;
    cutter.push(news);
    reviewer.came(news);
    reviewer.woven(emptyTable, news);
    await cutter.cut(barsPerChunk);
  }
  await cutter.cut(1);
  const { hashes, times } = cutter;
  const counts = { added, updated, unchanged: feed.taken - added - updated };
  return {
    hashes,
    times,
    barCount: before.barCount + added,
    lastGiven: feed.last,
    ...counts,
    review: reviewer.review(),
  };
}

/** Whether the first bar of a stretch is another one, or has another close, than before. */
const isOtherBar = (before: BarTable, after: BarTable): boolean =>
  before.time[0] !== after.time[0] || before.close[0] !== after.close[0];

function isChunk(bars: BarTable, hash: Uint8Array): boolean {
  const own = chunkHash(columnBytes(bars));
  return own.every((byte, at) => byte === hash[at]);
}

const furthestAhead = 16;

/** Reads chunks in order: the more of them at once, the more follow each other. */
function readerOf(shelf: ChunkShelf, chunks: number): (place: number) => Promise<BarTable> {
  let read: readonly (readonly Uint8Array[])[] = [];
  let from = 0;
  let ahead = 1;
  return async (place) => {
    if (place < from || place - from >= read.length) {
      ahead = place === from + read.length ? Math.min(2 * ahead, furthestAhead) : 1;
      const places = Array.from({ length: Math.min(ahead, chunks - place) }, (_, at) => place + at);
      read = await shelf.read(places);
      from = place;
    }
    const columns = read[place - from]!;
    return mapColumns((column) => numbersIn(columns[tableColumns.indexOf(column)]!));
  };
}
