/** All that the environment may decide, read and checked in this one place. */
import { statSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
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
  /** Of the tables' owner, where DATABASE_URL is a plain role that may not make tables. */
  readonly databaseOwnerUrl: string | null;
  /** Absolute. */
  readonly dataFolder: string;
  readonly logLevel: LogLevel;
  /** Names by which the API may be asked besides its own, each with a port or for every port; null: any name. */
  readonly allowedHosts: readonly string[] | null;
  /** Where people open the dashboard when a proxy serves it, such as https://gru.example.net. */
  readonly publicUrl: string | null;
  /** That one address may make of the API, on average over ten seconds. */
  readonly requestsPerSecond: number;
  /** That one address may hold open to the API. */
  readonly connectionsPerAddress: number;
  /** What workers of one machine share and take turns on; null: the machine. */
  readonly workerDevice: string | null;
  /** A worker keeps this file young while it does its work; null: none. */
  readonly healthFile: string | null;
  /** Runs that may wait for a worker at a time. */
  readonly maxWaitingRuns: number;
  /** How long ended runs keep their events and checkpoints. Null: for ever. */
  readonly retentionDays: number | null;
  /** Of one file of POST /import, unpacked. */
  readonly maxImportBytes: number;
  /** Where such files lie while they are read. */
  readonly importFolder: string;
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
    DATABASE_URL: withPassword(env.DATABASE_URL, env.DATABASE_PASSWORD),
    DATABASE_OWNER_URL: withPassword(env.DATABASE_OWNER_URL, env.DATABASE_OWNER_PASSWORD),
    GATECAST_DATA: env.GATECAST_DATA || undefined,
    LOG_LEVEL: env.LOG_LEVEL || undefined,
    ALLOWED_HOSTS: env.ALLOWED_HOSTS || undefined,
    PUBLIC_URL: env.PUBLIC_URL || undefined,
    REQUESTS_PER_SECOND: env.REQUESTS_PER_SECOND || undefined,
    CONNECTIONS_PER_ADDRESS: env.CONNECTIONS_PER_ADDRESS || undefined,
    WORKER_DEVICE: env.WORKER_DEVICE || undefined,
    HEALTH_FILE: env.HEALTH_FILE || undefined,
    MAX_WAITING_RUNS: env.MAX_WAITING_RUNS || undefined,
    RETENTION_DAYS: env.RETENTION_DAYS || undefined,
    MAX_IMPORT_BYTES: env.MAX_IMPORT_BYTES || undefined,
    IMPORT_FOLDER: env.IMPORT_FOLDER || undefined,
    CHECKPOINT_STORE: env.CHECKPOINT_STORE || undefined,
    CHECKPOINT_STORE_BEFORE: env.CHECKPOINT_STORE_BEFORE || undefined,
  });
  if (error !== undefined) throw new InvalidSettings(error.issues.map((issue) => describe(issue, env)));
  return {
    port: data.PORT,
    host: data.HOST,
    databaseUrl: data.DATABASE_URL ?? null,
    databaseOwnerUrl: data.DATABASE_OWNER_URL ?? null,
    dataFolder: resolve(data.GATECAST_DATA),
    logLevel: data.LOG_LEVEL,
    allowedHosts: data.ALLOWED_HOSTS,
    publicUrl: data.PUBLIC_URL ?? null,
    requestsPerSecond: data.REQUESTS_PER_SECOND,
    connectionsPerAddress: data.CONNECTIONS_PER_ADDRESS,
    workerDevice: data.WORKER_DEVICE ?? null,
    healthFile: data.HEALTH_FILE ?? null,
    maxWaitingRuns: data.MAX_WAITING_RUNS,
    retentionDays: data.RETENTION_DAYS ?? null,
    maxImportBytes: data.MAX_IMPORT_BYTES,
    importFolder: resolve(data.IMPORT_FOLDER ?? tmpdir()),
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

export interface OwnerSettings {
  readonly ownerUrl: string;
  /** The plain role of DATABASE_URL. */
  readonly role: { readonly name: string; readonly password: string };
}

/** For whoever prepares the database. @throws InvalidSettings where one of the two addresses is missing. */
export function readOwnerSettings(env: Environment): OwnerSettings {
  const { databaseUrl, databaseOwnerUrl } = readServerSettings(env);
  if (databaseOwnerUrl === null) {
    throw new InvalidSettings([
      `DATABASE_OWNER_URL: expected ${expectations.DATABASE_OWNER_URL}, got nothing.`,
    ]);
  }
  return { ownerUrl: databaseOwnerUrl, role: roleOf(databaseUrl) };
}

/** Whom an address logs in. */
export function roleOf(databaseUrl: string): OwnerSettings["role"] {
  const { username, password } = new URL(databaseUrl);
  return { name: decodeURIComponent(username), password: decodeURIComponent(password) };
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
  DATABASE_OWNER_URL: "an address such as postgresql://owner:password@host:5432/database",
  GATECAST_DATA: "a folder that exists or can be made",
  LOG_LEVEL: `one of ${logLevels.join(", ")}`,
  ALLOWED_HOSTS: "names such as gru.example.net or box:4000, with commas between them, or * for any",
  PUBLIC_URL: "the address that people open, such as https://gru.example.net, without a path",
  REQUESTS_PER_SECOND: "a whole number from 1 to 1000000",
  CONNECTIONS_PER_ADDRESS: "a whole number from 1 to 1000000",
  WORKER_DEVICE: "a name of at most 100 characters",
  HEALTH_FILE: "a file that the worker may write",
  MAX_WAITING_RUNS: "a whole number from 1 to 100000",
  RETENTION_DAYS: "a whole number of days from 1 to 36500",
  MAX_IMPORT_BYTES: "a whole number of bytes from 1000000 to 100000000000",
  IMPORT_FOLDER: "a folder that exists or can be made",
  CHECKPOINT_STORE: storeExpectation,
  CHECKPOINT_STORE_BEFORE: storeExpectation,
} as const;

/** Those may hold secrets, so their values are never printed. */
const addressProblems = {
  DATABASE_URL: databaseUrlProblem,
  DATABASE_OWNER_URL: databaseUrlProblem,
  CHECKPOINT_STORE: checkpointStoreProblem,
  CHECKPOINT_STORE_BEFORE: checkpointStoreProblem,
} as const;

const postgresUrl = z.string().refine((text) => databaseUrlProblem(text) === null);

const checkpointStore = z
  .string()
  .default("postgres")
  .refine((text) => checkpointStoreProblem(text) === null)
  .transform(s3AddressOf);

const hostName = /^(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?$/;
const allowedHosts = z
  .string()
  .transform((text) => (text.trim() === "*" ? null : text.split(",").map((name) => name.trim())))
  .refine((names) => names === null || names.every((name) => hostName.test(name)));

const atLeastOne = z
  .string()
  .refine((text) => /^[1-9]\d{0,6}$/.test(text) && Number(text) <= 1_000_000)
  .transform(Number);

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
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_OWNER_URL: postgresUrl.optional(),
  GATECAST_DATA: z.string().default("gatecast-data").refine(isFolderOrFree),
  LOG_LEVEL: z.enum(logLevels).default("warn"),
  ALLOWED_HOSTS: allowedHosts.default([]),
  PUBLIC_URL: z.string().refine(isOrigin).optional(),
  REQUESTS_PER_SECOND: atLeastOne.default(100),
  CONNECTIONS_PER_ADDRESS: atLeastOne.default(500),
  WORKER_DEVICE: z.string().max(100).optional(),
  HEALTH_FILE: z.string().optional(),
  MAX_WAITING_RUNS: z
    .string()
    .default("200")
    .refine((text) => /^\d{1,6}$/.test(text) && Number(text) >= 1 && Number(text) <= 100_000)
    .transform(Number),
  RETENTION_DAYS: z
    .string()
    .refine((text) => /^[1-9]\d{0,4}$/.test(text) && Number(text) <= 36_500)
    .transform(Number)
    .optional(),
  MAX_IMPORT_BYTES: z
    .string()
    .default("2000000000")
    .refine((text) => /^\d{7,12}$/.test(text) && Number(text) >= 1_000_000 && Number(text) <= 100_000_000_000)
    .transform(Number),
  IMPORT_FOLDER: z.string().refine(isFolderOrFree).optional(),
  CHECKPOINT_STORE: checkpointStore,
  CHECKPOINT_STORE_BEFORE: checkpointStore,
});

function describe(issue: z.core.$ZodIssue, env: Environment): string {
  const name = issue.path[0] as keyof typeof expectations;
  const value = env[name] ?? "";
  const problem = isAddress(name) ? addressProblems[name](value) : null;
  return `${name}: expected ${expectations[name]}, got ${problem ?? JSON.stringify(value)}`;
}

/** A password that stands by itself need not be encoded for an address. */
function withPassword(address: string | undefined, password: string | undefined): string | undefined {
  if (!address) return undefined;
  if (!password || !URL.canParse(address)) return address;
  const url = new URL(address);
  url.password = encodeURIComponent(password);
  return url.href;
}

function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, origin, href } = new URL(text);
  return ["http:", "https:"].includes(protocol) && href === `${origin}/`;
}

const isAddress = (name: string): name is keyof typeof addressProblems => name in addressProblems;

function isFolderOrFree(path: string): boolean {
  // PostgreSQL keeps its folder's name on one line of a file.
  if (/\p{Cc}/u.test(path)) return false;
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? true;
  } catch {
    return false; // below a file, or behind a folder that is closed
  }
}
