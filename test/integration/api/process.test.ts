/** The API as a process of its own: how it starts, says why it cannot, and goes. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { freezable, freeze, inspectorOf } from "../../support/freeze.mjs";

const apiFile = join(import.meta.dirname, "../../../dist/server/main.api.js");

let database: TestDatabase;
const children: ChildProcess[] = [];
beforeAll(async () => {
  database = await createTestDatabase({ migrated: false });
});
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill("SIGKILL");
    await once(child, "exit");
  }
});
afterAll(() => database.drop());

function launch(env: Record<string, string> = {}, execArgv: readonly string[] = []): ChildProcess {
  const settings = { DATABASE_URL: database.url, PORT: "0", HOST: "127.0.0.1", LOG_LEVEL: "error", ...env };
  const child = fork(apiFile, {
    execArgv: [...execArgv],
    env: { ...process.env, ...settings },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  children.push(child);
  return child;
}

const compiledWasm = new URL("../../support/compiled-wasm.mjs", import.meta.url).href;

async function wasmBytes(child: ChildProcess): Promise<number> {
  child.send("compiled wasm");
  for (;;) {
    const [message] = (await once(child, "message")) as [{ type: string; bytes: number }];
    if (message.type === "compiled wasm") return message.bytes;
  }
}

/** The address that it says to whoever started it. */
async function listening(child: ChildProcess): Promise<string> {
  const ended = once(child, "exit").then(([code]) => Promise.reject(new Error(`the API ended with ${code}`)));
  for (;;) {
    const [message] = (await Promise.race([once(child, "message"), ended])) as [
      { type: string; url: string },
    ];
    ended.catch(() => undefined);
    if (message.type === "listening") return message.url;
  }
}

test("it makes its tables in an empty database, says where it listens, and answers from then on", async () => {
  const url = await listening(launch());
  expect(await (await fetch(`${url}/health`)).json()).toEqual({ status: "ok", database: "ok" });
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query: "{ runs { totalCount } }" }),
  });
  expect(await response.json()).toMatchObject({ data: { runs: { totalCount: 0 } } });
});

test("it compiles what its queries need before it listens: neither an import nor a list waits for that", async () => {
  const child = launch({}, ["--import", compiledWasm]);
  const url = await listening(child);
  const compiled = await wasmBytes(child);
  expect(compiled).toBeGreaterThan(0);
  const form = new FormData();
  form.append("symbol", "FIRST");
  const csv = "Date,Open,High,Low,Close\n2024-03-07,1,2,1,2\n2024-03-08,2,3,2,3\n";
  form.append("file", new Blob([csv]), "first.csv");
  expect((await fetch(`${url}/import`, { method: "POST", body: form })).status).toBe(200);
  const headers = { "content-type": "application/json" };
  const body = JSON.stringify({ query: "{ runs { totalCount } }" });
  expect((await fetch(`${url}/graphql`, { method: "POST", headers, body })).status).toBe(200);
  expect(await wasmBytes(child)).toBe(compiled);
});

test.each(["SIGTERM", "SIGINT"] as const)(
  "%s ends it in good order, with subscribers told",
  async (signal) => {
    const child = launch();
    const url = await listening(child);
    const socket = new WebSocket(`${url.replace("http", "ws")}/graphql`, "graphql-transport-ws");
    await once(socket, "open");
    const goodbye = once(socket, "close");
    child.kill(signal);
    expect((await goodbye)[0]).toBe(1001);
    expect(await once(child, "exit")).toEqual([0, null]);
  },
);

test("it does not outlive whoever started it", async () => {
  const child = launch();
  await listening(child);
  child.disconnect();
  expect((await once(child, "exit"))[0]).toBe(0);
});

test("nor does it when it is left alone before it has even loaded", async () => {
  const child = launch();
  child.disconnect();
  expect((await once(child, "exit"))[0]).toBe(0);
});

test.each([
  ["127.0.0.1", false],
  ["0.0.0.0", true],
])("listening on %s, it says in its log that there are no accounts: %s", async (host, expected) => {
  const child = launch({ HOST: host, LOG_LEVEL: "warn" });
  let said = "";
  child.stderr!.setEncoding("utf8").on("data", (part: string) => {
    said += part;
  });
  const url = await listening(child);
  await fetch(`${url}/health`);
  expect(said.includes(`listens on ${host}`) && said.includes("no accounts")).toBe(expected);
});

test("a port that is taken is told in one line, with what to do", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const { port } = other.address() as AddressInfo;
  const child = launch({ PORT: String(port) });
  const [said, [code]] = await Promise.all([text(child.stderr!), once(child, "exit")]);
  other.close();
  expect(said).toBe(
    `Gatecast's API cannot start: port ${port} on 127.0.0.1 is taken by another program: stop that one, or choose another with PORT\n`,
  );
  expect(code).toBe(2);
});

test("a database that does not answer is told in one line, and another start may help", async () => {
  const child = launch({ DATABASE_URL: "postgresql://nobody:secret@127.0.0.1:1/gatecast" });
  const [said, [code]] = await Promise.all([text(child.stderr!), once(child, "exit")]);
  expect(said).toMatch(
    /^Gatecast's API cannot start: the database does not answer \(.+\): check DATABASE_URL.*\n$/,
  );
  expect(said).not.toContain("secret");
  expect(code).toBe(1);
});

test("one whose event loop stands still for 15 s ends itself, and its log says what it was doing", async () => {
  const child = launch({}, freezable);
  const said: Buffer[] = [];
  child.stderr!.on("data", (chunk) => said.push(chunk));
  const [inspector, url] = await Promise.all([inspectorOf(child.stderr!), listening(child)]);
  await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query: "query TheLastOne { viewer { name } }", operationName: "TheLastOne" }),
  });
  const frozenAt = performance.now();
  await freeze(inspector);
  expect(await once(child, "exit")).toEqual([null, "SIGKILL"]);
  expect(performance.now() - frozenAt).toBeGreaterThan(14_000);
  expect(performance.now() - frozenAt).toBeLessThan(25_000);
  expect(Buffer.concat(said).toString()).toMatch(
    /"doing":"TheLastOne \(\d+ bytes\)","msg":"nothing was answered for 15 s: this process is ended/,
  );
}, 40_000);
