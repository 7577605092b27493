/** A small disk for the database, in memory, that can be filled to its last byte. Only root can mount one. */
import { execFileSync } from "node:child_process";
import { chmod, mkdir, open, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** The storm's database takes some 300 MB. */
const sizeMb = 1_000;
const chunk = Buffer.alloc(1 << 20);
const fillAgainEveryMs = 100;

/** @returns `folder` to keep the database in; `fill` is null where nothing can be mounted. */
export async function makeDisk(parent) {
  const folder = join(parent, "disk");
  await mkdir(folder);
  // The database's user passes through.
  await chmod(parent, 0o755);
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${sizeMb}m,mode=755`, "tmpfs", folder], {
      stdio: "pipe",
    });
  } catch {
    return { folder, fill: null, remove: async () => {} };
  }
  const filler = join(folder, "filler");
  return {
    folder,
    /** Leaves no byte for so long, also where some are given back meanwhile. */
    async fill(forMs) {
      const until = Date.now() + forMs;
      while (Date.now() < until) {
        await append(filler);
        await sleep(fillAgainEveryMs);
      }
      await rm(filler, { force: true });
    },
    async remove() {
      execFileSync("umount", ["--lazy", folder]);
    },
  };
}

async function append(file) {
  const handle = await open(file, "a");
  try {
    for (let size = chunk.length; size >= 1; ) {
      try {
        await handle.appendFile(chunk.subarray(0, size));
      } catch (error) {
        if (error.code !== "ENOSPC") throw error;
        size = Math.floor(size / 2);
      }
    }
  } finally {
    await handle.close();
  }
}
