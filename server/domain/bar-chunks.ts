/** How a table of bars is cut, written as bytes and hashed. A chunk never changes: versions of a series share those that are alike. */
import { createHash } from "node:crypto";
import { sliceBars, tableColumns } from "./bar-table.ts";
import type { BarTable } from "./price-series.ts";

/** Fixed, so that the same bars always make the same chunks: bar i lies in chunk i / barsPerChunk. */
export const barsPerChunk = 4096;

export function* chunksOf(table: BarTable): Generator<BarTable> {
  for (let from = 0; from < table.time.length; from += barsPerChunk)
    yield sliceBars(table, from, from + barsPerChunk);
}

const headerBytes = 20;
const valueBytes = 12;
const float8 = 701;

/** In bytes. */
export const arraySize = (length: number): number => headerBytes + valueBytes * length;

/**
 * Numbers as PostgreSQL's array_send writes a float8[]: one dimension, no nulls, float8, the length, counted from 1; then
 * each number's length and its big-endian bytes. Unknown values are the one quiet NaN, and 0 has no sign.
 * @param bytes where they go: arraySize of them.
 */
export function arrayBytes(
  values: Float64Array,
  bytes = new Uint8Array(arraySize(values.length)),
): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (const [at, word] of [1, 0, float8, values.length, 1].entries()) view.setInt32(4 * at, word);
  for (let index = 0, at = headerBytes; index < values.length; index++, at += valueBytes) {
    const value = values[index]!;
    view.setInt32(at, 8);
    if (Number.isNaN(value)) {
      view.setUint32(at + 4, 0x7ff80000);
      view.setUint32(at + 8, 0);
    } else view.setFloat64(at + 4, value + 0);
  }
  return bytes;
}

/** What array_send wrote of a float8[] without nulls. */
export function numbersIn(bytes: Uint8Array): Float64Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  // An empty array has no dimension, and so no length.
  const values = new Float64Array(view.getInt32(0) === 0 ? 0 : view.getInt32(12));
  for (let index = 0, at = headerBytes + 4; index < values.length; index++, at += valueBytes)
    values[index] = view.getFloat64(at);
  return values;
}

/** Each column of a chunk as bytes, in the order of tableColumns. */
export const columnBytes = (chunk: BarTable): Uint8Array[] =>
  tableColumns.map((column) => arrayBytes(chunk[column]));

/** SHA-256 over a chunk's columns. SQL has it as sha256(array_send(time) || array_send(open) || ...). */
export function chunkHash(columns: readonly Uint8Array[]): Buffer {
  const hash = createHash("sha256");
  for (const column of columns) hash.update(column);
  return hash.digest();
}

const hashVersion = "gatecast bars 2\n";

/** SHA-256 in hex over the version line and the hashes of all chunks: the same bars, the same hash, on any machine. */
export function hashOfChunks(hashes: readonly Uint8Array[]): string {
  const hash = createHash("sha256").update(hashVersion);
  for (const each of hashes) hash.update(each);
  return hash.digest("hex");
}

export const contentHashOf = (table: BarTable): string =>
  hashOfChunks(Array.from(chunksOf(table), (chunk) => chunkHash(columnBytes(chunk))));
