/** Runs that wait change places, and the queue hands them out as the list shows them. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { Conflict, InvalidInput, NotFound } from "../../server/domain/errors.ts";
import { setPriority } from "../../server/services/set-priority.ts";
import { openTrainingBackend, startTestWorker, type TrainingBackend } from "../support/worker.ts";

let backend: TrainingBackend;
beforeAll(async () => {
  backend = await openTrainingBackend();
});
afterAll(() => backend.close());

test("a run that is given a higher priority is trained before those that came earlier", async () => {
  const [first, second, third] = [await backend.start(), await backend.start(), await backend.start()];
  const ids = [first.id, second.id, third.id];
  const places = async () => {
    const found = await backend.runs.queuePositions(ids);
    return ids.map((id) => found.get(id));
  };
  expect(await places()).toEqual([1, 2, 3]);
  expect(await setPriority(backend)(third.id, 1)).toMatchObject({ id: third.id, priority: 1 });
  expect(await setPriority(backend)(first.id, -1)).toMatchObject({ priority: -1 });
  expect(await places()).toEqual([3, 2, 1]);

  const worker = await startTestWorker(backend);
  for (const id of ids) await backend.eventsOf(id);
  await worker.drain();
  const begun = (await backend.runs.findMany(ids)).sort((a, b) => +a.startedAt! - +b.startedAt!);
  expect(begun.map(({ id }) => id)).toEqual([third.id, second.id, first.id]);

  // What has ended has no place any more.
  await expect(setPriority(backend)(first.id, 2)).rejects.toThrow(Conflict);
  expect((await backend.runs.find(first.id))!.priority).toBe(-1);
});

test("a priority that there is not, and a run that there is not, are refused", async () => {
  const { id } = await backend.start();
  await expect(setPriority(backend)(id, 11)).rejects.toThrow(InvalidInput);
  await expect(setPriority(backend)(id, 0.5)).rejects.toThrow(InvalidInput);
  await expect(setPriority(backend)("00000000-0000-7000-8000-000000000000", 1)).rejects.toThrow(NotFound);
  await backend.cancel(id);
});
