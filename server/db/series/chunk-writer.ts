/** Stores new chunks some at a time: the next are made while PostgreSQL stores those before. */
import type { ClientBase } from "pg";
import type { NewChunk } from "../../domain/new-chunk.ts";
import type { StoreChunk } from "../../domain/next-version.ts";
import { storeChunks } from "./stored-chunks.ts";

export interface ChunkWriter {
  /** Waits where as many as one COPY takes are on their way already. */
  readonly take: StoreChunk;
  /** Settles when all that was taken is stored. */
  written(): Promise<void>;
}

/** 400 kB each. */
const chunksPerCopy = 8;

export function chunkWriter(client: ClientBase, seriesId: string): ChunkWriter {
  let waiting: { readonly chunk: NewChunk; readonly whenStored: (() => void) | undefined }[] = [];
  let writing: Promise<void> = Promise.resolve();
  const store = async (taken: typeof waiting) => {
    await storeChunks(
      client,
      seriesId,
      taken.map(({ chunk }) => chunk),
    );
    for (const { whenStored } of taken) whenStored?.();
  };
  const write = async () => {
    await writing;
    if (waiting.length === 0) return;
    writing = store(waiting);
    writing.catch(() => undefined); // the next wait for it throws
    waiting = [];
  };
  return {
    async take(chunk, whenStored) {
      waiting.push({ chunk, whenStored });
      if (waiting.length === chunksPerCopy) await write();
    },
    async written() {
      await write();
      await writing;
    },
  };
}
