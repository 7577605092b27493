/** The built product, once as a first start leaves it and once with nothing in it. */
import { fork, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, realpath, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { migrate } from "../../dist/server/db/migrate.js";
import { startEmbeddedPostgres } from "../../dist/server/supervisor/embedded-postgres.js";

const built = (file) => fileURLToPath(new URL(`../../dist/server/${file}`, import.meta.url));
const patienceMs = 600_000;

/** Waits until all that a first start trains is trained. */
export async function startWithData() {
  const folder = await mkdtemp(join(tmpdir(), "gatecast-pictures-"));
  const port = await freePort();
  const { DATABASE_URL: _none, ...environment } = process.env;
  const env = { ...environment, PORT: String(port), HOST: "127.0.0.1", GATECAST_DATA: folder };
  const child = spawn(process.execPath, [built("main.start.js")], {
    env,
    stdio: ["ignore", "ignore", "inherit"],
  });
  const url = `http://127.0.0.1:${port}`;
  const begun = Date.now();
  while (!(await isTrained(url))) {
    if (child.exitCode !== null) throw new Error(`Gatecast ended with code ${child.exitCode}`);
    if (Date.now() - begun > patienceMs)
      throw new Error("the first start has not trained its runs in 10 minutes");
    await sleep(1_000);
  }
  return {
    url,
    async stop() {
      child.kill("SIGTERM");
      await once(child, "exit");
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function isTrained(url) {
  const query = "{ runs(first: 50) { edges { node { status } } } }";
  const answer = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query }),
  }).catch(() => null);
  const edges = answer?.ok ? (await answer.json()).data.runs.edges : [];
  return edges.length > 0 && edges.every(({ node }) => node.status === "SUCCEEDED");
}

/** A database without a row, and an API. */
export async function startEmpty() {
  const folder = await mkdtemp(join(tmpdir(), "gatecast-pictures-"));
  const postgres = await startEmbeddedPostgres(folder);
  await migrate(postgres.url);
  const env = {
    ...process.env,
    DATABASE_URL: postgres.url,
    PORT: "0",
    HOST: "127.0.0.1",
    LOG_LEVEL: "error",
  };
  const child = fork(built("main.api.js"), { env, stdio: ["ignore", "ignore", "inherit", "ipc"] });
  let told;
  do [told] = await once(child, "message");
  while (told.type !== "listening");
  return {
    url: told.url,
    async stop() {
      child.kill("SIGTERM");
      await once(child, "exit");
      await postgres.stop();
      for (const path of [await realpath(join(folder, "postgres")), folder])
        await rm(path, { recursive: true, force: true });
    },
  };
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}
