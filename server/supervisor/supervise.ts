/**
 * The whole of Gatecast under one roof: database, API, worker, and on the first start something to look at.
 * Started in this order, stopped in the opposite one.
 */
import pg from "pg";
import { type LogLevel, tells } from "../settings/log-level.ts";
import type { Settings } from "../settings/settings.ts";
import { runChildOnce, type SupervisedChild, superviseChild } from "./child.ts";
import { openEmbeddedDatabase, type RunningDatabase, refuseSecondStart } from "./embedded-database.ts";
import { expectFreeAddress } from "./free-port.ts";
import type { ChildMessage } from "./messages.ts";
import type { Terminal } from "./terminal.ts";

/** What is put under the roof. */
export interface Parts {
  /** Brings the database's tables up to date; its warnings are for the log. */
  readonly prepare: (database: RunningDatabase) => Promise<PreparedDatabase>;
  /** Files that the processes run. */
  readonly api: string;
  readonly worker: string;
  /** Imports the sample series and queues the first training; run once the API answers. */
  readonly seed: string;
}

export interface PreparedDatabase {
  /** By which the API and the worker reach it. */
  readonly url: string;
  readonly warnings: readonly string[];
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
// A worker ends its batch, stores a checkpoint and gives its job back; an API only closes its connections.
const workerGraceMs = 8_000;
const apiGraceMs = 4_000;

/** @throws AlreadyRunning, AddressUnusable, what `prepare` throws, or what keeps the database from starting. */
export async function supervise(
  settings: Settings,
  parts: Parts,
  terminal: Terminal,
  environment: NodeJS.ProcessEnv,
): Promise<Supervision> {
  if (settings.databaseUrl === null) await refuseSecondStart(settings.dataFolder);
  await expectFreeAddress(settings.host, settings.port, portPatienceMs);
  const database = await openDatabase(settings, terminal);
  try {
    const { url, warnings } = await parts.prepare(database);
    for (const warning of warnings) terminal.log(warning);
    // The API and the worker do not get the owner's password.
    const { DATABASE_OWNER_URL, DATABASE_OWNER_PASSWORD, DATABASE_PASSWORD, ...env } = environment;
    return launchAll(database, parts, terminal, { ...env, DATABASE_URL: url }, settings.logLevel);
  } catch (error) {
    await database.stop();
    throw error;
  }
}

function launchAll(
  database: RunningDatabase,
  parts: Parts,
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
    if (first) seed = runChildOnce({ ...common, name: "the first training", module: parts.seed, onMessage });
  };

  const api = superviseChild({
    ...common,
    name: "the API",
    module: parts.api,
    graceMs: apiGraceMs,
    onMessage,
  });
  const worker = superviseChild({
    ...common,
    ...{ name: "the worker", module: parts.worker, graceMs: workerGraceMs, onMessage },
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

async function openDatabase(settings: Settings, terminal: Terminal): Promise<RunningDatabase> {
  if (settings.databaseUrl === null) return openEmbeddedDatabase(settings.dataFolder, terminal.log);
  await expectDatabase(settings.databaseUrl);
  // Not ours to start or stop.
  return { url: settings.databaseUrl, isEmbedded: false, announce: async () => {}, stop: async () => {} };
}

async function expectDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {}); // "connect" throws too; without a listener the process would end
  try {
    await client.connect();
    await client.end();
  } catch (error) {
    const { host, pathname } = new URL(url);
    const why = (error as Error).message;
    throw new Error(
      `The database ${pathname.slice(1)} at ${host} cannot be used (${why}). Check DATABASE_URL.`,
    );
  }
}
