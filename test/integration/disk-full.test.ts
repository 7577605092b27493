/** A database whose disk fills while runs wait and train: nothing is lost, and all goes on by itself. */
import { execFileSync } from "node:child_process";
import { chmod, mkdtemp, open, realpath, rm, rmdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeEach, expect, test } from "vitest";
import { createHealthCheck, type HealthCheck } from "../../server/db/health-check.ts";
import { migrate } from "../../server/db/migrate.ts";
import { WasmEngine } from "../../server/engine/wasm/wasm-engine.ts";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "../../server/supervisor/embedded-postgres.ts";
import { connectBackend } from "../support/backend.ts";
import { statusesIn } from "../support/run-events.ts";
import { openTrainingBackend, startTestWorker, type TrainingBackend } from "../support/worker.ts";

const disk = await mountedDisk();
if (disk === null) process.stdout.write("disk-full: skipped, this user or system cannot mount a tmpfs\n");

let postgres: EmbeddedPostgres;
let home: string;
let backend: TrainingBackend;
let health: HealthCheck;
const closing: (() => Promise<unknown>)[] = [];

async function mountedDisk(): Promise<string | null> {
  if (process.platform !== "linux") return null;
  const folder = await mkdtemp(join(tmpdir(), "gatecast-disk-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=260m,mode=755", "tmpfs", folder], { stdio: "ignore" });
    return folder;
  } catch {
    await rmdir(folder);
    return null;
  }
}

beforeEach(async () => {
  if (disk === null) return;
  await chmod(disk, 0o755);
  postgres = await startEmbeddedPostgres(disk);
  home = await realpath(join(disk, "postgres"));
  await migrate(postgres.url);
  backend = await openTrainingBackend(await connectBackend(postgres.url));
  health = createHealthCheck(postgres.url);
}, 120_000);

afterEach(async () => {
  if (disk === null) return;
  await rm(join(disk, "filler"), { force: true });
  for (const close of closing.splice(0).reverse()) await close();
  await health?.close();
  await backend?.close();
  await postgres?.stop();
  await rm(home, { recursive: true, force: true });
  await rm(join(disk, "postgres"), { recursive: true, force: true });
}, 60_000);
afterAll(async () => {
  if (disk === null) return;
  execFileSync("umount", [disk]);
  await rmdir(disk);
});

/**
 * PostgreSQL ends where its log (WAL) finds no room: a new file of 16 MB falls due sooner or later, depending on how much was
 * written until now. Files that are used up and cleaned away stay as room for the next ones.
 */
async function roomForLog(): Promise<void> {
  for (let file = 0; file < 3; file++) {
    await backend.pool.query("SELECT pg_logical_emit_message(true, 'test', 'a log with something in it')");
    await backend.pool.query("SELECT pg_switch_wal()");
  }
  await backend.pool.query("CHECKPOINT");
}

async function fill(folder: string): Promise<void> {
  const filler = await open(join(folder, "filler"), "w");
  try {
    for (const size of [1 << 20, 4096]) {
      const piece = Buffer.alloc(size);
      await (async () => {
        for (;;) await filler.write(piece);
      })().catch((error: NodeJS.ErrnoException) => {
        if (error.code !== "ENOSPC") throw error;
      });
    }
  } finally {
    await filler.close();
  }
}

// Tried anew from an empty disk where it stands still: what PostgreSQL can still write on a full disk differs from time to time.
test.skipIf(disk === null)(
  "a disk that fills lets runs wait: none fails, health says so, and all go on once there is space",
  { retry: 3, timeout: 60_000 },
  async () => {
    expect(home.startsWith(disk!)).toBe(true);
    const worker = await startTestWorker(backend, { loadEngine: async () => new WasmEngine() });
    closing.push(worker.drain);
    // Each epoch's checkpoint has some 700 kB, more than the free blocks of any table.
    const request = { layers: [{ units: 128 }], window: 8 };
    const runs = [];
    for (const epochs of [500, 5, 5]) runs.push(await backend.start({ ...request, epochs }));
    await backend.eventWhere(runs[0]!.id, ({ body }) => body.kind === "epoch");
    expect(await health.check()).toBe("ok");

    await roomForLog();
    await fill(disk!);
    await expect.poll(() => worker.shortages(), { timeout: 30_000 }).toBeGreaterThan(0);
    await sleep(600);
    expect(await health.check()).toBe("disk full");
    await sleep(4_000);
    const meanwhile = await backend.runs.findMany(runs.map(({ id }) => id));
    expect(meanwhile.map(({ status }) => status).sort()).toEqual(["QUEUED", "QUEUED", "RUNNING"]);

    await rm(join(disk!, "filler"));
    await sleep(600);
    expect(await health.check()).toBe("ok");
    const logs: string[] = [];
    for (const run of runs) {
      const events = await backend.eventsOf(run.id);
      expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, i) => i + 1));
      expect(statusesIn(events).at(-1)).toBe("SUCCEEDED");
      expect(statusesIn(events)).not.toContain("FAILED");
      for (const { body } of events)
        if (body.kind === "log" && /waited/.test(body.message)) logs.push(body.message);
      expect(await backend.runs.find(run.id)).toMatchObject({ lostAttempts: 0 });
    }
    expect(logs).toEqual([
      expect.stringMatching(/^The run waited for \d+ s and goes on now: the database had no space left\.$/),
    ]);
    expect(worker.errors).toEqual([]);
  },
);
