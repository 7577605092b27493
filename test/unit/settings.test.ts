import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import {
  cacheFolder,
  InvalidSettings,
  readOwnerSettings,
  readServerSettings,
  readSettings,
} from "../../server/settings.ts";

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
    const more = { GATECAST_DATA: "/srv/gatecast", WORKER_DEVICE: "card 1", MAX_WAITING_RUNS: "5000" };
    expect(readSettings({ ...env, ...access, ...more })).toEqual({
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
    ["DATABASE_URL", "mysql://localhost/gatecast"],
    ["DATABASE_URL", "localhost:5432"],
    ["DATABASE_URL", "postgresql://localhost"],
    ["GATECAST_DATA", fileURLToPath(import.meta.url)],
    ["GATECAST_DATA", fileURLToPath(new URL("settings.test.ts/below", import.meta.url))],
    ["LOG_LEVEL", "loud"],
    ["WORKER_DEVICE", "x".repeat(101)],
    ["MAX_WAITING_RUNS", "0"],
    ["MAX_WAITING_RUNS", "100001"],
    ["MAX_WAITING_RUNS", "many"],
    ["CHECKPOINT_STORE", "s3"],
    ["CHECKPOINT_STORE", "https://bucket/prefix"],
    ["CHECKPOINT_STORE", "s3://B/prefix"],
    ["CHECKPOINT_STORE", "s3://bucket/a b"],
    ["CHECKPOINT_STORE", "s3://bucket/a?endpiont=http:..minio"],
    ["CHECKPOINT_STORE", "s3://bucket/a?endpoint=minio"],
    ["CHECKPOINT_STORE_BEFORE", "s3:..bucket:9000"],
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

  test("never print the password of a wrong address", () => {
    expect(problemsOf({ DATABASE_URL: "mysql://root:secret@host/db" }).join()).not.toContain("secret");
    expect(problemsOf({ CHECKPOINT_STORE: "s3://key:secret@bucket" })).toEqual([
      expect.stringMatching(/keys belong into AWS_ACCESS_KEY_ID.*key:\*\*\*@bucket/),
    ]);
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
