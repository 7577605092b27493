/** All that the environment may decide, read and checked in this one place. */
import { statSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";
import { z } from "zod";
import {
  checkpointStoreProblem,
  databaseUrlProblem,
  type S3Address,
  s3AddressOf,
} from "./store-addresses.ts";

export type { S3Address };

export const logLevels = ["fatal", "error", "warn", "info", "debug", "trace"] as const;
export type LogLevel = (typeof logLevels)[number];

/** Whether the log tells of `level` when it is set to `setting`. */
export const tells = (setting: LogLevel, level: LogLevel): boolean =>
  logLevels.indexOf(setting) >= logLevels.indexOf(level);

export interface Settings {
  /** 0: any free one. */
  readonly port: number;
  readonly host: string;
  /** Null: the embedded PostgreSQL. */
  readonly databaseUrl: string | null;
  /** Absolute. */
  readonly dataFolder: string;
  readonly logLevel: LogLevel;
  /** What workers of one machine share and take turns on; null: the machine. */
  readonly workerDevice: string | null;
  /** Where new checkpoints go. Null: into PostgreSQL. */
  readonly checkpointStore: S3Address | null;
  /** Where older ones may lie still. */
  readonly checkpointStoreBefore: S3Address | null;
}

/** For processes that bring no database of their own: the API and the workers. */
export type ServerSettings = Settings & { readonly databaseUrl: string };

/** Some settings are wrong; the message lists every one of them. */
export class InvalidSettings extends Error {
  constructor(readonly problems: readonly string[]) {
    const count = problems.length === 1 ? "a setting is" : `${problems.length} settings are`;
    super(`Gatecast cannot start: ${count} wrong.\n${problems.map((problem) => `  ${problem}`).join("\n")}`);
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/** @throws InvalidSettings */
export function readSettings(env: Environment): Settings {
  const { data, error } = schema.safeParse({
    PORT: env.PORT || undefined, // an empty variable is one that is not set
    HOST: env.HOST || undefined,
    DATABASE_URL: env.DATABASE_URL || undefined,
    GATECAST_DATA: env.GATECAST_DATA || undefined,
    LOG_LEVEL: env.LOG_LEVEL || undefined,
    WORKER_DEVICE: env.WORKER_DEVICE || undefined,
    CHECKPOINT_STORE: env.CHECKPOINT_STORE || undefined,
    CHECKPOINT_STORE_BEFORE: env.CHECKPOINT_STORE_BEFORE || undefined,
  });
  if (error !== undefined) throw new InvalidSettings(error.issues.map((issue) => describe(issue, env)));
  return {
    port: data.PORT,
    host: data.HOST,
    databaseUrl: data.DATABASE_URL ?? null,
    dataFolder: resolve(data.GATECAST_DATA),
    logLevel: data.LOG_LEVEL,
    workerDevice: data.WORKER_DEVICE ?? null,
    checkpointStore: data.CHECKPOINT_STORE,
    checkpointStoreBefore: data.CHECKPOINT_STORE_BEFORE,
  };
}

/** @throws InvalidSettings, also when DATABASE_URL is not set. */
export function readServerSettings(env: Environment): ServerSettings {
  const settings = readSettings(env);
  if (settings.databaseUrl === null) {
    throw new InvalidSettings([
      `DATABASE_URL: expected ${expectations.DATABASE_URL}, got nothing. (Only "npm start" brings a database of its own.)`,
    ]);
  }
  return { ...settings, databaseUrl: settings.databaseUrl };
}

/** Where what may be lost is kept between starts, as the system has it for each user. */
export function cacheFolder(env: Environment, home = homedir()): string {
  const given = env.XDG_CACHE_HOME;
  const usual = {
    darwin: join(home, "Library", "Caches"),
    win32: env.LOCALAPPDATA || join(home, "AppData", "Local"),
  }[process.platform as string];
  return join(given && isAbsolute(given) ? given : (usual ?? join(home, ".cache")), "gatecast");
}

/** For entry files: prints what is wrong and leaves with code 2, without a stack trace. */
export function settingsOrExit<T>(read: (env: Environment) => T): T {
  try {
    return read(process.env);
  } catch (error) {
    if (!(error instanceof InvalidSettings)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(2);
  }
}

const storeExpectation =
  "postgres, or an address such as s3://bucket/prefix?endpoint=https://host:9000&region=eu-central-1 " +
  "(keys belong into AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY)";

const expectations = {
  PORT: "a whole number from 0 to 65535 (0: any free port)",
  HOST: "a host name or an IP address to listen on, such as 127.0.0.1 or 0.0.0.0",
  DATABASE_URL: "an address such as postgresql://user:password@host:5432/database",
  GATECAST_DATA: "a folder that exists or can be made",
  LOG_LEVEL: `one of ${logLevels.join(", ")}`,
  WORKER_DEVICE: "a name of at most 100 characters",
  CHECKPOINT_STORE: storeExpectation,
  CHECKPOINT_STORE_BEFORE: storeExpectation,
} as const;

/** Those may hold secrets, so their values are never printed. */
const addressProblems = {
  DATABASE_URL: databaseUrlProblem,
  CHECKPOINT_STORE: checkpointStoreProblem,
  CHECKPOINT_STORE_BEFORE: checkpointStoreProblem,
} as const;

const checkpointStore = z
  .string()
  .default("postgres")
  .refine((text) => checkpointStoreProblem(text) === null)
  .transform(s3AddressOf);

const schema = z.object({
  PORT: z
    .string()
    .default("4000")
    .refine((text) => /^\d{1,5}$/.test(text) && Number(text) <= 65535)
    .transform(Number),
  HOST: z
    .string()
    .default("127.0.0.1")
    .refine((text) => /^[A-Za-z0-9.:_-]+$/.test(text)),
  DATABASE_URL: z
    .string()
    .refine((text) => databaseUrlProblem(text) === null)
    .optional(),
  GATECAST_DATA: z.string().default("gatecast-data").refine(isFolderOrFree),
  LOG_LEVEL: z.enum(logLevels).default("warn"),
  WORKER_DEVICE: z.string().max(100).optional(),
  CHECKPOINT_STORE: checkpointStore,
  CHECKPOINT_STORE_BEFORE: checkpointStore,
});

function describe(issue: z.core.$ZodIssue, env: Environment): string {
  const name = issue.path[0] as keyof typeof expectations;
  const value = env[name] ?? "";
  const problem = isAddress(name) ? addressProblems[name](value) : null;
  return `${name}: expected ${expectations[name]}, got ${problem ?? JSON.stringify(value)}`;
}

const isAddress = (name: string): name is keyof typeof addressProblems => name in addressProblems;

function isFolderOrFree(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? true;
}
