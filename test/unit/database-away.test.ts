import { expect, test } from "vitest";
import { isDatabaseAway, isTransactionTimeout, shortageOf } from "../../server/db/database-away.ts";
import { Prisma } from "../../server/db/generated/client.ts";

const clientVersion = Prisma.prismaVersion.client;
const fromPg = (code: string) => Object.assign(new Error("said PostgreSQL"), { code });
/** As @prisma/adapter-pg tells what it has no name for. */
const fromAdapter = (code: string) =>
  Object.assign(new Error("adapter"), { cause: { kind: "postgres", code } });
const fromPrisma = (code: string) =>
  new Prisma.PrismaClientKnownRequestError("Raw query failed", {
    code: "P2010",
    clientVersion,
    meta: { driverAdapterError: fromAdapter(code) },
  });
const forms = [
  ["node-postgres", fromPg],
  ["the adapter", fromAdapter],
  ["Prisma", fromPrisma],
] as const;

test.each(forms)("no space, no memory, a limit or a broken disk are waited for, told by %s", (_, error) => {
  for (const [state, shortage] of [
    ["53100", /no space left/],
    ["53200", /no memory left/],
    ["53400", /limit/],
    ["58030", /files/],
  ] as const) {
    expect(isDatabaseAway(error(state))).toBe(true);
    expect(shortageOf(error(state))?.is).toMatch(shortage);
  }
});

test.each(forms)("what is away is short of nothing, told by %s", (_, error) => {
  for (const state of ["08006", "53300", "57P01", "40001", "55P03"]) {
    expect(isDatabaseAway(error(state))).toBe(true);
    expect(shortageOf(error(state))).toBeNull();
  }
});

test.each(forms)("a mistake of ours is neither, told by %s", (_, error) => {
  for (const state of ["23505", "42P01", "54000", "22P02"]) {
    expect(isDatabaseAway(error(state))).toBe(false);
    expect(shortageOf(error(state))).toBeNull();
  }
});

test("a transaction that took too long is not an absence, one that found no connection is", () => {
  const of = (message: string) =>
    new Prisma.PrismaClientKnownRequestError(message, { code: "P2028", clientVersion });
  const late = of(
    "Transaction API error: A commit cannot be executed on an expired transaction. The timeout ...",
  );
  const noConnection = of("Transaction API error: Unable to start a transaction in the given time.");
  expect([isTransactionTimeout(late), isDatabaseAway(late)]).toEqual([true, false]);
  expect([isTransactionTimeout(noConnection), isDatabaseAway(noConnection)]).toEqual([false, true]);
});
