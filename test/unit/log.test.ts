import { inspect, stripVTControlCharacters } from "node:util";
import { describe, expect, test } from "vitest";
import type { Checkpoint } from "../../server/forecasting/training.ts";
import { TrainingDiverged } from "../../server/forecasting/training.ts";
import { createLogger, formatLogLine, logConsole, logProcessWarnings } from "../../server/log.ts";
import { longestLine } from "../../server/log-lines.ts";
import { redactor } from "../../server/secrets.ts";

const givenLog = (env: Record<string, string> = {}) => {
  const lines: string[] = [];
  const log = createLogger("test", "info", { write: (line) => lines.push(line) }, redactor(env));
  return { log, lines, last: () => JSON.parse(lines.at(-1)!) };
};
const esc = String.fromCharCode(0x1b);
/** Those of pino-pretty. */
const colour = new RegExp(`${esc}\\[\\d+m`, "g");
const csi = String.fromCharCode(0x9b);

describe("a line of the log", () => {
  class WithState extends Error {
    readonly state = {
      weights: new Float32Array(100_000),
      list: Array.from({ length: 100_000 }, Math.random),
    };
  }

  test.each([
    ["an error with a model's state under any key", () => ({ failure: new WithState("it broke") })],
    ["an error with a model's state under err", () => ({ err: new WithState("it broke") })],
    ["a list of numbers", () => ({ values: Array.from({ length: 100_000 }, Math.random) })],
    ["an array of a model", () => ({ weights: new Float32Array(1_000_000) })],
    ["a long text", () => ({ text: "x".repeat(1_000_000) })],
    ["a long text that JSON escapes", () => ({ text: esc.repeat(1_000_000) })],
    ["a long text of wide characters", () => ({ text: "价".repeat(1_000_000) })],
    ["many long texts", () => ({ texts: Array.from({ length: 50 }, () => ({ a: csi.repeat(5_000) })) })],
    [
      "many keys",
      () => Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`key ${i}`, "x".repeat(90)])),
    ],
    ["long keys", () => ({ ["k".repeat(100_000)]: 1 })],
    ["a deep object", () => Array.from({ length: 1_000 }).reduce<object>((inner) => ({ inner }), {})],
    ["an error with long words", () => ({ err: new Error("x".repeat(1_000_000)) })],
    [
      "a chain of causes",
      () => ({ err: new Error("a".repeat(9_000), { cause: new Error("b".repeat(9_000)) }) }),
    ],
  ])("is valid JSON of at most 16 kB with %s", (_, details) => {
    const { log, lines, last } = givenLog();
    log.warn(details(), "it happened");
    expect(Buffer.byteLength(lines[0]!)).toBeLessThanOrEqual(longestLine);
    expect(last()).toMatchObject({ level: 40, name: "test", msg: "it happened" });
  });

  test("is bounded in its message, too, and where an error is logged alone", () => {
    const { log, lines, last } = givenLog();
    log.warn("m".repeat(100_000));
    log.error(new WithState("e".repeat(100_000)));
    for (const line of lines) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(longestLine);
    expect(last()).toMatchObject({
      msg: expect.stringMatching(/^eee.*100000 characters\)$/),
      err: { type: "WithState" },
    });
  });

  test("has an error's type, words, code and trace under whatever key", () => {
    const { log, last } = givenLog();
    log.warn({ reason: Object.assign(new Error("no space"), { code: "53100" }) }, "away");
    expect(last().reason).toEqual({
      type: "Error",
      message: "no space",
      code: "53100",
      stack: expect.stringContaining("log.test"),
    });
  });

  test("holds no raw control character, also none that JSON leaves as it is", () => {
    const { log, lines, last } = givenLog();
    const name = `${esc}[31m${esc}]0;pwned\u0007\n{"level":60,"msg":"forged"}${csi}2J\u007f\u202e\u2028`;
    log.warn({ name }, name);
    expect(lines).toHaveLength(1);
    expect(lines[0]!.trimEnd()).not.toMatch(/[\p{Cc}\u202a-\u202e\u2028\u2029]/u);
    expect(last()).toMatchObject({ name, msg: name });
  });
});

describe("no secret is in a line of the log", () => {
  const password = "s3:cr/et@word";
  const env = {
    DATABASE_URL: `postgresql://user:${encodeURIComponent(password)}@db.example:5432/prices`,
    AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
  };

  test.each([
    ["the address of the database", `cannot reach ${env.DATABASE_URL}`],
    ["its password", `password ${password} was refused`],
    ["its password as it is written in the address", `… ${encodeURIComponent(password)} …`],
    ["the key of the store", `signature with ${env.AWS_SECRET_ACCESS_KEY} failed`],
    ["an address that is none of the settings", "redis://u:se/c:r@et@cache:6379 is down", "se/c:r@et"],
    ["a password in a query", "at postgres://h/db?password=topsecret&x=1", "topsecret"],
    ["a connection string of words", "host=h user=u password='top secret' dbname=d", "top"],
    ["a key in JSON", '{"secretAccessKey":"topsecret"}', "topsecret"],
    ["a signed address", "GET https://b.s3/x?X-Amz-Signature=abcdef0123&X-Amz-Date=1", "abcdef0123"],
    ["a key's id", "AKIAIOSFODNN7EXAMPLE does not exist", "AKIAIOSFODNN7EXAMPLE"],
  ])("neither %s", (_, text, secret = "") => {
    const { log, lines } = givenLog(env);
    log.warn({ err: new Error(text, { cause: { address: text } }), list: [text] }, text);
    const secrets = [password, encodeURIComponent(password), env.AWS_SECRET_ACCESS_KEY, secret];
    for (const each of secrets.filter((each) => each !== "")) expect(lines[0]).not.toContain(each);
  });

  test("while words that look like none stay", () => {
    const { log, last } = givenLog({ DATABASE_URL: "postgresql://gatecast:gatecast@localhost/gatecast" });
    const text = 'gatecast: password authentication failed for user "gatecast", 5000 tokens at most';
    log.warn(text);
    expect(last().msg).toBe(text);
  });
});

test("what Node.js warns of is a line of the log, and none past it", async () => {
  const before = process.listeners("warning");
  const { log, lines } = givenLog();
  try {
    logProcessWarnings(log);
    process.emitWarning("too many listeners");
    process.emitWarning("old", "DeprecationWarning");
    await new Promise((resolve) => setImmediate(resolve));
  } finally {
    process.removeAllListeners("warning");
    for (const listener of before) process.on("warning", listener);
  }
  expect(lines.map((line) => JSON.parse(line).err.message)).toEqual(["too many listeners"]);
});

test("what a library prints is a line of the log, as loud as LOG_LEVEL says, and none past it", () => {
  const { log, lines } = givenLog();
  const printing = { ...console };
  logConsole(log, printing);
  printing.log("✓ started in %d ms", 7);
  printing.error(new TypeError("Invalid URL"), { input: "*\u001b[31m" });
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0]!)).toMatchObject({
    level: 50,
    msg: expect.stringMatching(/^TypeError: Invalid URL/),
  });
  expect(lines[0]).not.toContain("\u001b");
});

describe("a diverged training", () => {
  const size = 100_000;
  const checkpoint = { state: { weights: new Float32Array(size) } } as unknown as Checkpoint;
  const error = new TrainingDiverged(3, { learningRate: 0.1, clipNorm: null }, checkpoint);

  test("keeps its last good state from whoever prints or stores the error", () => {
    expect(error.lastGood).toBe(checkpoint);
    expect(JSON.stringify(error)).toBe('{"epoch":3}');
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain("weights");
    expect(inspect(error)).not.toContain("Float32Array");
  });
});

describe("a line for people", () => {
  test("shows what a terminal would obey", () => {
    const name = `${esc}]0;pwned\u0007 and\nnext${csi}2J`;
    const line = formatLogLine(JSON.stringify({ level: 40, time: 0, msg: name, name: "api", runName: name }));
    const bare = stripVTControlCharacters(line);
    expect(line.replaceAll(colour, "")).not.toMatch(/[^\P{Cc}\n]/u);
    expect(bare).toContain("␛]0;pwned␇ and␊next");
    expect(formatLogLine(`plain ${name}`)).toBe("plain ␛]0;pwned␇ and\nnext\\u009b2J");
  });
});
