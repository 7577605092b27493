/** The bytes of a price file, wherever they are: in memory, or in an open file of any length. */
import { readSync } from "node:fs";

export interface ByteSource {
  readonly size: number;
  /** All of them, where they are in memory. */
  readonly whole: Buffer | null;
  /** Fills `into` from `to` on with what begins at `from`; returns how many bytes there were. */
  read(into: Uint8Array, to: number, from: number): number;
}

export const bytesInMemory = (whole: Buffer): ByteSource => ({
  size: whole.length,
  whole,
  read: (into, to, from) => {
    const part = whole.subarray(from, from + into.length - to);
    into.set(part, to);
    return part.length;
  },
});

export const asBuffer = ({ buffer, byteOffset, length }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, length);

/** @param fd stays open, and the caller's to close. */
export const bytesOfFile = (fd: number, size: number): ByteSource => ({
  size,
  whole: null,
  read: (into, to, from) => readSync(fd, into, to, Math.min(into.length - to, size - from), from),
});

/** The first bytes, up to so many; a file may give fewer at a time than it has. */
export function beginningOf(source: ByteSource, most: number): Buffer {
  const bytes = Buffer.allocUnsafe(Math.min(most, source.size));
  let length = 0;
  while (length < bytes.length) {
    const got = source.read(bytes, length, length);
    if (got === 0) break;
    length += got;
  }
  return bytes.subarray(0, length);
}
