/** Files that a request brings, on the server's disk while they are read. They have no name there, so that none is left. */
import { randomUUID } from "node:crypto";
import { mkdir, open, readdir, unlink } from "node:fs/promises";
import { join } from "node:path";
import { noRoom } from "../domain/no-room.ts";

export interface SpooledFile {
  readonly fd: number;
  /** So far. */
  readonly size: number;
  /** @throws Unavailable when the disk is full. */
  append(chunk: Uint8Array): Promise<void>;
  /** Its space is free afterwards. */
  close(): Promise<void>;
}

const prefix = "gatecast-import-";

/** @param folder is made where there is none. */
export async function openSpooled(folder: string): Promise<SpooledFile> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${prefix}${randomUUID()}`);
  const file = await open(path, "wx+", 0o600);
  // Open without a name: whatever ends this process, the system frees its space. Windows keeps the name until it is closed.
  const isNamed = await unlink(path).then(
    () => false,
    () => true,
  );
  let size = 0;
  let isClosed = false;
  return {
    fd: file.fd,
    get size() {
      return size;
    },
    async append(chunk) {
      for (let from = 0; from < chunk.length; ) {
        const { bytesWritten } = await file.write(chunk, from, chunk.length - from, size).catch(noRoom);
        from += bytesWritten;
        size += bytesWritten;
      }
    },
    async close() {
      if (isClosed) return;
      isClosed = true;
      await file.close();
      if (isNamed) await unlink(path).catch(() => {});
    },
  };
}

/** Removes what processes have left that ended without closing: those of a system that keeps the names of open files. */
export async function sweepSpool(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const left = names.filter((name) => name.startsWith(prefix));
  // One that another process has open cannot be removed there, and is not to be.
  await Promise.all(left.map((name) => unlink(join(folder, name)).catch(() => {})));
}
