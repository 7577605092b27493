/** What the API takes from the environment: where it listens, who may ask, and how much. */
import { tmpdir } from "node:os";
import { resolve } from "node:path";
import { z } from "zod";
import { folderExpected, isFolderOrFree, orNull, type ValuesOf, wholeNumber } from "./variable.ts";

export interface ApiSettings {
  /** 0: any free one. */
  readonly port: number;
  readonly host: string;
  /** Names by which the API may be asked besides its own, each with a port or for every port; null: any name. */
  readonly allowedHosts: readonly string[] | null;
  /** Where people open the dashboard when a proxy serves it, such as https://gru.example.net. */
  readonly publicUrl: string | null;
  /** That one address may make of the API, on average over ten seconds. */
  readonly requestsPerSecond: number;
  /** That one address may hold open to the API. */
  readonly connectionsPerAddress: number;
  /** Runs that may wait for a worker at a time. */
  readonly maxWaitingRuns: number;
  /** Of one file of POST /import, unpacked. */
  readonly maxImportBytes: number;
  /** Where such files lie while they are read. */
  readonly importFolder: string;
}

const hostName = /^(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?$/;
const hostNames = z
  .string()
  .transform((text) => (text.trim() === "*" ? null : text.split(",").map((name) => name.trim())))
  .refine((names) => names === null || names.every((name) => hostName.test(name)));

const port = wholeNumber({ least: 0, most: 65_535 }, 4000);

export const apiVariables = {
  PORT: { ...port, expects: `${port.expects} (0: any free port)` },
  HOST: {
    expects: "a host name or an IP address to listen on, such as 127.0.0.1 or 0.0.0.0",
    schema: z
      .string()
      .default("127.0.0.1")
      .refine((text) => /^[A-Za-z0-9.:_-]+$/.test(text)),
  },
  ALLOWED_HOSTS: {
    expects: "names such as gru.example.net or box:4000, with commas between them, or * for any",
    schema: hostNames.default([]),
  },
  PUBLIC_URL: {
    expects: "the address that people open, such as https://gru.example.net, without a path",
    schema: orNull(z.string().refine(isOrigin)),
  },
  REQUESTS_PER_SECOND: wholeNumber({ least: 1, most: 1_000_000 }, 100),
  CONNECTIONS_PER_ADDRESS: wholeNumber({ least: 1, most: 1_000_000 }, 500),
  MAX_WAITING_RUNS: wholeNumber({ least: 1, most: 100_000 }, 200),
  MAX_IMPORT_BYTES: wholeNumber({ least: 1_000_000, most: 100_000_000_000 }, 2_000_000_000, " of bytes"),
  IMPORT_FOLDER: { expects: folderExpected, schema: z.string().default(tmpdir()).refine(isFolderOrFree) },
} as const;

export const apiSettings = (given: ValuesOf<typeof apiVariables>): ApiSettings => ({
  port: given.PORT,
  host: given.HOST,
  allowedHosts: given.ALLOWED_HOSTS,
  publicUrl: given.PUBLIC_URL,
  requestsPerSecond: given.REQUESTS_PER_SECOND,
  connectionsPerAddress: given.CONNECTIONS_PER_ADDRESS,
  maxWaitingRuns: given.MAX_WAITING_RUNS,
  maxImportBytes: given.MAX_IMPORT_BYTES,
  importFolder: resolve(given.IMPORT_FOLDER),
});

function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, origin, href } = new URL(text);
  return ["http:", "https:"].includes(protocol) && href === `${origin}/`;
}
