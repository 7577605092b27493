/** Kernels that keep the recurrent kernel in registers, which only some cards are known to have: here any adapter must. */
import { afterAll, describe, expect, test } from "vitest";
import type { ModelShape, TrainingOptions } from "../../server/engine/engine.ts";
import { Gpu } from "../../server/engine/webgpu/gpu.ts";
import { threadsOf } from "../../server/engine/webgpu/kernels/held-matrix.ts";
import { WebGpuModel } from "../../server/engine/webgpu/model.ts";
import { WebGpuModels } from "../../server/engine/webgpu/models.ts";
import { planModels } from "../../server/engine/webgpu/plan.ts";
import { findTestGpu, noTestGpu } from "../support/test-gpu.ts";
import { expectLikeReference } from "./like-reference.ts";
import { randomWindows } from "./support.ts";

const gpu = (await findTestGpu()) ? await Gpu.open({ allowSoftware: true }) : null;
afterAll(() => gpu?.destroy());

/** SwiftShader's subgroups have four lanes. */
const limits = () => ({
  ...gpu!.limits,
  registers: { perWorkgroup: 65_536, perThread: 255, threads: 256, subgroup: 4 },
});
const options: TrainingOptions = {
  batchSize: 6,
  learningRate: 0.002,
  seed: 11,
  clipNorm: 1,
  weightDecay: 0.1,
};
const shapeOf = (features: number, window: number, ...units: number[]): ModelShape => ({
  features,
  window,
  horizon: 2,
  layers: units.map((count, i) => ({ units: count, dropout: i % 2 === 0 ? 0.2 : 0 })),
  resetAfter: true,
});

interface Case {
  readonly what: string;
  readonly shape: ModelShape;
  readonly batchSize: number;
  /** Rows that a workgroup carries through time, forward and backward. */
  readonly rows: number;
}

const cases: readonly Case[] = [
  { what: "one unit, the shortest window", shape: shapeOf(1, 2, 1), batchSize: 6, rows: 1 },
  {
    what: "an odd window, two layers with dropout between",
    shape: shapeOf(2, 7, 9, 5),
    batchSize: 6,
    rows: 1,
  },
  { what: "more features than a run projects itself", shape: shapeOf(6, 4, 12), batchSize: 3, rows: 1 },
  { what: "as many threads as a workgroup may have", shape: shapeOf(3, 5, 64), batchSize: 3, rows: 1 },
  { what: "two rows of a batch at once", shape: shapeOf(1, 3, 8), batchSize: 256, rows: 2 },
  { what: "four rows of a batch at once", shape: shapeOf(1, 4, 16, 12), batchSize: 512, rows: 4 },
];

describe.runIf(gpu?.hasSubgroups)(
  gpu ? `kernels in registers on ${gpu.name}` : `kernels in registers on a GPU, ${noTestGpu}`,
  () => {
    test.each(cases)("$what: all as the float64 reference does it", async ({ shape, batchSize, rows }) => {
      for (const { held } of planModels(shape, batchSize, 1, limits()).layers) {
        expect([held?.forward.rows, held?.backward.rows]).toEqual([rows, rows]);
        expect(threadsOf(held!.forward)).toBeLessThanOrEqual(256);
      }
      const group = await WebGpuModels.create(gpu!, shape, [{ ...options, batchSize }], limits());
      await expectLikeReference(new WebGpuModel(group), shape, { ...options, batchSize }, 2);
    });

    test("the same seed gives the same bits with one row at once as with four, among other models", async () => {
      const shape = shapeOf(1, 4, 16, 12);
      const windows = randomWindows(shape, 70, 3);
      const train = async (seeds: readonly number[]) => {
        const each = seeds.map((seed) => ({ ...options, batchSize: 64, seed }));
        const models = await WebGpuModels.create(gpu!, shape, each, limits());
        await models.trainEpoch(windows, 1);
        const [first] = await models.snapshot();
        await models.dispose();
        return first;
      };
      const many = [5, 6, 7, 8, 9, 10, 11, 12];
      expect(planModels(shape, 64, many.length, limits()).layers[0]!.held!.forward.rows).toBe(4);
      expect(await train(many)).toEqual(await train([5]));
    });
  },
);
