/**
 * The whole of Gatecast under one roof: database, API, worker, and on the first start something to look at.
 * Started in this order, stopped in the opposite one.
 */
import { MigrationFailed, migrate } from "../db/migrate.ts";
import { type LogLevel, type Settings, tells } from "../settings.ts";
import { runChildOnce, type SupervisedChild, superviseChild } from "./child.ts";
import { openEmbeddedDatabase, type RunningDatabase, refuseSecondStart } from "./embedded-database.ts";
import { expectFreeAddress } from "./free-port.ts";
import type { ChildMessage } from "./messages.ts";
import type { Terminal } from "./terminal.ts";

/** The files that the processes run. */
export interface Modules {
  readonly api: string;
  readonly worker: string;
  /** Imports the sample series and queues the first training; run once the API answers. */
  readonly seed: string;
}

export interface Supervision {
  /** Settles when a part cannot go on: with the reason. */
  readonly failed: Promise<string>;
  /** The worker, then the API, then the database. */
  stop(): Promise<void>;
  /** Ends the processes at once; the database still stops in good order. */
  kill(): void;
}

const portPatienceMs = 3_000;
// A worker ends its batch, stores a checkpoint and hands its job back; an API only says goodbye to its clients.
const workerGraceMs = 8_000;
const apiGraceMs = 4_000;

/** @throws AlreadyRunning, AddressUnusable, MigrationFailed, or what keeps the database from starting. */
export async function supervise(
  settings: Settings,
  modules: Modules,
  terminal: Terminal,
  environment: NodeJS.ProcessEnv,
): Promise<Supervision> {
  if (settings.databaseUrl === null) await refuseSecondStart(settings.dataFolder);
  await expectFreeAddress(settings.host, settings.port, portPatienceMs);
  const database = await openDatabase(settings, terminal);
  try {
    for (const warning of (await migrate(database.url)).warnings) terminal.log(warning);
  } catch (error) {
    await database.stop();
    if (settings.databaseUrl === null || error instanceof MigrationFailed) throw error;
    const { host, pathname } = new URL(settings.databaseUrl);
    const why = (error as Error).message;
    throw new Error(
      `The database ${pathname.slice(1)} at ${host} cannot be used (${why}). Check DATABASE_URL.`,
    );
  }

  const env = { ...environment, DATABASE_URL: database.url };
  return launchAll(database, modules, terminal, env, settings.logLevel);
}

function launchAll(
  database: RunningDatabase,
  modules: Modules,
  terminal: Terminal,
  environment: NodeJS.ProcessEnv,
  logLevel: LogLevel,
): Supervision {
  let fail: (reason: string) => void = () => {};
  const failed = new Promise<string>((resolve) => {
    fail = resolve;
  });
  const common = {
    env: { ...environment, NODE_ENV: "production" },
    onLine: terminal.log,
    onChatter: (line: string) => tells(logLevel, "info") && terminal.log(line),
    onCrash: terminal.log,
    onGivenUp: fail,
  };
  let address: string | null = null;
  let seed: SupervisedChild | null = null;

  const onMessage = (message: ChildMessage): void => {
    if (message.type === "progress") terminal.progress(message);
    if (message.type !== "listening" || message.url === address) return;
    const first = address === null;
    address = message.url;
    terminal.say(`Gatecast is at ${address}`);
    database.announce(address).catch((error: Error) => terminal.log(error.message));
    if (first)
      seed = runChildOnce({ ...common, name: "the first training", module: modules.seed, onMessage });
  };

  const api = superviseChild({
    ...common,
    name: "the API",
    module: modules.api,
    graceMs: apiGraceMs,
    onMessage,
  });
  const worker = superviseChild({
    ...common,
    ...{ name: "the worker", module: modules.worker, graceMs: workerGraceMs, onMessage },
  });

  return {
    failed,
    stop: async () => {
      seed?.kill();
      await worker.stop();
      await api.stop();
      await database.stop();
    },
    kill: () => {
      for (const child of [seed, worker, api]) child?.kill();
    },
  };
}

/** DATABASE_URL's server is not ours to start or stop. */
async function openDatabase(settings: Settings, terminal: Terminal): Promise<RunningDatabase> {
  if (settings.databaseUrl === null) return openEmbeddedDatabase(settings.dataFolder, terminal.log);
  return { url: settings.databaseUrl, announce: async () => {}, stop: async () => {} };
}
