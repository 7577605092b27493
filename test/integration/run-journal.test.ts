import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { RunEventBody } from "../../server/domain/run-event.ts";
import { encodeRunEvents } from "../../server/live/wire.ts";
import { type Backend, givenRun, openTestBackend } from "../support/backend.ts";

let backend: Backend & { drop(): Promise<void> };
beforeAll(async () => {
  backend = await openTestBackend();
});
afterAll(() => backend.drop());

const log = (message: string): RunEventBody => ({ kind: "log", level: "INFO", message });

test("events appended at the same time get gapless numbers, and those of failed transactions are given anew", async () => {
  const { id } = await givenRun(backend);
  const attempts = Array.from({ length: 24 }, (_, i) =>
    backend.transaction(async (tx) => {
      await backend.journal.append(tx, id, log(`event ${i}`));
      if (i % 3 === 0) throw new Error("rolled back");
    }),
  );
  const outcomes = await Promise.allSettled(attempts);
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(16);
  const stored = await backend.journal.read(id, 0, 100);
  expect(stored.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 16 }, (_, i) => i + 1));
  expect((await backend.runs.find(id))?.lastSequence).toBe(16);
});

test("an event comes back as it was stored, to the last bit of its losses", async () => {
  const { id } = await givenRun(backend);
  const epoch = {
    epoch: 1,
    trainLoss: 0.1 + 0.2,
    validationLoss: 1 / 3,
    durationMs: 5e-324,
    samplesPerSecond: 1e300,
  };
  const body: RunEventBody = { kind: "epoch", epoch, etaMs: 12.5 };
  const appended = await backend.transaction((tx) => backend.journal.append(tx, id, body));
  expect(await backend.journal.read(id, 0, 10)).toEqual([appended]);
  expect(appended.body).toEqual(body);
});

test("nobody hears of an event that was rolled back, and of a stored one everybody does", async () => {
  const { id } = await givenRun(backend);
  const heard: number[] = [];
  const told = new Promise<void>((resolve) => {
    backend.bus.onRunEvent(id, ({ sequence, event }) => {
      heard.push(sequence);
      if (event?.body.kind === "log" && event.body.message === "the end") resolve();
    });
  });
  const failing = backend.transaction(async (tx) => {
    await backend.journal.append(tx, id, log("never"));
    throw new Error("rolled back");
  });
  await expect(failing).rejects.toThrow("rolled back");
  await backend.transaction((tx) => backend.journal.append(tx, id, log("first")));
  await backend.transaction((tx) => backend.journal.append(tx, id, log("the end")));
  await told;
  expect(heard).toEqual([1, 2]);
});

test("an event longer than a notification may be is announced by its number", async () => {
  const { id } = await givenRun(backend);
  const heard = new Promise((resolve) => backend.bus.onRunEvent(id, resolve));
  const long = log("é".repeat(4_000));
  await backend.transaction((tx) => backend.journal.append(tx, id, long));
  expect(await heard).toMatchObject({ sequence: 1, event: null });
  expect((await backend.journal.read(id, 0, 1))[0]?.body).toEqual(long);
});

test("events appended together are stored and heard each once and in order, however many and however long", async () => {
  const { id } = await givenRun(backend);
  const heard: number[] = [];
  const told = new Promise<void>((resolve) => {
    backend.bus.onRunEvent(id, ({ sequence }) => {
      heard.push(sequence);
      if (sequence === 302) resolve();
    });
  });
  const first = log("first");
  const many = Array.from({ length: 300 }, (_, i) => log(i % 100 === 50 ? "é".repeat(4_000) : `event ${i}`));
  const appended = await backend.transaction(async (tx) => {
    await backend.journal.append(tx, id, first);
    return backend.journal.appendAll(tx, id, many);
  });
  await backend.transaction((tx) => backend.journal.append(tx, id, log("last")));
  await told;
  expect(heard).toEqual(Array.from({ length: 302 }, (_, i) => i + 1));
  expect(appended.map(({ sequence }) => sequence)).toEqual(heard.slice(1, -1));
  expect((await backend.journal.read(id, 0, 400)).map(({ body }) => body)).toEqual([
    first,
    ...many,
    log("last"),
  ]);
});

test("notifications are as few as hold the events", async () => {
  const at = new Date(0);
  const epoch = {
    epoch: 1,
    trainLoss: 1 / 3,
    validationLoss: 1 / 7,
    durationMs: 1 / 9,
    samplesPerSecond: 1e3,
  };
  const events = Array.from({ length: 256 }, (_, i) => ({
    ...{ runId: randomUUID(), sequence: i + 1, at },
    body: { kind: "epoch" as const, epoch, etaMs: 1 / 3 },
  }));
  const payloads = encodeRunEvents(events);
  expect(payloads.length).toBeLessThan(12);
  for (const payload of payloads) expect(Buffer.byteLength(payload)).toBeLessThan(8_000);
});
