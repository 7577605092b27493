/** Files that were sent once and are to be read again, each with other options. Of this process only, and not for long. */
import { randomUUID } from "node:crypto";
import { NotFound } from "../domain/errors.ts";
import type { SpooledFile } from "./spool.ts";

export interface KeptUploads {
  /** Takes the file over. Older ones give way where there are too many. */
  keep(file: SpooledFile): string;
  /** Lends a file; it is not closed before it is given back. @throws NotFound */
  lend(id: string): { readonly file: SpooledFile; readonly giveBack: () => void };
  close(): Promise<void>;
}

export interface KeptBounds {
  readonly most: number;
  readonly bytes: number;
  /** Since it was last lent. */
  readonly forMs: number;
}

interface Kept {
  readonly id: string;
  readonly file: SpooledFile;
  borrowers: number;
  isGone: boolean;
  timer: NodeJS.Timeout | null;
}

export function keptUploads({ most, bytes, forMs }: KeptBounds): KeptUploads {
  /** The one that was lent longest ago comes first. */
  const uploads = new Map<string, Kept>();

  const closeWhenFree = (upload: Kept) => {
    // Its space is freed in the background; there is nobody to tell that it could not be.
    if (upload.isGone && upload.borrowers === 0) void upload.file.close().catch(() => {});
  };
  const drop = (upload: Kept) => {
    if (upload.timer) clearTimeout(upload.timer);
    uploads.delete(upload.id);
    upload.isGone = true;
    closeWhenFree(upload);
  };
  const touch = (upload: Kept) => {
    if (upload.timer) clearTimeout(upload.timer);
    upload.timer = setTimeout(() => drop(upload), forMs);
    upload.timer.unref();
    uploads.delete(upload.id);
    uploads.set(upload.id, upload);
  };
  const size = () => [...uploads.values()].reduce((sum, { file }) => sum + file.size, 0);

  return {
    keep(file) {
      const upload: Kept = { id: randomUUID(), file, borrowers: 0, isGone: false, timer: null };
      touch(upload);
      for (const oldest of uploads.values()) {
        if (oldest === upload || (uploads.size <= most && size() <= bytes)) break;
        drop(oldest);
      }
      return upload.id;
    },
    lend(id) {
      const upload = uploads.get(id);
      if (!upload)
        throw new NotFound(
          "this server does not keep that upload (any more), and another may: send the file again",
        );
      touch(upload);
      upload.borrowers++;
      let isBack = false;
      return {
        file: upload.file,
        giveBack: () => {
          if (!isBack) upload.borrowers--;
          isBack = true;
          closeWhenFree(upload);
        },
      };
    },
    async close() {
      const closing = [...uploads.values()];
      for (const upload of closing) drop(upload);
      await Promise.all(closing.filter(({ borrowers }) => borrowers === 0).map(({ file }) => file.close()));
    },
  };
}
