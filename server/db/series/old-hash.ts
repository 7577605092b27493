/** The content hash of releases before versions, which runs of theirs are known by: for the migration only. */
import { createHash } from "node:crypto";
import { setImmediate as others } from "node:timers/promises";
import { sliceBars, tableColumns } from "../../domain/bar-table.ts";
import type { BarTable } from "../../domain/price-series.ts";

const hashVersion = "gatecast bars 1\n";

/** SHA-256 in hex over the version line, then each column as little-endian float64, unknown values as the one quiet NaN. */
export function oldContentHash(table: BarTable): string {
  const hash = createHash("sha256").update(hashVersion);
  for (const column of tableColumns) hash.update(littleEndian(table[column]));
  return hash.digest("hex");
}

/** What is hashed in search of shorter tables, for each series: some 10 s of work. Each try costs the whole table. */
const mostBytes = 4e9;
const bytesPerBar = 8 * tableColumns.length;

/**
 * How many bars the series had when it had each of these hashes: all of them now, or fewer at an earlier time. Of tables
 * that were changed otherwise nothing is left.
 * @param likely lengths that are tried first.
 */
export async function lengthsByOldHash(
  bars: BarTable,
  hashes: ReadonlySet<string>,
  likely: readonly number[],
): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>();
  const tried = new Set<number>();
  let budget = mostBytes;
  const all = bars.time.length;
  const lengths = function* () {
    yield* [all, ...likely];
    for (let length = all - 1; length > 0; length--) yield length;
  };
  for (const length of lengths()) {
    if (found.size === hashes.size || budget < 0) break;
    if (tried.has(length)) continue;
    tried.add(length);
    const hash = oldContentHash(sliceBars(bars, 0, length));
    if (hashes.has(hash) && !found.has(hash)) found.set(hash, length);
    budget -= length * bytesPerBar;
    await others(); // a supervisor asks whether this process is alive
  }
  return found;
}

function littleEndian(values: Float64Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * 8));
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!;
    // NaN has many bit patterns, and 0 has two.
    if (Number.isNaN(value)) view.setBigUint64(index * 8, 0x7ff8000000000000n, true);
    else view.setFloat64(index * 8, value + 0, true);
  }
  return new Uint8Array(view.buffer);
}
