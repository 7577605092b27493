/** All that the environment may decide, read and checked in one place. Each group has its own file beside this one. */
import { type ApiSettings, apiSettings, apiVariables } from "./api.ts";
import {
  type DatabaseSettings,
  databaseSettings,
  databaseVariables,
  roleOf,
  withPasswords,
} from "./database.ts";
import { type LogLevel, logVariables } from "./log-level.ts";
import type { Environment, ValuesOf, Variable } from "./variable.ts";
import { type WorkerSettings, workerSettings, workerVariables } from "./worker.ts";

export interface Settings extends ApiSettings, DatabaseSettings, WorkerSettings {
  readonly logLevel: LogLevel;
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

const variables = { ...apiVariables, ...databaseVariables, ...logVariables, ...workerVariables };

/** @throws InvalidSettings */
export function readSettings(env: Environment): Settings {
  const given = readVariables(withPasswords(env));
  return {
    ...apiSettings(given),
    ...databaseSettings(given),
    ...workerSettings(given),
    logLevel: given.LOG_LEVEL,
  };
}

function readVariables(env: Environment): ValuesOf<typeof variables> {
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, variable] of Object.entries<Variable<unknown>>(variables)) {
    const text = env[name] || undefined; // an empty variable is one that is not set
    const { success, data } = variable.schema.safeParse(text);
    if (success) values[name] = data;
    else problems.push(problemWith(name, variable, text ?? ""));
  }
  if (problems.length > 0) throw new InvalidSettings(problems);
  return values as ValuesOf<typeof variables>;
}

const problemWith = (name: string, { expects, problemOf }: Variable<unknown>, text: string): string =>
  `${name}: expected ${expects}, got ${problemOf?.(text) ?? JSON.stringify(text)}`;

/** @throws InvalidSettings, also when DATABASE_URL is not set. */
export function readServerSettings(env: Environment): ServerSettings {
  const settings = readSettings(env);
  if (settings.databaseUrl === null) {
    throw new InvalidSettings([
      `${missing("DATABASE_URL")} (Only "npm start" brings a database of its own.)`,
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
  if (databaseOwnerUrl === null) throw new InvalidSettings([missing("DATABASE_OWNER_URL")]);
  return { ownerUrl: databaseOwnerUrl, role: roleOf(databaseUrl) };
}

const missing = (name: keyof typeof variables): string =>
  `${name}: expected ${variables[name].expects}, got nothing.`;

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
