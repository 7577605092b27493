/** What one process does with the files that imports bring. */
import { type KeptUploads, keptUploads } from "./kept-uploads.ts";
import { openSpooled, type SpooledFile, sweepSpool } from "./spool.ts";

export interface Uploads {
  /** Of one file, unpacked. */
  readonly maxBytes: number;
  readonly kept: KeptUploads;
  open(): Promise<SpooledFile>;
  close(): Promise<void>;
}

/** A person edits a form for some minutes. */
const keptForMs = 15 * 60_000;
const mostKept = 16;

export interface UploadSettings {
  /** Where files lie while they are read. */
  readonly importFolder: string;
  /** Of one file, and of all that are kept together. */
  readonly maxImportBytes: number;
}

export function openUploads({ importFolder, maxImportBytes }: UploadSettings): Uploads {
  const kept = keptUploads({ most: mostKept, bytes: maxImportBytes, forMs: keptForMs });
  const swept = sweepSpool(importFolder);
  return {
    maxBytes: maxImportBytes,
    kept,
    async open() {
      await swept;
      return openSpooled(importFolder);
    },
    close: () => kept.close(),
  };
}
