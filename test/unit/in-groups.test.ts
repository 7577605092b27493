/** Reading ahead: what is trained while the database is busy is stored later, but stored, and in order. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { inGroups } from "../../server/worker/in-groups.ts";

const most = 4;
const lists = {
  join: (group: readonly number[] | null, item: number) => [...(group ?? []), item],
  isFull: (group: readonly number[]) => group.length >= most,
};
const turns = async (count: number) => {
  for (let i = 0; i < count; i++) await Promise.resolve();
};
const countTo = (last: number) => Array.from({ length: last }, (_, i) => i + 1);

/** Yields 1, 2, 3, ... each after as many turns as `delays` says, and then ends or throws. */
function givenSource(delays: readonly number[], failure: Error | null = null) {
  const seen = { yielded: 0, ended: false };
  async function* items() {
    try {
      for (const delay of delays) {
        await turns(delay);
        yield ++seen.yielded;
      }
      if (failure) throw failure;
    } finally {
      seen.ended = true;
    }
  }
  return { seen, items: items() };
}

const delays = fc.array(fc.nat(12), { maxLength: 40 });
const paces = fc.infiniteStream(fc.nat(40));

test("whatever the paces, every item comes once and in order, groups are bounded, and an error comes last", async () => {
  await fc.assert(
    fc.asyncProperty(delays, paces, fc.boolean(), async (delays, paces, fails) => {
      const failure = fails ? new Error("the training failed") : null;
      const { seen, items } = givenSource(delays, failure);
      const read: number[] = [];
      const reading = (async () => {
        for await (const group of inGroups(items, lists)) {
          expect(group.length).toBeGreaterThan(0);
          expect(group.length).toBeLessThanOrEqual(most);
          read.push(...group);
          await turns(paces.next().value!);
          // One group is being read, one gathers, and one more item may be in the source's hand.
          expect(seen.yielded - read.length).toBeLessThanOrEqual(most + 1);
        }
      })();
      if (failure) await expect(reading).rejects.toBe(failure);
      else await reading;
      expect(read).toEqual(countTo(delays.length));
      expect(seen.ended).toBe(true);
    }),
  );
});

test("a reader that leaves or fails anywhere ends the source, and nothing of it is lost before", async () => {
  await fc.assert(
    fc.asyncProperty(delays, paces, fc.nat(10), fc.boolean(), async (delays, paces, stay, throws) => {
      const { seen, items } = givenSource(delays);
      const read: number[] = [];
      const failure = new Error("the database refused");
      const reading = (async () => {
        for await (const group of inGroups(items, lists)) {
          read.push(...group);
          await turns(paces.next().value!);
          if (read.length < stay) continue;
          if (throws) throw failure;
          break;
        }
      })();
      const outcome = await reading.catch((error: unknown) => error);
      expect([undefined, failure]).toContain(outcome);
      expect(read).toEqual(countTo(read.length));
      expect(seen.ended).toBe(true);
    }),
  );
});

test("a slow source is read item by item, each at once", async () => {
  let give: (item: number) => void = () => {};
  async function* items() {
    for (;;)
      yield await new Promise<number>((resolve) => {
        give = resolve;
      });
  }
  const groups = inGroups(items(), lists);
  for (const item of countTo(3)) {
    const next = groups.next();
    await turns(20);
    give(item);
    expect(await next).toEqual({ value: [item], done: false });
  }
  const leaving = groups.return();
  await turns(20);
  give(4);
  await leaving;
});

test("while the reader is busy the source goes on until a group is full, and no further", async () => {
  const { seen, items } = givenSource(Array(20).fill(0));
  const groups = inGroups(items, lists);
  expect((await groups.next()).value).toEqual([1]);
  await turns(200);
  expect(seen.yielded).toBe(1 + most);
  expect((await groups.next()).value).toEqual([2, 3, 4, 5]);
  await groups.return();
});
