/** Makes the next version of a series from new bars: which chunks stay, which are new. Reads no chunk that stays as it is. */
import type { ClientBase, Pool } from "pg";
import { barsPerChunk } from "../../domain/bar-chunks.ts";
import { concatBars, sliceBars } from "../../domain/bar-table.ts";
import type { BarTable } from "../../domain/price-series.ts";
import type { ChunkWriter } from "./chunk-writer.ts";
import { firstAtOrAfter, mergeTables } from "./merge-tables.ts";
import { readChunks } from "./stored-chunks.ts";

/** The chunks of a version, in the order of time. */
export interface ChunkList {
  readonly hashes: readonly Buffer[];
  /** Of each chunk's first bar. */
  readonly times: readonly number[];
}

export interface NextVersion extends ChunkList {
  readonly added: number;
  readonly updated: number;
}

/**
 * @param given ascending in time, no time twice.
 * @param writer null: only the counts are wanted.
 */
export async function nextVersion(
  db: ClientBase | Pool,
  seriesId: string,
  before: ChunkList,
  given: BarTable,
  writer: ChunkWriter | null,
): Promise<NextVersion> {
  const hashes: Buffer[] = [];
  const times: number[] = [];
  /** Bars that do not make a chunk yet. */
  let rest: BarTable[] = [];
  let [added, updated] = [0, 0];
  const emit = async (atLeast: number) => {
    const bars = concatBars(rest);
    let from = 0;
    for (; bars.time.length - from >= atLeast; from += barsPerChunk) {
      const chunk = sliceBars(bars, from, from + barsPerChunk);
      times.push(chunk.time[0]!);
      hashes.push(writer ? await writer.take(chunk) : noHash);
    }
    rest = from < bars.time.length ? [sliceBars(bars, from, bars.time.length)] : [];
  };
  const share = sharesOf(before, given);
  const read = chunkReader(db, seriesId, before, (chunk) => share(chunk).time.length > 0);

  for (const [chunk, hash] of before.hashes.entries()) {
    const news = share(chunk);
    if (news.time.length === 0 && rest.length === 0) {
      hashes.push(hash);
      times.push(before.times[chunk]!);
      continue;
    }
    // A connection runs one statement at a time.
    await writer?.written();
    const merged = mergeTables(await read(chunk, rest.length > 0), news);
    added += merged.added;
    updated += merged.updated;
    if (merged.added + merged.updated === 0 && rest.length === 0) {
      hashes.push(hash);
      times.push(before.times[chunk]!);
      continue;
    }
    rest.push(merged.bars);
    await emit(barsPerChunk);
  }
  if (before.hashes.length === 0 && given.time.length > 0) {
    rest = [given];
    added = given.time.length;
  }
  if (rest.length > 0) await emit(1);
  await writer?.written();
  return { hashes, times, added, updated };
}

const noHash = Buffer.alloc(0);

/** The given bars that belong to a chunk: those up to the next chunk's first, and before all chunks to the first one. */
function sharesOf({ times }: ChunkList, given: BarTable): (chunk: number) => BarTable {
  const startOf = (chunk: number) => {
    if (chunk === 0) return 0;
    return chunk < times.length ? firstAtOrAfter(given.time, times[chunk]!) : given.time.length;
  };
  return (chunk) => sliceBars(given, startOf(chunk), startOf(chunk + 1));
}

const readAhead = 16;

/** Reads chunks that are asked for in order, several at once. */
function chunkReader(
  db: ClientBase | Pool,
  seriesId: string,
  { hashes }: ChunkList,
  isNeeded: (chunk: number) => boolean,
) {
  let read: ReadonlyMap<string, BarTable> = new Map();
  /** @param allFollow whether every chunk from this one on will be asked for, as after a bar that moves all others. */
  return async (chunk: number, allFollow: boolean): Promise<BarTable> => {
    const name = hashes[chunk]!.toString("hex");
    if (!read.has(name)) {
      const wanted: Buffer[] = [];
      for (let next = chunk; next < hashes.length && wanted.length < readAhead; next++)
        if (next === chunk || allFollow || isNeeded(next)) wanted.push(hashes[next]!);
      read = await readChunks(db, seriesId, wanted);
    }
    const bars = read.get(name);
    if (!bars) throw new Error(`chunk ${name} of series ${seriesId} is gone`);
    return bars;
  };
}
