/** A database whose disk fills while runs wait and train: nothing is lost, and all goes on by itself. */
import { execFileSync } from "node:child_process";
import { chmod, mkdtemp, open, readdir, realpath, rm, rmdir, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
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
let logHome: string | undefined;
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

beforeAll(async () => {
  if (disk === null) return;
  await chmod(disk, 0o755);
  postgres = await startEmbeddedPostgres(disk);
  home = await realpath(join(disk, "postgres"));
  await postgres.stop();
  await moveLog();
  postgres = await startEmbeddedPostgres(disk);
  await migrate(postgres.url);
  backend = await openTrainingBackend(await connectBackend(postgres.url));
  health = createHealthCheck(postgres.url);
}, 120_000);

afterAll(async () => {
  if (disk === null) return;
  await rm(join(disk, "filler"), { force: true });
  for (const close of closing.reverse()) await close();
  await health?.close();
  await backend?.close();
  await postgres?.stop();
  if (home && !home.startsWith(disk)) await rm(home, { recursive: true, force: true });
  execFileSync("umount", [disk]);
  await rmdir(disk);
  if (logHome) await rm(logHome, { recursive: true, force: true });
}, 60_000);

/**
 * To a disk of its own: PostgreSQL ends where its log (WAL) finds no room, and how much the training writes depends on the
 * machine's speed. A database that ends, and its supervisor, are what the storm is about (test/chaos).
 */
async function moveLog(): Promise<void> {
  logHome = await mkdtemp(join(tmpdir(), "gatecast-log-"));
  await chmod(logHome, 0o755);
  const [version] = await readdir(home);
  const log = join(home, version!, "pg_wal");
  // Keeps the owner, which may be a system user of PostgreSQL's own.
  execFileSync("cp", ["-a", log, logHome]);
  await rm(log, { recursive: true });
  await symlink(join(logHome, "pg_wal"), log);
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

test.skipIf(disk === null)(
  "a disk that fills lets runs wait: none fails, health says so, and all go on once there is space",
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
  180_000,
);
