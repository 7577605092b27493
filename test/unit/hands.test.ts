/** Which runs a worker takes beside each other, against a queue that hands out what it is told to. */
import { expect, test } from "vitest";
import type { Run } from "../../server/ports/runs.ts";
import { createHands } from "../../server/worker/hands.ts";
import type { HandleJob } from "../../server/worker/ports.ts";
import { smallConfig } from "../support/small-config.ts";

const large = { ...smallConfig, batchSize: 64, window: 60, layers: [{ units: 100, dropout: 0 }] };
const processor = { engine: "NATIVE", available: true, detail: "", device: "CPU", batchMs: 20 } as const;

const card = { ...processor, engine: "WEBGPU", batchMs: 1 } as unknown as typeof processor;

/** Runs whose name begins with "large" are large. A training ends when the test says so. */
function givenHands(count: number, engines = [processor]) {
  const takers: HandleJob[] = [];
  const stopped: number[] = [];
  const training = new Map<string, () => void>();
  const hands = createHands(
    {
      engines,
      runs: {
        find: async (id) =>
          ({
            id,
            config: { ...(id.startsWith("large") ? large : smallConfig), seed: id.charCodeAt(id.length - 1) },
            requestedEngine: "AUTO",
            lostAttempts: id.startsWith("lost") ? 1 : 0,
            engine: null,
            experimentId: id.startsWith("seeds") ? "seeds" : null,
            seriesVersionId: "version",
          }) as Run,
      },
      jobs: {
        work: async (handle) => {
          const place = takers.push(handle) - 1;
          return async () => void stopped.push(place);
        },
        stopTaking: async () => undefined,
        offerAgain: async () => undefined,
      },
    },
    ({ runId }) => new Promise((resolve) => training.set(runId, () => resolve("done"))),
    { onProcessor: count, onCard: count },
  );
  const hand = (place: number, runId: string) =>
    takers[place]!({ runId, signal: new AbortController().signal });
  return { hands, takers, stopped, training, hand };
}
const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

test("while a small run trains, the other hands take small ones too, and stop when nothing is left", async () => {
  const { hands, takers, stopped, training, hand } = givenHands(3);
  await hands.take();
  expect(takers.length).toBe(1);
  const first = hand(0, "a");
  await settled();
  expect(takers.length).toBe(3);
  const second = hand(1, "b");
  await settled();
  expect([...training.keys()]).toEqual(["a", "b"]);
  training.get("a")!();
  expect(await first).toBe("done");
  expect(stopped).toEqual([]);
  training.get("b")!();
  expect(await second).toBe("done");
  expect(stopped.sort()).toEqual([1, 2]);
});

test("a large run goes back from another hand, and trains alone once the small ones are done", async () => {
  const { hands, stopped, training, hand } = givenHands(2);
  await hands.take();
  const small = hand(0, "a");
  await settled();
  expect(await hand(1, "large")).toBe("give back");
  expect(stopped).toEqual([1]);
  training.get("a")!();
  await small;
  const beside = hand(0, "b");
  await settled();
  const besideIt = hand(2, "c");
  training.get("b")!();
  await beside;
  const alone = hand(0, "large");
  await settled();
  expect(training.has("large")).toBe(false);
  training.get("c")!();
  await besideIt;
  await settled();
  expect(training.has("large")).toBe(true);
  training.get("large")!();
  expect(await alone).toBe("done");
});

test("a run whose worker was lost trains alone, so that it cannot end its neighbours", async () => {
  const { hands, takers, training, hand } = givenHands(3);
  await hands.take();
  const alone = hand(0, "lost");
  await settled();
  expect(takers.length).toBe(1);
  training.get("lost")!();
  expect(await alone).toBe("done");
  const small = hand(0, "a");
  await settled();
  expect(await hand(1, "lost")).toBe("give back");
  training.get("a")!();
  await small;
});

test("a card trains the runs of an experiment that see the same windows together, and others one at a time", async () => {
  const { hands, takers, training, hand } = givenHands(3, [card, processor]);
  await hands.take();
  const first = hand(0, "seeds1");
  await settled();
  expect(takers.length).toBe(3);
  const second = hand(1, "seeds2");
  await settled();
  expect(await hand(2, "other")).toBe("give back");
  const other = hand(0, "other");
  await settled();
  expect([...training.keys()]).toEqual(["seeds1", "seeds2"]);
  training.get("seeds1")!();
  training.get("seeds2")!();
  await Promise.all([first, second]);
  await settled();
  training.get("other")!();
  expect(await other).toBe("done");
});

test("a card, or a single core, trains runs of no experiment one at a time", async () => {
  for (const given of [givenHands(4, [card, processor]), givenHands(1)]) {
    await given.hands.take();
    const run = given.hand(0, "a");
    await settled();
    expect(given.takers.length).toBe(1);
    given.training.get("a")!();
    expect(await run).toBe("done");
  }
});

test("what was fetched before the taking ended goes back, also when it has begun anew", async () => {
  const { hands, hand, training } = givenHands(1);
  await hands.take();
  await hands.stopTaking();
  expect(await hand(0, "a")).toBe("give back");
  await hands.take();
  expect(await hand(0, "a")).toBe("give back");
  expect(training.size).toBe(0);
});
