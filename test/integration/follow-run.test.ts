import { setTimeout } from "node:timers/promises";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createRunJournal } from "../../server/db/run-journal.ts";
import { NotFound } from "../../server/domain/errors.ts";
import type { RunEvent } from "../../server/domain/run-event.ts";
import { type FollowRunPorts, followRun } from "../../server/live/follow-run.ts";
import { channels } from "../../server/live/wire.ts";
import { type Backend, givenRun, openTestBackend } from "../support/backend.ts";

let backend: Backend & { drop(): Promise<void> };
beforeAll(async () => {
  backend = await openTestBackend();
});
afterAll(() => backend.drop());

const append = (runId: string, message: string) =>
  backend.transaction((tx) => backend.journal.append(tx, runId, { kind: "log", level: "INFO", message }));

const finish = (runId: string) =>
  backend.transaction(async (tx) => {
    await backend.journal.append(tx, runId, { kind: "status", status: "CANCELLED", message: null });
    await backend.runs.setStatus(tx, runId, "CANCELLED");
  });

const from = (first: number, last: number) =>
  Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);

/** Reads answer a while after they looked: what is stored meanwhile is not in them. */
const slowly = ({ runs, journal, bus }: Backend, readMs: number): FollowRunPorts => {
  const late = async <T>(answer: Promise<T>) => {
    const value = await answer;
    await setTimeout(readMs);
    return value;
  };
  return {
    bus,
    runs: { find: (id) => late(runs.find(id)) },
    journal: { read: (...page) => late(journal.read(...page)) },
  };
};

async function sequences(events: AsyncIterable<RunEvent>): Promise<number[]> {
  const seen: number[] = [];
  for await (const { sequence } of events) seen.push(sequence);
  return seen;
}

test("whenever a follower joins, it sees each event after its own once and in order, and then the end", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        before: fc.nat(12),
        after: fc.nat(14),
        // Between the events of each burst the follower gets its turn, or does not.
        bursts: fc.array(fc.record({ count: fc.integer({ min: 1, max: 4 }), long: fc.boolean() }), {
          maxLength: 4,
        }),
        joinAfterBurst: fc.nat(4),
        readMs: fc.nat(6),
      }),
      async ({ before, after, bursts, joinAfterBurst, readMs }) => {
        const { id } = await givenRun(backend);
        for (const i of from(1, before)) await append(id, `old ${i}`);
        let following: Promise<number[]> | undefined;
        const join = () => {
          following ??= sequences(followRun(slowly(backend, readMs))(id, after));
        };
        for (const [i, { count, long }] of bursts.entries()) {
          const burst = from(1, count).map(() => append(id, long ? "x".repeat(9_000) : "new"));
          if (i === joinAfterBurst) join();
          await Promise.all(burst);
        }
        // Joining now, its reads and the end cross each other.
        join();
        await finish(id);
        const last = before + bursts.reduce((sum, { count }) => sum + count, 0) + 1;
        expect(await following).toEqual(from(after + 1, last));
      },
    ),
    { numRuns: 40 },
  );
});

test("a reader that falls far behind still gets every event", async () => {
  const { id } = await givenRun(backend);
  const events = followRun(backend)(id, 0)[Symbol.asyncIterator]();
  const first = events.next();
  for (const i of from(1, 300)) await append(id, `event ${i}`);
  await finish(id);
  const seen = [(await first).value?.sequence];
  for (let next = await events.next(); !next.done; next = await events.next()) seen.push(next.value.sequence);
  expect(seen).toEqual(from(1, 301));
});

test("following a finished run past its end completes, and an unknown run is not found", async () => {
  const { id } = await givenRun(backend);
  await finish(id);
  expect(await sequences(followRun(backend)(id, 1))).toEqual([]);
  expect(await sequences(followRun(backend)(id, 99))).toEqual([]);
  await expect(sequences(followRun(backend)("no-such-run", 0))).rejects.toThrow(NotFound);
});

test("a follower who leaves while waiting is gone at once and hears nothing more", async () => {
  const { id } = await givenRun(backend);
  let listening = 0;
  const bus = {
    ...backend.bus,
    onRunEvent: (...args: Parameters<typeof backend.bus.onRunEvent>) => {
      listening++;
      const stop = backend.bus.onRunEvent(...args);
      return () => {
        listening--;
        stop();
      };
    },
  };
  await append(id, "first");
  const events = followRun({ ...backend, bus })(id, 0)[Symbol.asyncIterator]();
  expect((await events.next()).value?.sequence).toBe(1);
  const waiting = events.next();
  await events.return?.();
  expect(await waiting).toEqual({ done: true, value: undefined });
  expect(listening).toBe(0);
});

test("events stored while the bus was cut off are made up for when it is back", async () => {
  const { id } = await givenRun(backend);
  await append(id, "first");
  const events = followRun(backend)(id, 0)[Symbol.asyncIterator]();
  await events.next();
  const second = events.next();
  await backend.pool.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'gatecast listener' AND datname = current_database()",
  );
  await append(id, "unheard");
  expect((await second).value).toMatchObject({ sequence: 2, body: { message: "unheard" } });
  await events.return?.();
});

test("a follower hears in words that its run was deleted, wherever it began", async () => {
  for (const after of [-1, 0, 1, 7]) {
    const { id } = await givenRun(backend);
    await append(id, "first");
    const followed = sequences(followRun(backend)(id, after)).catch((error: unknown) => error);
    await setTimeout(100);
    await backend.transaction((tx) => backend.runs.delete(tx, [id]));
    const error = await followed;
    expect(error).toBeInstanceOf(NotFound);
    expect((error as Error).message).toBe(`the run ${id} was deleted`);
  }
});

test("a notification that cannot be read ends no process, and costs its listeners nothing that is stored", async () => {
  const { id } = await givenRun(backend);
  await append(id, "first");
  const events = followRun(backend)(id, 0)[Symbol.asyncIterator]();
  await events.next();
  const second = events.next();
  const unannounced = createRunJournal(backend.prisma, {
    runEvents: async () => undefined,
    runChanged: async () => undefined,
    runsDeleted: async () => undefined,
  });
  const body = { kind: "log", level: "INFO", message: "told in words of another version" } as const;
  await backend.transaction((tx) => unannounced.append(tx, id, body));
  await backend.pool.query("SELECT pg_notify($1, '{}')", [channels.runEvents]);
  expect((await second).value).toMatchObject({ sequence: 2, body });
  await events.return?.();
});
