/** Stores chunks one after the other: the next one is cut and hashed here while PostgreSQL stores the one before. */
import type { ClientBase } from "pg";
import type { BarTable } from "../../domain/price-series.ts";
import { newChunk, storeChunk } from "./stored-chunks.ts";

export interface ChunkWriter {
  /** Stores a new chunk, perhaps after it has answered the chunk's hash. */
  take(bars: BarTable): Promise<Buffer>;
  /** Settles when all that was taken is stored. */
  written(): Promise<void>;
}

export function chunkWriter(client: ClientBase, seriesId: string): ChunkWriter {
  let writing: Promise<void> = Promise.resolve();
  return {
    async take(bars) {
      const chunk = newChunk(bars);
      await writing;
      writing = storeChunk(client, seriesId, chunk);
      writing.catch(() => undefined); // the next wait for it throws
      return chunk.hash;
    },
    written: () => writing,
  };
}
