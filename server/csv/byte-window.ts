/** The part of a file that is in memory, which moves on as its rows are read. Of a file in memory it is the whole. */
import type { ByteSource } from "./byte-source.ts";

export const windowBytes = 1024 * 1024;

export class ByteWindow {
  bytes: Buffer;
  /** Up to where `bytes` is filled. */
  limit: number;
  /** Of the file, where `bytes` begins. */
  base: number;

  /** @param from where the first byte of the file that is wanted stands. */
  constructor(
    readonly source: ByteSource,
    from: number,
  ) {
    const { whole } = source;
    this.bytes = whole ?? Buffer.allocUnsafeSlow(windowBytes);
    this.limit = whole ? whole.length : 0;
    this.base = whole ? 0 : from;
  }

  /** Whether the end of the file is in it. */
  get isLast(): boolean {
    return this.base + this.limit >= this.source.size;
  }

  /** Reads on, keeping what begins at `from`, which then is the beginning. False: there is no more. */
  moveOn(from: number): boolean {
    const { source, bytes } = this;
    if (source.whole !== null) return false;
    const kept = this.limit - from;
    const target = kept > bytes.length / 2 ? Buffer.allocUnsafeSlow(2 * bytes.length) : bytes;
    bytes.copy(target, 0, from, this.limit);
    this.base += from;
    const got = source.read(target, kept, this.base + kept);
    this.bytes = target;
    this.limit = kept + got;
    return got > 0;
  }
}
