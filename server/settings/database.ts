/** What the environment says of the database: whose it is, and where the embedded one keeps its data. */
import { resolve } from "node:path";
import { z } from "zod";
import { databaseUrlProblem } from "./store-addresses.ts";
import {
  type Environment,
  folderExpected,
  isFolderOrFree,
  orNull,
  type ValuesOf,
  type Variable,
} from "./variable.ts";

export interface DatabaseSettings {
  /** Null: the embedded PostgreSQL. */
  readonly databaseUrl: string | null;
  /** Of the tables' owner, where DATABASE_URL is a plain role that may not make tables. */
  readonly databaseOwnerUrl: string | null;
  /** Absolute. */
  readonly dataFolder: string;
}

const addressOf = (user: string): Variable<string | null> => ({
  expects: `an address such as postgresql://${user}:password@host:5432/database`,
  schema: orNull(z.string().refine((text) => databaseUrlProblem(text) === null)),
  problemOf: databaseUrlProblem,
});

export const databaseVariables = {
  DATABASE_URL: addressOf("user"),
  DATABASE_OWNER_URL: addressOf("owner"),
  GATECAST_DATA: {
    expects: folderExpected,
    schema: z.string().default("gatecast-data").refine(isFolderOrFree),
  },
} as const;

export const databaseSettings = (given: ValuesOf<typeof databaseVariables>): DatabaseSettings => ({
  databaseUrl: given.DATABASE_URL,
  databaseOwnerUrl: given.DATABASE_OWNER_URL,
  dataFolder: resolve(given.GATECAST_DATA),
});

/** The environment with the passwords that stand by themselves put into their addresses. */
export const withPasswords = (env: Environment): Environment => ({
  ...env,
  DATABASE_URL: withPassword(env.DATABASE_URL, env.DATABASE_PASSWORD),
  DATABASE_OWNER_URL: withPassword(env.DATABASE_OWNER_URL, env.DATABASE_OWNER_PASSWORD),
});

/** A password that stands by itself need not be encoded for an address. */
function withPassword(address: string | undefined, password: string | undefined): string | undefined {
  if (!address || !password || !URL.canParse(address)) return address;
  const url = new URL(address);
  url.password = encodeURIComponent(password);
  return url.href;
}

/** Whom an address logs in. */
export function roleOf(databaseUrl: string): { readonly name: string; readonly password: string } {
  const { username, password } = new URL(databaseUrl);
  return { name: decodeURIComponent(username), password: decodeURIComponent(password) };
}
