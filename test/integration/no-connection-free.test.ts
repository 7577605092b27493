/** A server whose connections are all in use says so and when to come back: nobody's bug, and not an error for each in the log. */
import pg from "pg";
import pino from "pino";
import { expect, test, vi } from "vitest";
import { composeApi } from "../../server/compose.ts";
import { puttingOff } from "../../server/db/put-off.ts";
import { Unavailable } from "../../server/domain/errors.ts";
import { presentError } from "../../server/graphql/errors.ts";
import { tellOfUnavailable } from "../../server/graphql/unavailable.ts";
import { createTestDatabase } from "../support/database.ts";

test("a server whose connections are all in use puts requests off, in words, and answers again when they are free", async () => {
  const database = await createTestDatabase();
  const { services, close } = await composeApi({ databaseUrl: database.url }, pino({ level: "silent" }));
  const id = "00000000-0000-4000-8000-000000000001";
  const other = new pg.Client(database.url);
  await other.connect();
  await other.query("BEGIN; LOCK TABLE run");
  const waiting = Array.from({ length: 10 }, () => services.runs.queuePositions([id]));
  await vi.waitFor(async () => {
    const { rowCount } = await other.query("SELECT FROM pg_locks WHERE NOT granted");
    expect(rowCount).toBe(10);
  });
  const outcomes = await Promise.allSettled([
    services.runs.find(id),
    services.runs.queuePositions([id]), // SQL by way of Prisma
    services.priceSeries.list({ first: 1 }),
    services.chartBars({ id, barCount: 1 }, {}, 10), // SQL of our own
    services.cancelTraining(id), // a transaction
    services.importPriceSeries({ symbol: "A", csv: "date,open,high,low,close\n2020-01-02,1,1,1,1" }),
  ]);
  const lines: string[] = [];
  const log = {
    error: () => lines.push("an error"),
    warn: (_: object, message: string) => lines.push(message),
  };
  for (const outcome of outcomes) {
    expect(presentError((outcome as PromiseRejectedResult).reason, log)).toMatchObject({
      message: "the server has more to do than connections to its database: try again in a moment",
      extensions: { code: "UNAVAILABLE", retryAfterMs: 1_000 },
    });
  }
  expect(lines).toEqual([expect.stringMatching(/^requests are put off: the server has more to do/)]);
  await other.query("COMMIT");
  await other.end();
  expect((await Promise.all(waiting)).length).toBe(10);
  expect(await services.runs.find(id)).toBeNull();
  await close();
  await database.drop();
});

const coded = (message: string, code: string) => Object.assign(new Error(message), { code });

test("a bug is still told as what it is", async () => {
  const error = new Error("x is not a function");
  const { fail } = puttingOff({ fail: () => Promise.reject(error) });
  await expect(fail()).rejects.toBe(error);
});

test.each([
  ["a server that is away", coded("connect ECONNREFUSED", "ECONNREFUSED"), /does not answer just now/],
  [
    "a server that is silent",
    new Error("Connection terminated due to connection timeout"),
    /does not answer/,
  ],
  ["a full disk", coded("could not extend file", "53100"), /^the database has no space left: nothing new/],
])("%s is unavailable, with a time to come back", async (_, error, message) => {
  const { fail } = puttingOff({ fail: () => Promise.reject(error) });
  const answer = await fail().catch((failure: unknown) => failure);
  expect(answer).toBeInstanceOf(Unavailable);
  expect(answer).toMatchObject({ message: expect.stringMatching(message), retryAfterMs: 3_000 });
});

test("a stream that finds no connection is put off, and can still be left", async () => {
  let left = 0;
  const busy = () => Promise.reject(new Error("timeout exceeded when trying to connect"));
  const iterator = { next: busy, return: async () => ({ done: true as const, value: ++left }) };
  const { follow } = puttingOff({ follow: () => ({ [Symbol.asyncIterator]: () => iterator }) });
  const events = follow()[Symbol.asyncIterator]();
  await expect(events.next()).rejects.toBeInstanceOf(Unavailable);
  await events.return();
  expect(left).toBe(1);
});

test("the log hears of it once in ten seconds, with the number of those in between", () => {
  const told: unknown[] = [];
  const log = { warn: (details: object) => told.push(details) };
  const busy = new Unavailable("no connection is free", 1_000);
  for (const now of [0, 1, 9_999, 10_000, 10_001, 25_000]) tellOfUnavailable(busy, log, now);
  expect(told).toEqual([{ since: 0 }, { since: 2 }, { since: 1 }]);
});
