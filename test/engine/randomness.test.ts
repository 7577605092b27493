import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ModelShape } from "../../server/engine/engine.ts";
import { initialWeights } from "../../server/engine/initial-weights.ts";
import { philox } from "../../server/engine/philox.ts";
import { dropoutRow, epochOrder } from "../../server/engine/randomness.ts";
import { fromPyTorch, toPyTorch, weightCount, weightLayout } from "../../server/engine/weights.ts";
import { randomModels } from "./support.ts";

describe("random numbers", () => {
  // The known answers that Random123 is published with (examples/kat_vectors).
  test.each([
    { counter: [0, 0, 0, 0], key: [0, 0], expected: "6627e8d5 e169c58d bc57ac4c 9b00dbd8" },
    {
      counter: [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
      key: [0xffffffff, 0xffffffff],
      expected: "408f276d 41c83b0e a20bc7c6 6d5451fd",
    },
    {
      counter: [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      key: [0xa4093822, 0x299f31d0],
      expected: "d16cfe09 94fdcceb 5001e420 24126ea1",
    },
  ])("Philox gives its published answer for counter $counter", ({ counter, key, expected }) => {
    const words = new Uint32Array(4);
    const [c0, c1, c2, c3] = counter as [number, number, number, number];
    philox({ low: key[0]!, high: key[1]! }, c0, c1, c2, c3, words);
    expect([...words].map((word) => word.toString(16).padStart(8, "0")).join(" ")).toBe(expected);
  });

  test("an epoch visits every window once, in an order that seed and epoch decide", () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.integer({ min: 1, max: 9999 }), fc.nat(300), (seed, epoch, count) => {
        const order = epochOrder(seed, epoch, count);
        expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i));
        expect(epochOrder(seed, epoch, count)).toEqual(order);
      }),
    );
    expect(epochOrder(1, 1, 100)).not.toEqual(epochOrder(1, 2, 100));
    expect(epochOrder(1, 1, 100)).not.toEqual(epochOrder(2, 1, 100));
  });

  test("every window is as likely to come first as any other", () => {
    const firsts = new Float64Array(10);
    for (let epoch = 1; epoch <= 10_000; epoch++) firsts[epochOrder(3, epoch, 10)[0]!]!++;
    for (const count of firsts) expect(Math.abs(count - 1000)).toBeLessThan(150); // five standard deviations
  });

  test("dropout drops its share and keeps the expected sum", () => {
    let sum = 0;
    for (let row = 0; row < 2000; row++) {
      const place = { seed: 11, epoch: 1, batch: 0, layer: 0, row };
      for (const keep of dropoutRow(place, 0.3, 50)) sum += keep;
    }
    expect(sum / 100_000).toBeCloseTo(1, 2);
  });
});

describe("initial weights", () => {
  const shape: ModelShape = {
    features: 3,
    window: 10,
    horizon: 2,
    layers: [
      { units: 40, dropout: 0 },
      { units: 24, dropout: 0 },
    ],
    resetAfter: true,
  };
  const of = (weights: Float32Array, kind: string, layer: number) => {
    const tensor = weightLayout(shape).find((found) => found.kind === kind && found.layer === layer)!;
    return { ...tensor, values: weights.subarray(tensor.offset, tensor.offset + tensor.size) };
  };

  test("kernels are Glorot uniform, biases zero", async () => {
    const weights = await initialWeights(shape, 5);
    for (const { values, shape: dimensions } of [of(weights, "kernel", 1), of(weights, "headKernel", 2)]) {
      const limit = Math.sqrt(6 / (dimensions[0]! + dimensions[1]!));
      const largest = values.reduce((most, w) => Math.max(most, Math.abs(w)), 0);
      expect(largest).toBeLessThanOrEqual(Math.fround(limit));
      expect(largest).toBeGreaterThan(0.9 * limit);
    }
    for (const [kind, layer] of [
      ["bias", 0],
      ["recurrentBias", 1],
      ["headBias", 2],
    ] as const) {
      expect(of(weights, kind, layer).values.every((w) => w === 0)).toBe(true);
    }
  });

  test("recurrent kernels have orthonormal rows", async () => {
    const { values } = of(await initialWeights(shape, 5), "recurrentKernel", 0);
    for (let i = 0; i < 40; i++) {
      for (let j = 0; j <= i; j++) {
        let product = 0;
        for (let k = 0; k < 120; k++) product += values[i * 120 + k]! * values[j * 120 + k]!;
        expect(product).toBeCloseTo(i === j ? 1 : 0, 5);
      }
    }
  });

  test("the seed decides them", async () => {
    expect(await initialWeights(shape, 5)).toEqual(await initialWeights(shape, 5));
    expect(await initialWeights(shape, 5)).not.toEqual(await initialWeights(shape, 6));
  });
});

test("weights go to PyTorch's layout and back unchanged", () => {
  fc.assert(
    fc.property(randomModels, ({ shape }) => {
      const after = { ...shape, resetAfter: true };
      const flat = Float32Array.from({ length: weightCount(after) }, (_, i) => i);
      const model = toPyTorch(after, flat);
      expect(fromPyTorch(after, model)).toEqual(flat);
      expect(model.layers[0]!.weightIh).toHaveLength(3 * shape.layers[0]!.units * shape.features);
    }),
  );
});
