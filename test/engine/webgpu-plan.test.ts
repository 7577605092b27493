/** What fits on a GPU, and how: decided before anything is allocated, so it needs none to be tested. */
import { describe, expect, test } from "vitest";
import { type ModelShape, ShapeUnsupported } from "../../server/engine/engine.ts";
import { bytesOf, threadsOf } from "../../server/engine/webgpu/kernels/held-matrix.ts";
import { gradientPass, predictionPass, updatePass } from "../../server/engine/webgpu/passes.ts";
import { planModels } from "../../server/engine/webgpu/plan.ts";

/** WebGPU's defaults: every device has at least these. */
const defaultLimits = {
  maxStorageBufferBindingSize: 134_217_728,
  maxBufferSize: 268_435_456,
  maxComputeWorkgroupsPerDimension: 65_535,
  maxComputeWorkgroupStorageSize: 16_384,
};
const standard: ModelShape = {
  features: 1,
  window: 60,
  horizon: 1,
  layers: [
    { units: 80, dropout: 0.2 },
    { units: 100, dropout: 0.2 },
  ],
  resetAfter: true,
};
const largest: ModelShape = {
  features: 32,
  window: 512,
  horizon: 60,
  layers: Array.from({ length: 4 }, () => ({ units: 512, dropout: 0.5 })),
  resetAfter: true,
};
const smallest: ModelShape = {
  features: 1,
  window: 2,
  horizon: 1,
  layers: [{ units: 1, dropout: 0 }],
  resetAfter: false,
};

const sumOf = (words: Readonly<Record<string, number>>) =>
  Object.values(words).reduce((sum, count) => sum + count, 0);

describe("plans for the GPU", () => {
  test.each([true, false])("the standard model takes 13 dispatches a batch, resetAfter %s", (resetAfter) => {
    const plan = planModels({ ...standard, resetAfter }, 64, 1, defaultLimits);
    expect(gradientPass(plan).length + updatePass(plan).length).toBe(13);
    expect(plan.sliceSize).toBe(64);
  });

  describe("where registers are known", () => {
    const registers = { perWorkgroup: 65_536, perThread: 255, threads: 1024, subgroup: 32 };
    const limits = { ...defaultLimits, maxComputeWorkgroupStorageSize: 49_152, registers };

    test("the standard model's recurrent kernels stay in them, and its batch takes a dispatch less", () => {
      const plan = planModels(standard, 64, 1, limits);
      expect(gradientPass(plan).length + updatePass(plan).length).toBe(12);
      for (const { held } of plan.layers) expect(held).not.toBeNull();
    });

    test("a workgroup holds no more than it has, however many units and windows", () => {
      for (let units = 1; units <= 512; units++)
        for (const models of [1, 16]) {
          const shape = { ...standard, layers: [{ units, dropout: 0 }] };
          const { held } = planModels(shape, 64, models, limits).layers[0]!;
          if (units <= 128) expect(held, `${units} units`).not.toBeNull();
          for (const matrix of held ? [held.forward, held.backward] : []) {
            const { lanes, width, depth, gates, inner, rows } = matrix;
            expect(threadsOf(matrix)).toBeLessThanOrEqual(registers.threads);
            expect(threadsOf(matrix) * width * depth * gates).toBeLessThan(registers.perWorkgroup);
            expect(lanes * depth).toBeGreaterThanOrEqual(inner);
            expect(width * rows).toBeLessThanOrEqual(lanes);
            expect(bytesOf(matrix)).toBeLessThanOrEqual(limits.maxComputeWorkgroupStorageSize);
          }
        }
    });

    test("sums are cut in the same way for one model as for many, so that their bits are the same", () => {
      for (const units of [7, 16, 50, 80, 100, 128]) {
        const shape = { ...standard, layers: [{ units, dropout: 0 }] };
        const [alone, together] = [1, 64].map(
          (models) => planModels(shape, 64, models, limits).layers[0]!.held!,
        );
        for (const run of ["forward", "backward"] as const)
          expect(together![run]).toMatchObject({ lanes: alone![run].lanes, depth: alone![run].depth });
      }
    });

    test("a reset before the recurrent product is no product with one matrix, so nothing is held", () => {
      expect(planModels({ ...standard, resetAfter: false }, 64, 1, limits).layers[0]!.held).toBeNull();
    });
  });

  test.each([
    ["the standard model", standard],
    ["the largest shape", largest],
    ["the smallest shape", smallest],
    ["a narrow model over long windows", { ...smallest, window: 512 }],
  ])("%s fits at every batch size into WebGPU's default limits, in slices where it must", (_, shape) => {
    for (const batchSize of [1, 2, 3, 64, 1000, 4096]) {
      const plan = planModels(shape, batchSize, 1, defaultLimits);
      for (const words of Object.values(plan.words)) expect(4 * words).toBeLessThanOrEqual(134_217_728);
      const kernels = [...gradientPass(plan), ...updatePass(plan)].map(({ kernel }) => kernel);
      for (const { label, workgroups, reads, writes } of kernels) {
        expect(Math.max(...workgroups), label).toBeLessThanOrEqual(65_535);
        expect(Object.keys(reads).length + Object.keys(writes).length, label).toBeLessThanOrEqual(8);
      }
      expect(plan.rows % plan.layers[0]!.rowsForward).toBe(0);
    }
  });

  const generousLimits = {
    maxStorageBufferBindingSize: 2 ** 32 - 4,
    maxBufferSize: 2 ** 40,
    maxComputeWorkgroupsPerDimension: 65_535,
    maxComputeWorkgroupStorageSize: 2 ** 20,
  };

  test.each([
    ["the largest shape at the largest batch", largest, 4096, 1],
    ["a thousand standard models", standard, 64, 1000],
    ["the most narrow model's largest batch over the longest window", { ...smallest, window: 512 }, 4096, 8],
  ])(
    "%s stays within what a kernel can count and start, however large the device",
    (_, shape, batchSize, models) => {
      const plan = planModels(shape, batchSize, models, generousLimits);
      for (const [name, words] of Object.entries(plan.words)) expect(words, name).toBeLessThan(2 ** 32);
      for (const { kernel } of [...gradientPass(plan), ...updatePass(plan), ...predictionPass(plan)])
        expect(Math.max(...kernel.workgroups), kernel.label).toBeLessThanOrEqual(65_535);
      // Scratch space of two gigabytes at most: the rest of the card is others'.
      if (plan.rows > 1) expect(4 * sumOf(plan.words)).toBeLessThanOrEqual(2 ** 31);
    },
  );

  test("a device that binds more than the default handles more windows at once", () => {
    const wide = { ...largest, layers: [{ units: 512, dropout: 0 }] };
    const twice = { ...defaultLimits, maxStorageBufferBindingSize: 2 ** 28 };
    const sliceSizes = [defaultLimits, twice, generousLimits].map(
      (limits) => planModels(wide, 256, 1, limits).sliceSize,
    );
    expect(sliceSizes).toEqual([32, 64, 128]);
  });

  test("a shape that the device cannot hold is refused, with what it needs and what there is", () => {
    const tiny = { ...defaultLimits, maxStorageBufferBindingSize: 2 ** 20 };
    expect(() => planModels(largest, 64, 1, tiny)).toThrow(ShapeUnsupported);
    expect(() => planModels(largest, 64, 1, tiny)).toThrow(/need [\d,]+ bytes .* at most 1,048,576 bytes/);
    expect(() => planModels(standard, 64, 10_000, defaultLimits)).toThrow(ShapeUnsupported);
    const narrow = { ...defaultLimits, maxComputeWorkgroupStorageSize: 4096 };
    expect(() => planModels(largest, 64, 1, narrow)).toThrow(
      /needs 8192 bytes of workgroup memory.* has 4096/,
    );
    const few = { ...defaultLimits, maxComputeWorkgroupsPerDimension: 8 };
    expect(() => planModels(largest, 64, 1, few)).toThrow(/need \d+ workgroups.* at most 8/);
  });
});
