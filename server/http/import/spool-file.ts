/** A file of a form to the spool: text as it is, gzip unpacked, neither beyond its bound. */
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import type { SpooledFile } from "../../uploads/spool.ts";
import { Refused } from "../refusal.ts";

/** @throws Refused for gzip that cannot be unpacked, and for more than `maxBytes`. */
export async function spoolFile(content: Readable, file: SpooledFile, maxBytes: number): Promise<void> {
  const chunks = content[Symbol.asyncIterator]();
  const first = await beginning(chunks);
  const all = Readable.from(rejoined(first, chunks), { objectMode: false });
  // A pipeline that is broken off in its last step may tell of the steps before.
  let refusal: Refused | null = null;
  const keep = async (parts: AsyncIterable<Buffer>) => {
    for await (const part of parts) {
      refusal = file.size + part.length > maxBytes ? tooLong(maxBytes) : null;
      if (refusal) throw refusal;
      await file.append(part);
    }
  };
  const spooled = isGzip(first) ? pipeline(all, createGunzip(), keep) : pipeline(all, keep);
  await spooled.catch((error: NodeJS.ErrnoException) => {
    throw refusal ?? (error.code?.startsWith("Z_") ? notGzip(error.message) : error);
  });
}

const isGzip = (bytes: Buffer): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

async function beginning(chunks: AsyncIterator<Buffer>): Promise<Buffer> {
  let bytes = Buffer.alloc(0);
  while (bytes.length < 2) {
    const { value, done } = await chunks.next();
    if (done) break;
    bytes = Buffer.concat([bytes, value]);
  }
  return bytes;
}

async function* rejoined(first: Buffer, chunks: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
}

export const tooLong = (maxBytes: number): Refused =>
  new Refused({
    status: 413,
    code: "LIMIT_EXCEEDED",
    message: `a file may have ${maxBytes} bytes, unpacked, and this one has more: import it in parts, each with the header row (MAX_IMPORT_BYTES sets the bound)`,
  });

const notGzip = (why: string): Refused =>
  new Refused({
    status: 400,
    code: "BAD_USER_INPUT",
    field: "file",
    message: `the file begins as gzip does and cannot be unpacked: ${why}`,
  });
