import { afterAll, beforeAll, expect, test } from "vitest";
import { watchRuns } from "../../server/live/watch-runs.ts";
import type { Run } from "../../server/ports/runs.ts";
import { type Backend, givenRun, openTestBackend } from "../support/backend.ts";

let backend: Backend & { drop(): Promise<void> };
beforeAll(async () => {
  backend = await openTestBackend();
});
afterAll(() => backend.drop());

const iterate = (runs: AsyncIterable<Run>) => runs[Symbol.asyncIterator]();
const update = (id: string, epoch: number) =>
  backend.transaction((tx) => backend.runs.update(tx, id, { epoch }));

test("a run that changes a hundred times in a moment is told at most four times a second, and at last as it is", async () => {
  const watched = iterate(watchRuns(backend)());
  const { id } = await givenRun(backend);
  const told: number[] = [];
  const all = (async () => {
    for (let next = await watched.next(); !next.done; next = await watched.next()) {
      told.push(next.value.epoch);
      if (next.value.epoch === 100) return;
    }
  })();
  const startedAt = performance.now();
  for (let epoch = 1; epoch <= 100; epoch++) await update(id, epoch);
  await all;
  const quartersOfSecond = (performance.now() - startedAt) / 250;
  expect(told.length).toBeLessThanOrEqual(quartersOfSecond + 2);
  expect(told).toEqual([...told].sort((a, b) => a - b));
  await watched.return?.();
});

test("every watcher hears of every run, and one that leaves while waiting is released", async () => {
  const watch = watchRuns(backend);
  const [one, two] = [iterate(watch()), iterate(watch())];
  const { id } = await givenRun(backend);
  expect((await one.next()).value?.id).toBe(id);
  expect((await two.next()).value?.id).toBe(id);
  const waiting = one.next();
  await one.return?.();
  expect(await waiting).toEqual({ done: true, value: undefined });
  await update(id, 1);
  expect((await two.next()).value).toMatchObject({ id, epoch: 1 });
  await two.return?.();
});

test("what changed while the bus was cut off is told when it is back", async () => {
  const watched = iterate(watchRuns(backend)());
  const { id } = await givenRun(backend);
  await watched.next();
  await backend.pool.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'gatecast listener' AND datname = current_database()",
  );
  await backend.transaction((tx) => backend.runs.setStatus(tx, id, "CANCELLED"));
  for (let next = await watched.next(); !next.done; next = await watched.next()) {
    if (next.value.id === id && next.value.status === "CANCELLED") break;
  }
  await watched.return?.();
});
