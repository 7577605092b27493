/** What a worker says of its own process. */
import { expect, test } from "vitest";
import { watchOwnLoad } from "../../server/worker/own-load.ts";
import { workerName } from "../../web/features/system/workers.ts";

test("the load is the share of all cores since the look before", () => {
  let [now, used] = [0, 0];
  const look = watchOwnLoad(
    () => now,
    () => used,
    4,
  );
  [now, used] = [1_000, 2_000_000];
  expect(look().load).toBe(0.5);
  [now, used] = [3_000, 2_800_000];
  expect(look().load).toBeCloseTo(0.1, 12);
  expect(look().load).toBe(0);
  [now, used] = [3_001, 99_000_000];
  expect(look()).toMatchObject({ load: 1, memoryBytes: expect.any(Number) });
});

test("workers of one machine are told apart", () => {
  const worker = (id: string, name: string | null) =>
    ({ id, name, host: "vm" }) as Parameters<typeof workerName>[0];
  const all = [worker("a", "card-1"), worker("b", null), worker("c", null)];
  expect(all.map((one) => workerName(one, all))).toEqual(["vm, card-1", "vm, 1", "vm, 2"]);
  expect(workerName(worker("b", null), [worker("b", null)])).toBe("vm");
});
