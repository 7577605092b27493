/** What AUTO goes by: a standard batch's time as a run would see it. */
import { expect, test } from "vitest";
import type { Engine, EngineModel, WindowSet } from "../../server/engine/engine.ts";
import { standardBatchMs, standardOptions } from "../../server/engine/probe.ts";

/** An engine on a clock of its own: an epoch costs its batches, and something once. */
function engineThatTakes({ batchMs, epochMs }: { batchMs: number; epochMs: number }) {
  let clock = 0;
  let disposed = 0;
  const model = {
    async trainEpoch({ starts }: WindowSet) {
      clock += epochMs + batchMs * Math.ceil(starts.length / standardOptions.batchSize);
    },
    dispose: async () => {
      disposed++;
    },
  };
  const engine = { createModel: async () => model as unknown as EngineModel } as unknown as Engine;
  return { engine, now: () => clock, elapsed: () => clock, disposed: () => disposed };
}

test("what a GPU's epoch costs once is not taken for the time of a batch", async () => {
  const { engine, now, disposed } = engineThatTakes({ batchMs: 0.5, epochMs: 4 });
  const found = await standardBatchMs(engine, now);
  expect(found).toBeGreaterThanOrEqual(0.5);
  expect(found).toBeLessThan(0.7);
  expect(disposed()).toBe(1);
});

test.each([0.1, 10, 40, 140, 500])(
  "an engine of %d ms a batch is timed rightly, and soon",
  async (batchMs) => {
    const { engine, now, elapsed } = engineThatTakes({ batchMs, epochMs: 0 });
    expect(await standardBatchMs(engine, now)).toBeCloseTo(batchMs, 6);
    expect(elapsed()).toBeLessThan(Math.max(1_100, 5 * batchMs + 1));
  },
);

test("a clock too coarse to see a batch times an epoch of many", async () => {
  const { engine, now } = engineThatTakes({ batchMs: 0.3, epochMs: 0 });
  expect(await standardBatchMs(engine, () => Math.floor(now()))).toBeCloseTo(0.3, 1);
});
