/** The measurement behind `npm run bench:gpu`: it must measure what training does, and nothing else. */
import { afterAll, describe, expect, test, vi } from "vitest";
import type { ModelShape } from "../../server/engine/engine.ts";
import { Gpu } from "../../server/engine/webgpu/gpu.ts";
import { WebGpuModels } from "../../server/engine/webgpu/models.ts";
import { gradientPass, updatePass } from "../../server/engine/webgpu/passes.ts";
import { planModels } from "../../server/engine/webgpu/plan.ts";
import { findTestGpu, noTestGpu } from "../support/test-gpu.ts";
import { randomWindows } from "./support.ts";

const gpu = (await findTestGpu()) ? await Gpu.open({ allowSoftware: true }) : null;
afterAll(() => gpu?.destroy());
const measurable = gpu?.tellsTime ?? false;

const shape: ModelShape = {
  features: 1,
  window: 5,
  horizon: 1,
  layers: [
    { units: 6, dropout: 0.2 },
    { units: 5, dropout: 0.2 },
  ],
  resetAfter: true,
};
const options = [{ batchSize: 6, learningRate: 0.01, seed: 5 }];
const windows = randomWindows(shape, 12, 1);

describe.runIf(gpu)(gpu ? `kernel times on ${gpu.name}` : `kernel times on a GPU, ${noTestGpu}`, () => {
  test.runIf(measurable)("a measured epoch dispatches and learns what any other does", async () => {
    const measured = await WebGpuModels.create(gpu!, shape, options);
    const times = await measured.kernelTimes(windows, 1);
    const plan = planModels(shape, options[0]!.batchSize, 1, gpu!.limits);
    const kernels = [...gradientPass(plan), ...updatePass(plan)].map(({ kernel }) => kernel.label);
    expect(times.map(({ kernel, dispatches }) => [kernel, dispatches])).toEqual(
      kernels.map((label) => [label, 1]),
    );
    for (const { ms, kernel } of times) expect(ms, kernel).toBeGreaterThan(0);

    const trained = await WebGpuModels.create(gpu!, shape, options);
    await trained.trainEpoch(windows, 1);
    expect(await measured.snapshot()).toEqual(await trained.snapshot());
    await measured.dispose();
    await trained.dispose();
  });

  test.runIf(measurable)(
    "a batch in slices counts each kernel once a slice, and the update once",
    async () => {
      // Gates of two windows: 5 steps x 2 windows x 24 numbers x 4 bytes.
      const limits = { ...gpu!.limits, maxStorageBufferBindingSize: 1600 };
      const models = await WebGpuModels.create(gpu!, shape, options, limits);
      const times = new Map(
        (await models.kernelTimes(windows, 1)).map(({ kernel, dispatches }) => [kernel, dispatches]),
      );
      expect(times.get("gru-backward 0")).toBeGreaterThan(1);
      expect(times.get("adam")).toBe(1);
      await models.dispose();
    },
  );

  test("a GPU without a clock says so", async () => {
    const models = await WebGpuModels.create(gpu!, shape, options);
    vi.spyOn(gpu!, "tellsTime", "get").mockReturnValue(false);
    await expect(models.kernelTimes(windows, 1)).rejects.toThrow(/tells no time .*"timestamp-query"/);
    await models.dispose();
  });
});
