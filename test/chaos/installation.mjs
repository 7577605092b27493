/**
 * A whole installation in a temporary folder: PostgreSQL on a disk that can be filled, two APIs, two workers, and a
 * cable to each that can be cut.
 */
import { mkdtemp, readFile, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { startEmbeddedPostgres } from "../../dist/server/supervisor/embedded-postgres.js";
import { layCable } from "./cable.mjs";
import { createChild } from "./child.mjs";
import { makeDisk } from "./disk.mjs";
import { apis as apiNames, workers as workerNames } from "./plan.mjs";

const built = (file) => fileURLToPath(new URL(`../../dist/server/${file}`, import.meta.url));

/** @param brokenOffMs after how long each of the first starts, which make the tables, is killed. */
export async function install({ complain, say, brokenOffMs }) {
  const folder = await mkdtemp(join(tmpdir(), "gatecast-chaos-"));
  const disk = await makeDisk(folder);
  let postgres = await startEmbeddedPostgres(disk.folder);
  const url = new URL(postgres.url);
  const port = Number(url.port);

  /** Everyone reaches the database by a cable of their own. */
  const databaseCables = new Map();
  const frontCables = new Map();
  const children = new Map();
  let onProgress = () => {};
  for (const name of [...apiNames, ...workerNames]) {
    const database = await layCable(port);
    databaseCables.set(name, database);
    const through = new URL(url);
    through.port = String(database.port);
    const isApi = apiNames.includes(name);
    const front = isApi ? await layCable() : null;
    if (front) frontCables.set(name, front);
    const child = createChild({
      name,
      module: built(isApi ? "main.api.js" : "main.worker.js"),
      env: {
        ...{ DATABASE_URL: through.href, PORT: "0", HOST: "127.0.0.1", LOG_LEVEL: "warn" },
        // Both train at a time, as on two machines.
        WORKER_DEVICE: name,
      },
      logFile: join(folder, `${name.replace(" ", "-")}.log`),
      // A killed API comes back on another port; its clients know only the cable.
      onListening: (address) => front.leadTo(Number(new URL(address).port)),
      onProgress: (progress) => onProgress(name, progress),
      complain,
    });
    children.set(name, child);
  }
  const [firstApi, ...others] = children.values();
  for (const ms of brokenOffMs) await firstApi.startAndKill(ms);
  await firstApi.start(); // it makes the tables, whatever the killed ones left
  await Promise.all(others.map((child) => child.start()));

  let postgresReturns = Promise.resolve();
  const bringPostgresBack = async (awayMs) => {
    await sleep(awayMs);
    postgres = await startEmbeddedPostgres(disk.folder, { port });
  };
  /** PostgreSQL ends by itself where its log of changes finds no space. */
  const fillDisk = async (forMs) => {
    if (disk.fill === null) return say("only root can fill a disk: passed over");
    await disk.fill(forMs);
    await bringPostgresBack(0);
  };

  return {
    folder,
    databaseUrl: url.href,
    /** Where clients find the APIs. */
    endpoints: apiNames.map((name) => `http://127.0.0.1:${frontCables.get(name).port}/graphql`),
    /** @param listener hears what each worker says of its training. */
    watchWorkers(listener) {
      onProgress = listener;
    },
    /** Does one fault of the plan. `recovery` resolves when what it broke is whole again. */
    async strike({ kind, target, forMs }) {
      if (target === "postgres") await postgresReturns;
      const child = children.get(target);
      // A fault counts only if it meets something that stands.
      if (child) await untilUp(child);
      switch (kind) {
        case "kill worker":
        case "kill api":
          return { recovery: child.kill(forMs) };
        case "stop worker":
        case "stop api":
          return { recovery: child.stop(forMs) };
        case "freeze api":
          return { recovery: child.freeze() };
        case "fill disk":
          postgresReturns = fillDisk(forMs);
          return { recovery: postgresReturns };
        case "cut database":
          return { recovery: databaseCables.get(target).cut(forMs) };
        case "freeze database":
          return { recovery: databaseCables.get(target).freeze(forMs) };
        case "cut sockets":
          return { recovery: frontCables.get(target).cut(forMs) };
        case "freeze sockets":
          return { recovery: frontCables.get(target).freeze(forMs) };
        case "restart postgres":
          postgresReturns = postgres.stop().then(() => bringPostgresBack(forMs));
          return { recovery: postgresReturns };
        case "kill postgres":
          process.kill(await postmasterOf(disk.folder), "SIGKILL");
          postgresReturns = bringPostgresBack(forMs);
          return { recovery: postgresReturns };
        default:
          throw new Error(`there is no fault ${kind}`);
      }
    },
    async allUp() {
      await postgresReturns;
      for (const child of children.values()) await untilUp(child);
    },
    async close({ keepFolder }) {
      await postgresReturns;
      for (const name of [...workerNames, ...apiNames]) await children.get(name).stop();
      for (const cable of [...databaseCables.values(), ...frontCables.values()]) cable.close();
      await postgres.stop();
      if (keepFolder) return;
      // Where root may not own a database, it lies elsewhere.
      const home = await realpath(join(disk.folder, "postgres"));
      await disk.remove();
      for (const path of [home, folder]) await rm(path, { recursive: true, force: true });
    },
  };
}

/** A process that is just being started again is waited for. */
async function untilUp(child) {
  for (let tries = 0; ; tries++) {
    try {
      return await child.isUp();
    } catch (error) {
      if (tries === 100) throw error;
      await sleep(200);
    }
  }
}

async function postmasterOf(folder) {
  const file = join(await realpath(join(folder, "postgres")), "pg18", "postmaster.pid");
  return Number((await readFile(file, "utf8")).split("\n")[0]);
}
