/** The built product, started as `npm start` does, on a free port and with a data folder of its own. */
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

export interface Product {
  readonly url: string;
  /** Asks its API; throws where it answers with errors. */
  query<Data>(query: string, variables?: Record<string, unknown>): Promise<Data>;
  /** Ends its API as a machine without memory would; its supervisor starts another one. */
  killApi(): Promise<void>;
  stop(): Promise<void>;
}

const root = join(import.meta.dirname, "..", "..", "..");
const entry = join(root, "dist", "server", "main.start.js");
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
  const stop = async () => {
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
  return { url, query: (query, variables) => ask(url, query, variables), killApi, stop };
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
