import { tmpdir } from "node:os";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { cacheFolder } from "../../server/settings/cache-folder.ts";
import {
  InvalidSettings,
  readOwnerSettings,
  readServerSettings,
  readSettings,
} from "../../server/settings/settings.ts";

const problemsOf = (env: Record<string, string>): readonly string[] => {
  try {
    readSettings(env);
  } catch (error) {
    if (error instanceof InvalidSettings) return error.problems;
  }
  return [];
};

describe("settings", () => {
  test("have defaults that a newcomer need not touch; an empty variable counts as not set", () => {
    const defaults = {
      port: 4000,
      host: "127.0.0.1",
      databaseUrl: null,
      databaseOwnerUrl: null,
      dataFolder: resolve("gatecast-data"),
      logLevel: "warn",
      allowedHosts: [],
      publicUrl: null,
      requestsPerSecond: 100,
      connectionsPerAddress: 500,
      workerDevice: null,
      healthFile: null,
      maxWaitingRuns: 200,
      maxImportBytes: 2_000_000_000,
      importFolder: resolve(tmpdir()),
      retentionDays: null,
      checkpointStore: null,
      checkpointStoreBefore: null,
    };
    expect(readSettings({})).toEqual(defaults);
    const empty = {
      PORT: "",
      HOST: "",
      DATABASE_URL: "",
      GATECAST_DATA: "",
      LOG_LEVEL: "",
      WORKER_DEVICE: "",
      MAX_WAITING_RUNS: "",
      RETENTION_DAYS: "",
    };
    expect(readSettings({ ...empty, CHECKPOINT_STORE: "", CHECKPOINT_STORE_BEFORE: "" })).toEqual(defaults);
  });

  test("are taken from the environment", () => {
    const env = { PORT: "8080", HOST: "::1", DATABASE_URL: "postgres://u:p@db/gatecast", LOG_LEVEL: "debug" };
    const access = {
      ALLOWED_HOSTS: "box, gru.example.net:8443,[fd00::1]",
      PUBLIC_URL: "https://gru.example.net",
      REQUESTS_PER_SECOND: "20",
      CONNECTIONS_PER_ADDRESS: "50",
    };
    const more = {
      GATECAST_DATA: "/srv/gatecast",
      WORKER_DEVICE: "card 1",
      MAX_WAITING_RUNS: "5000",
      RETENTION_DAYS: "90",
    };
    const imports = { MAX_IMPORT_BYTES: "5000000", IMPORT_FOLDER: "/srv/imports" };
    expect(readSettings({ ...env, ...access, ...more, ...imports })).toEqual({
      port: 8080,
      host: "::1",
      databaseUrl: "postgres://u:p@db/gatecast",
      databaseOwnerUrl: null,
      dataFolder: "/srv/gatecast",
      logLevel: "debug",
      allowedHosts: ["box", "gru.example.net:8443", "[fd00::1]"],
      publicUrl: "https://gru.example.net",
      requestsPerSecond: 20,
      connectionsPerAddress: 50,
      workerDevice: "card 1",
      healthFile: null,
      maxWaitingRuns: 5000,
      maxImportBytes: 5_000_000,
      importFolder: "/srv/imports",
      retentionDays: 90,
      checkpointStore: null,
      checkpointStoreBefore: null,
    });
  });

  test.each([
    ["postgres", null],
    ["s3://bucket", { bucket: "bucket", prefix: "", endpoint: null, region: null }],
    ["s3://my.bucket-1/a/b/", { bucket: "my.bucket-1", prefix: "a/b", endpoint: null, region: null }],
    [
      "s3://bucket/a?endpoint=http://minio:9000&region=eu-central-1",
      { bucket: "bucket", prefix: "a", endpoint: "http://minio:9000", region: "eu-central-1" },
    ],
  ])("take %s for a store of checkpoints", (text, address) => {
    const { checkpointStore, checkpointStoreBefore } = readSettings({
      CHECKPOINT_STORE: text,
      CHECKPOINT_STORE_BEFORE: text,
    });
    expect(checkpointStore).toEqual(address);
    expect(checkpointStoreBefore).toEqual(address);
  });

  test("open the API to every name with a *", () => {
    expect(readSettings({ ALLOWED_HOSTS: "*" }).allowedHosts).toBeNull();
  });

  test.each([
    ["ALLOWED_HOSTS", "https://gru.example.net"],
    ["ALLOWED_HOSTS", "box,,other"],
    ["ALLOWED_HOSTS", "*.example.net"],
    ["PUBLIC_URL", "gru.example.net"],
    ["PUBLIC_URL", "https://gru.example.net/gatecast"],
    ["PUBLIC_URL", "ftp://gru.example.net"],
    ["REQUESTS_PER_SECOND", "0"],
    ["REQUESTS_PER_SECOND", "1000001"],
    ["CONNECTIONS_PER_ADDRESS", "many"],
    ["PORT", "eighty"],
    ["PORT", "65536"],
    ["PORT", "-1"],
    ["PORT", "40.5"],
    ["PORT", "1e3"],
    ["HOST", "http://localhost"],
    ["HOST", "a b"],
    ["GATECAST_DATA", fileURLToPath(import.meta.url)],
    ["GATECAST_DATA", fileURLToPath(new URL("settings.test.ts/below", import.meta.url))],
    ["LOG_LEVEL", "loud"],
    ["WORKER_DEVICE", "x".repeat(101)],
    ["MAX_WAITING_RUNS", "0"],
    ["MAX_WAITING_RUNS", "100001"],
    ["MAX_WAITING_RUNS", "many"],
    ["MAX_IMPORT_BYTES", "999999"],
    ["MAX_IMPORT_BYTES", "2e9"],
    ["MAX_IMPORT_BYTES", "100000000001"],
    ["IMPORT_FOLDER", fileURLToPath(import.meta.url)],
    ["RETENTION_DAYS", "0"],
    ["RETENTION_DAYS", "1.5"],
    ["RETENTION_DAYS", "36501"],
  ])("refuse %s=%s, with what was expected and what came", (name, value) => {
    expect(problemsOf({ [name]: value })).toEqual([
      expect.stringMatching(
        new RegExp(`^${name}: expected .+, got "${value.replaceAll(/[.\\/?*]/g, ".")}"$`),
      ),
    ]);
  });

  test("take a password that stands by itself, whatever signs are in it", () => {
    const env = { DATABASE_URL: "postgresql://app@db/gatecast", DATABASE_PASSWORD: "a@b/c:d%e ü" };
    const owner = { DATABASE_OWNER_URL: "postgresql://owner@db/gatecast", DATABASE_OWNER_PASSWORD: "o@" };
    expect(readOwnerSettings({ ...env, ...owner })).toEqual({
      ownerUrl: "postgresql://owner:o%40@db/gatecast",
      role: { name: "app", password: "a@b/c:d%e ü" },
    });
  });

  test("name every wrong one at once", () => {
    const problems = problemsOf({ PORT: "x", HOST: "a b", DATABASE_URL: "x", LOG_LEVEL: "x" });
    expect(problems.map((problem) => problem.split(":")[0])).toEqual([
      "PORT",
      "HOST",
      "DATABASE_URL",
      "LOG_LEVEL",
    ]);
  });

  test.each([
    ["DATABASE_URL", "mysql://localhost/gatecast", /an address of mysql:\/\/localhost$/],
    ["DATABASE_URL", "localhost:5432", /does not begin with postgresql:\/\/$/],
    ["DATABASE_URL", "postgresql://localhost", /postgresql:\/\/localhost without the name of a database$/],
    ["DATABASE_URL", "postgresql:///gatecast", /without a host$/],
    ["CHECKPOINT_STORE", "s3", /does not begin with s3:\/\/$/],
    ["CHECKPOINT_STORE", "https://bucket/prefix", /an address of https:\/\/bucket$/],
    ["CHECKPOINT_STORE", "s3://B/prefix", /a bucket whose name is not 3 to 63/],
    ["CHECKPOINT_STORE", "s3:///prefix", /no bucket$/],
    ["CHECKPOINT_STORE", "s3://bucket/a b", /a prefix with other characters .*bucket$/],
    ["CHECKPOINT_STORE", "s3://bucket/a?endpiont=http:..minio", /"endpiont" beside endpoint and region/],
    ["CHECKPOINT_STORE", "s3://bucket/a?endpoint=minio", /an endpoint that is not http/],
    ["CHECKPOINT_STORE", "s3://bucket?region=Europe West", /a region of other characters/],
    ["CHECKPOINT_STORE_BEFORE", "s3://bucket:9000", /a port for the bucket bucket/],
  ])("refuse %s=%s, and say what is wrong with it", (name, value, problem) => {
    expect(problemsOf({ [name]: value })).toEqual([expect.stringMatching(problem)]);
    expect(problemsOf({ [name]: value })[0]).toMatch(new RegExp(`^${name}: expected .+, got `));
  });

  // In each the secret holds "secret" or "cret", and the parts that its / : @ # ? would make of it.
  test.each([
    ["DATABASE_URL", "mysql://root:secret@host/db"],
    ["DATABASE_URL", "mysql://u:se/cret@h/db"],
    ["DATABASE_URL", "postgres://u:se/cret@h"],
    ["DATABASE_URL", "postgres://u:5/cret@h"],
    ["DATABASE_URL", "postgres://u:se:cret@h"],
    ["DATABASE_URL", "postgres://u:se@cret@h"],
    ["DATABASE_URL", "postgres://u:se#cret@h/db"],
    ["DATABASE_URL", "postgres://u:5#cret@h/db"],
    ["DATABASE_URL", "postgres://u:5?cret@h/db"],
    ["DATABASE_URL", "postgresql://h?password=secret"],
    ["DATABASE_URL", "host=h user=u password=secret dbname=d"],
    ["DATABASE_URL", "user:secret@host/db"],
    ["DATABASE_URL", "secret://h/db@x"],
    ["CHECKPOINT_STORE", "s3://key:secret@bucket"],
    ["CHECKPOINT_STORE", "s3://AKIAIOSFODNN7EXAMPLE:wJalr/K7secret@bucket"],
    ["CHECKPOINT_STORE", "s3://key:5/secret@bucket"],
    ["CHECKPOINT_STORE", "s3://u:sec:ret@bucket"],
    ["CHECKPOINT_STORE", "s3://bucket?secret=topsecret"],
    ["CHECKPOINT_STORE", "s3://bucket?se/cret"],
    ["CHECKPOINT_STORE", "s3://bucket/?endpoint=https://k:sec/ret@host"],
    ["CHECKPOINT_STORE_BEFORE", "s3://bucket/?endpoint=https://k:secret@host"],
    ["CHECKPOINT_STORE_BEFORE", "secret"],
  ])("never print what may be secret in %s=%s", (name, value) => {
    const problems = problemsOf({ [name]: value });
    expect(problems).toHaveLength(1);
    const said = problems[0]!.slice(problems[0]!.indexOf(", got "));
    expect(said.replace('"secret" beside', "").replace("secret://", "")).not.toMatch(
      /cret|AKIA|wJalr|sec:|ret@|sec\//,
    );
  });

  test("of a process that brings no database ask for its address", () => {
    expect(() => readServerSettings({})).toThrow(/DATABASE_URL: expected .+ got nothing/);
    expect(readServerSettings({ DATABASE_URL: "postgresql://h/d" }).databaseUrl).toBe("postgresql://h/d");
  });
});

test("what may be lost is kept where the system keeps such things, or where XDG_CACHE_HOME says", () => {
  expect(cacheFolder({ XDG_CACHE_HOME: resolve("/var/cache") })).toBe(resolve("/var/cache/gatecast"));
  const usual = cacheFolder({}, resolve("/home/ada"));
  expect(usual.startsWith(resolve("/home/ada"))).toBe(true);
  expect(cacheFolder({ XDG_CACHE_HOME: "relative" }, resolve("/home/ada"))).toBe(usual);
});
