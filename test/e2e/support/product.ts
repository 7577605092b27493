/** The built product, started as `npm start` does, on a free port and with a data folder of its own. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { constants, setPriority, tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { vi } from "vitest";
import { findRunningPostgres } from "../../../server/supervisor/embedded-postgres.ts";

export interface Product {
  readonly url: string;
  /** Asks its API; throws where it answers with errors. */
  query<Data>(query: string, variables?: Record<string, unknown>): Promise<Data>;
  /** Starts more workers on its database, each with a device of its own, and waits until they are there. */
  addWorkers(count: number): Promise<void>;
  /** Ends its API as a machine without memory would; its supervisor starts another one. */
  killApi(): Promise<void>;
  stop(): Promise<void>;
}

const root = join(import.meta.dirname, "..", "..", "..");
const entry = join(root, "dist", "server", "main.start.js");
const workerEntry = join(root, "dist", "server", "main.worker.js");
const startMs = 90_000;

/** @param settings of the environment, besides a port and a data folder. */
export async function startProduct(settings: Record<string, string> = {}): Promise<Product> {
  for (const made of [entry, join(root, "web", ".next", "BUILD_ID")])
    if (!existsSync(made)) throw new Error(`${made} is missing: run npm run build first`);
  const folder = await mkdtemp(join(tmpdir(), "gatecast-e2e-"));
  const port = await freePort();
  const { DATABASE_URL: _none, ...environment } = process.env;
  const child = spawn(process.execPath, [entry], {
    cwd: root,
    env: {
      ...environment,
      NODE_ENV: "production",
      PORT: String(port),
      HOST: "127.0.0.1",
      GATECAST_DATA: folder,
      ...settings,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(child, "exit");
  const workers: ChildProcess[] = [];
  const stop = async () => {
    await Promise.all(workers.map(endWorker));
    if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
    await ended;
    await rm(folder, { recursive: true, force: true });
  };

  const output: string[] = [];
  const url = `http://127.0.0.1:${port}`;
  const announced = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text: string) => {
        output.push(text);
        if (output.join("").includes(url)) resolve();
      });
  });
  const tooLate = new Promise<string>((resolve) => {
    const timer = setTimeout(() => resolve(`it was silent for ${startMs} ms`), startMs);
    timer.unref();
  });
  const trouble = await Promise.race([
    announced.then(() => null),
    ended.then(([code]) => `it ended with code ${code}`),
    tooLate,
  ]);
  if (trouble !== null) {
    await stop();
    throw new Error(`Gatecast did not start: ${trouble}. It said:\n${output.join("")}`);
  }
  const killApi = async () => {
    const { stdout } = await promisify(execFile)("ps", ["-A", "-o", "pid=,ppid=,args="]);
    const api = stdout
      .split("\n")
      .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
      .find((found) => Number(found?.[2]) === child.pid && found?.[3]?.includes("main.api.js"));
    if (!api) throw new Error("expected an API among the children of the start, found none");
    process.kill(Number(api[1]), "SIGKILL");
  };
  const addWorkers = async (count: number) => {
    const present = async () => (await ask<{ workers: unknown[] }>(url, "{ workers { id } }")).workers.length;
    // The first one has looked at the machine's engines by then, and the others need not.
    await vi.waitUntil(async () => (await present()) > 0, { timeout: startMs, interval: 200 });
    const before = await present();
    const database = await findRunningPostgres(folder);
    if (database === null) throw new Error(`expected a database in ${folder}, found none`);
    for (let more = 0; more < count; more++) {
      const env = { ...environment, NODE_ENV: "production", DATABASE_URL: database, ...settings };
      const worker = spawn(process.execPath, [workerEntry], {
        env: { ...env, WORKER_DEVICE: `${more}` },
        stdio: "ignore",
      });
      // A team's browsers are on other machines: here what trains must leave them room.
      if (worker.pid !== undefined) setPriority(worker.pid, constants.priority.PRIORITY_BELOW_NORMAL);
      workers.push(worker);
    }
    await vi.waitUntil(async () => (await present()) === before + count, { timeout: startMs, interval: 200 });
  };
  return { url, query: (query, variables) => ask(url, query, variables), addWorkers, killApi, stop };
}

async function endWorker(worker: ChildProcess): Promise<void> {
  if (worker.exitCode !== null || worker.signalCode !== null) return;
  const ended = once(worker, "exit");
  worker.kill("SIGTERM");
  await ended;
}

async function ask<Data>(url: string, query: string, variables?: Record<string, unknown>): Promise<Data> {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: Data; errors?: unknown };
  if (errors) throw new Error(`the API answered with errors: ${JSON.stringify(errors)}`);
  return data;
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("expected a TCP address");
  return address.port;
}
