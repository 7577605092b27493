import { expect, test } from "vitest";
import { fewAtOnce } from "../../server/http/few-at-once.ts";

/** Works that end when they are told to. */
function works() {
  const begun: number[] = [];
  const ends = new Map<number, () => void>();
  const work = (id: number) => () => {
    begun.push(id);
    return new Promise<void>((resolve) => ends.set(id, resolve));
  };
  return { begun, work, end: (id: number) => ends.get(id)!() };
}

test("so many at a time, the others in their turn, and beyond those that may wait none", async () => {
  const { begun, work, end } = works();
  const run = fewAtOnce(2, 2);
  const all = [1, 2, 3, 4].map((id) => run(work(id)));
  expect(await run(work(5))).toBe(false);
  expect(begun).toEqual([1, 2]);
  end(2);
  await expect.poll(() => begun).toEqual([1, 2, 3]);
  end(1);
  await expect.poll(() => begun).toEqual([1, 2, 3, 4]);
  end(3);
  end(4);
  expect(await Promise.all(all)).toEqual([true, true, true, true]);
});

test("who takes long, such as a reader that never reads, keeps its place for a moment only", async () => {
  const { begun, work } = works();
  const run = fewAtOnce(1, 5);
  void run(work(1));
  void run(work(2));
  await expect.poll(() => begun, { timeout: 2_000 }).toEqual([1, 2]);
});

test("a work that fails gives its place back, and its failure to who asked", async () => {
  const run = fewAtOnce(1, 5);
  await expect(run(() => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
  expect(await run(async () => undefined)).toBe(true);
});
