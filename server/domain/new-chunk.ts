/** A chunk as it is stored: its bars, what charts and checks need of them, and the hash by which it is known. */
import { arrayBytes, arraySize, chunkHash } from "./bar-chunks.ts";
import { detailsOf } from "./bar-details.ts";
import { tableColumns } from "./bar-table.ts";
import { chunkFacts, factNumbers } from "./chunk-facts.ts";
import type { BarTable } from "./price-series.ts";

export interface NewChunk {
  readonly hash: Uint8Array;
  /**
   * The columns in the order of tableColumns, the details in that of detailBlocks, the facts; each as array_send writes it,
   * with its length before it: so COPY takes the fields of a row. One piece of memory, which threads may hand over.
   */
  readonly fields: Uint8Array<ArrayBuffer>;
}

const lengthBytes = 4;

export function newChunk(bars: BarTable): NewChunk {
  const columns = tableColumns.map((column) => bars[column]);
  const arrays = [...columns, ...detailsOf(bars).map(flat), factNumbers(chunkFacts(bars))];
  const size = arrays.reduce((sum, { length }) => sum + lengthBytes + arraySize(length), 0);
  const fields = new Uint8Array(size);
  const view = new DataView(fields.buffer);
  let at = 0;
  const written = arrays.map((values) => {
    const bytes = fields.subarray(at + lengthBytes, at + lengthBytes + arraySize(values.length));
    view.setInt32(at, bytes.length);
    arrayBytes(values, bytes);
    at += lengthBytes + bytes.length;
    return bytes;
  });
  return { hash: chunkHash(written.slice(0, columns.length)), fields };
}

/** Seven columns one after the other. */
function flat(table: BarTable): Float64Array {
  const { length } = table.time;
  const values = new Float64Array(tableColumns.length * length);
  for (const [at, column] of tableColumns.entries()) values.set(table[column], at * length);
  return values;
}
