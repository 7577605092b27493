/** `npm run dev`, as CONTRIBUTING.md tells a developer to use it. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { WebSocket } from "ws";

let folder: string;
let dev: ChildProcess;
let said = "";
let url: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gatecast-dev-"));
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  const env = { ...process.env, PORT: String(port), GATECAST_DATA: join(folder, "data") };
  dev = spawn(process.execPath, ["scripts/dev.mjs"], { env, stdio: ["ignore", "pipe", "pipe"] });
  for (const stream of [dev.stdout!, dev.stderr!])
    stream.on("data", (text) => {
      said += text;
    });
  await vi.waitFor(() => expect(said).toContain(`dev: ${url} after`), { timeout: 90_000, interval: 100 });
}, 100_000);
afterAll(async () => {
  dev.kill("SIGTERM");
  if (dev.exitCode === null) await once(dev, "exit");
  await rm(folder, { recursive: true, force: true });
}, 30_000);

test("serves the dashboard and the API on one port, and tells pages of changes", async () => {
  const page = await fetch(url);
  expect(page.status).toBe(200);
  expect(await page.text()).toContain("Gatecast");
  expect(await ask("{ viewer { name } }")).toMatchObject({ data: { viewer: { name: "local" } } });
  for (const [path, protocol] of [
    ["/_next/hmr?id=test", undefined],
    ["/graphql", "graphql-transport-ws"],
  ] as const) {
    const socket = new WebSocket(`${url.replace("http", "ws")}${path}`, protocol, { origin: url });
    await once(socket, "open");
    socket.terminate();
  }
});

test("starts the API and the worker again when the server's code has changed", async () => {
  await vi.waitFor(() => expect(said).toMatch(/"msg":"ready"/), { timeout: 60_000, interval: 100 });
  const file = "server/http/how-to-query.ts";
  const before = await readFile(file, "utf8");
  try {
    // The compiler takes a while to begin to watch: the file changes until it notices.
    let changes = 0;
    await vi.waitFor(
      async () => {
        await writeFile(file, `${before}// change ${++changes}\n`);
        expect(said).toContain("the API and the worker start again");
      },
      { timeout: 90_000, interval: 2_000 },
    );
  } finally {
    await writeFile(file, before);
  }
  const answers = () => said.split('"msg":"the API answers"').length - 1;
  await vi.waitFor(() => expect(answers()).toBeGreaterThan(1), { timeout: 60_000, interval: 100 });
  await vi.waitFor(async () => expect((await fetch(`${url}/health`)).status).toBe(200), { timeout: 20_000 });
});

async function ask(query: string) {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query }),
  });
  return response.json();
}

const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
