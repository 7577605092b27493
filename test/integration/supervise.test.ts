import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, realpath, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { migrate } from "../../server/db/migrate.ts";
import { readSettings } from "../../server/settings/settings.ts";
import { AddressUnusable } from "../../server/supervisor/free-port.ts";
import { AlreadyRunning } from "../../server/supervisor/only-start.ts";
import { type Supervision, supervise } from "../../server/supervisor/supervise.ts";
import { createTerminal } from "../../server/supervisor/terminal.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";

const processes = resolve("test/support/processes");
const parts = {
  prepare: async ({ url }: { url: string }) => ({ url, ...(await migrate(url)) }),
  api: join(processes, "api.mjs"),
  worker: join(processes, "worker.mjs"),
  seed: join(processes, "seed.mjs"),
};

const endsWithParent = spawnSync("setpriv", ["--pdeathsig", "INT", "--", "true"]).status === 0;

let folder: string;
let shown: string[];
let supervision: Supervision | null;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "gatecast-supervise-"));
  shown = [];
  supervision = null;
});
afterEach(async () => {
  await supervision?.stop();
  const home = await realpath(join(folder, "data", "postgres")).catch(() => null);
  if (home !== null) await rm(home, { recursive: true });
  await rm(folder, { recursive: true });
});

const journal = async (): Promise<string[]> =>
  (await readFile(join(folder, "journal"), "utf8").catch(() => "")).trim().split("\n");
/** The journal without the process ids. */
const events = async () => (await journal()).map((line) => line.replace(/ \d+$/, ""));
const environment = (extra: Record<string, string>) => ({
  PATH: process.env.PATH,
  FAKE_JOURNAL: join(folder, "journal"),
  ...extra,
});
const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

async function start(env: Record<string, string>): Promise<Supervision> {
  const output = { write: (text: string) => shown.push(...text.split("\n").filter((line) => line !== "")) };
  const settings = readSettings({ PORT: "0", ...env });
  supervision = await supervise(settings, parts, createTerminal(output, output), environment(env));
  return supervision;
}

describe("npm start, with a database of one's own", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase({ migrated: false });
  });
  afterAll(() => database.drop());

  test("tells the address and follows the training, and prepares something to look at", async () => {
    await start({ DATABASE_URL: database.url });
    await vi.waitFor(async () => expect(await events()).toContain("seed started"), 5_000);
    await vi.waitFor(() => expect(shown).toHaveLength(2), 5_000);
    expect(shown).toContain("Gatecast is at http://127.0.0.1:4321");
    expect(shown.join()).toContain("epoch 1/2, loss 0.5000, validation 0.2500, 3 s left");
  });

  test("stops the worker before the API, and leaves no process behind", async () => {
    const { stop } = await start({ DATABASE_URL: database.url });
    await vi.waitFor(() => expect(shown).toHaveLength(2), 5_000);
    await stop();
    expect((await events()).filter((event) => event.endsWith("stopped"))).toEqual([
      "worker stopped",
      "api stopped",
    ]);
    const pids = (await journal()).map((line) => Number(line.split(" ").at(-1)));
    expect(pids.filter(isAlive)).toEqual([]);
  });

  test("can be hurried: what does not stop is ended", async () => {
    const { stop, kill } = await start({ DATABASE_URL: database.url, FAKE_WORKER: "does not stop" });
    await vi.waitFor(() => expect(shown).toHaveLength(2), 5_000);
    const stopped = stop();
    await vi.waitFor(async () => expect(await events()).toContain("worker stopped"), 5_000);
    kill();
    await stopped;
    const pids = (await journal()).map((line) => Number(line.split(" ").at(-1)));
    expect(pids.filter(isAlive)).toEqual([]);
  });

  test("starts a crashed worker again and says so", async () => {
    await start({ DATABASE_URL: database.url });
    await vi.waitFor(() => expect(shown).toHaveLength(2), 5_000);
    const worker = (await journal()).find((line) => line.startsWith("worker started"));
    process.kill(Number(worker?.split(" ").at(-1)), "SIGKILL");
    const starts = async () => (await events()).filter((event) => event === "worker started").length;
    await vi.waitFor(async () => expect(await starts()).toBe(2), 5_000);
    expect(shown).toContain("the worker ended unexpectedly (SIGKILL); starting it again in 0.5 s");
  });

  test("ends an API that stands still, also one whose own watch stands still with it, and starts it again", async () => {
    await start({ DATABASE_URL: database.url, FAKE_API: "is alive" });
    await vi.waitFor(() => expect(shown).toHaveLength(2), 5_000);
    const api = (await journal()).find((line) => line.startsWith("api started"));
    process.kill(Number(api?.split(" ").at(-1)), "SIGSTOP");
    const starts = async () => (await events()).filter((event) => event === "api started").length;
    await vi.waitFor(async () => expect(await starts()).toBe(2), { timeout: 30_000, interval: 250 });
    expect(shown).toContain("the API has said nothing for 17 s and is ended");
    expect(shown).toContain("the API ended unexpectedly (SIGKILL); starting it again in 0.5 s");
  });

  test("gives up with the reason when a part cannot start", async () => {
    const { failed } = await start({ DATABASE_URL: database.url, FAKE_API: "cannot start" });
    expect(await failed).toBe("the API cannot start");
    expect(shown).toContain("api: the port is taken");
    expect((await events()).filter((event) => event === "api started")).toHaveLength(1);
  });

  test("gives up on a part that crashes again and again before it was ever ready", async () => {
    const { failed } = await start({ DATABASE_URL: database.url, FAKE_WORKER: "crashes at once" });
    expect(await failed).toBe("the worker ended unexpectedly (code 1) 3 times in a row");
  });

  test("goes on when there is nothing to look at after all", async () => {
    await start({ DATABASE_URL: database.url, FAKE_SEED: "fails" });
    await vi.waitFor(() => expect(shown).toContain("the first training failed (code 1)"), 5_000);
  });

  test("says so when that database does not answer, without its password", async () => {
    const attempt = start({ DATABASE_URL: "postgresql://me:secret@127.0.0.1:1/prices" });
    await expect(attempt).rejects.toThrow(
      /^The database prices at 127.0.0.1:1 cannot be used .+ Check DATABASE_URL/,
    );
  });

  test("says so at once when the port is taken, and starts nothing", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const address = other.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const attempt = start({ DATABASE_URL: database.url, PORT: String(port) });
    await expect(attempt).rejects.toThrow(AddressUnusable);
    await expect(attempt).rejects.toThrow(`Port ${port} on 127.0.0.1 is used by another program`);
    expect(await events()).toEqual([""]);
    other.close();
  });
});

describe("npm start, with the embedded database", () => {
  const data = () => join(folder, "data");
  const silent = createTerminal({ write: () => {} }, { write: () => {} });
  const startAgain = () =>
    supervise(readSettings({ GATECAST_DATA: data(), PORT: "0" }), parts, silent, environment({}));

  test("is refused a second time on the same data, with the address of the first", async () => {
    await start({ GATECAST_DATA: data() });
    await vi.waitFor(() => expect(shown).toHaveLength(2), 5_000);
    const second = startAgain();
    await expect(second).rejects.toThrow(AlreadyRunning);
    await expect(second).rejects.toThrow("already running on this data: at http://127.0.0.1:4321");
  });

  test("brings the database back when it is killed, and keeps its claim on the data", async () => {
    await start({ GATECAST_DATA: data() });
    await vi.waitFor(() => expect(shown).toHaveLength(2), 5_000);
    const pidFile = join(await realpath(join(data(), "postgres")), "pg18", "postmaster.pid");
    const postmaster = async () => Number((await readFile(pidFile, "utf8")).split("\n")[0]);
    const before = await postmaster();
    process.kill(before, "SIGKILL");
    await vi.waitFor(async () => expect(await postmaster()).not.toBe(before), {
      timeout: 20_000,
      interval: 100,
    });
    const refusal = () => startAgain().then(() => "", String);
    await vi.waitFor(async () => expect(await refusal()).toContain("already running on this data: at http"), {
      timeout: 20_000,
      interval: 500,
    });
  });

  test("after a kill -9: the processes end by themselves, and the next start finds the database and all data", async () => {
    const launch = (): ChildProcess =>
      spawn(process.execPath, [join(processes, "supervisor.mjs")], {
        env: environment({ GATECAST_DATA: data(), PORT: "0" }),
        stdio: ["ignore", "pipe", "inherit"],
      });
    const first = launch();
    let output = "";
    first.stdout?.on("data", (text) => {
      output += text;
    });
    await vi.waitFor(() => {
      expect(output).toContain("Gatecast is at");
      expect(output).toContain("epoch 1/2");
    }, 30_000);
    first.kill("SIGKILL");
    await vi.waitFor(
      async () =>
        expect(await events()).toEqual(expect.arrayContaining(["api left alone", "worker left alone"])),
      5_000,
    );
    const pids = (await journal()).map((line) => Number(line.split(" ").at(-1)));
    await vi.waitFor(() => expect(pids.filter(isAlive)).toEqual([]), 5_000);
    // Where the kernel can be told to, it ends the database with the supervisor, in good order.
    const pidFile = join(await realpath(join(data(), "postgres")), "pg18", "postmaster.pid");
    if (endsWithParent) await vi.waitFor(() => expect(existsSync(pidFile)).toBe(false), 10_000);

    await start({ GATECAST_DATA: data() });
    await vi.waitFor(() => expect(shown).toContain("Gatecast is at http://127.0.0.1:4321"), 5_000);
  });
});
