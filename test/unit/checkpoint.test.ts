/** Checkpoints survive their way through the store, and damaged ones are refused. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeCheckpoint, encodeCheckpoint } from "../../server/forecasting/checkpoint.ts";
import { encodeFramed } from "../../server/forecasting/framed-arrays.ts";
import type { Checkpoint } from "../../server/forecasting/training.ts";

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const record = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record(model, { noNullPrototype: true });
const checkpoints: fc.Arbitrary<Checkpoint> = fc.nat(40).chain((length) => {
  const weights = fc.float32Array({ minLength: length, maxLength: length });
  const plateau = fc.option(
    record({ lowestLoss: finite.map(Math.abs), epochsWithout: fc.nat(), halvings: fc.nat() }),
  );
  const checkpoint = record({
    epoch: fc.integer({ min: 1, max: 10_001 }),
    progress: record({
      nextBatch: fc.nat(),
      lossSum: finite.map(Math.abs),
      windows: fc.nat(),
      finished: fc.boolean(),
    }),
    elapsedMs: finite.map(Math.abs),
    state: record({ weights, firstMoment: weights, secondMoment: weights, step: fc.nat() }),
    best: fc.option(record({ epoch: fc.nat(), validationLoss: fc.option(finite.map(Math.abs)), weights })),
  });
  return fc.tuple(checkpoint, plateau).map(([rest, plateau]) => ({ ...rest, ...(plateau && { plateau }) }));
});

test("what is decoded is what was encoded, to the last bit", () => {
  fc.assert(
    fc.property(checkpoints, (checkpoint) => {
      expect(decodeCheckpoint(encodeCheckpoint(checkpoint))).toStrictEqual(checkpoint);
    }),
  );
});

const checkpoint: Checkpoint = {
  epoch: 3,
  progress: { nextBatch: 5, lossSum: 0.1 + 0.2, windows: 320, finished: false },
  elapsedMs: 1234.5,
  state: {
    weights: Float32Array.of(1, -2, 1e-38),
    firstMoment: Float32Array.of(3, 4, 5),
    secondMoment: Float32Array.of(6, 7, 8),
    step: 17,
  },
  best: { epoch: 2, validationLoss: 1 / 3, weights: Float32Array.of(9, 10, 11) },
};

test("bytes from the middle of a pool decode, and stay unharmed when the pool is used again", () => {
  const bytes = encodeCheckpoint(checkpoint);
  const pool = Buffer.alloc(bytes.length + 3);
  const view = pool.subarray(1, 1 + bytes.length);
  view.set(bytes);
  const decoded = decodeCheckpoint(view);
  pool.fill(255);
  expect(decoded).toStrictEqual(checkpoint);
});

test("bytes that are cut short, too long, of another version or of another kind are refused", () => {
  const bytes = encodeCheckpoint(checkpoint);
  const with8th = bytes.slice();
  with8th[8] = 99;
  expect(() => decodeCheckpoint(new Uint8Array(0))).toThrow("must begin with GATECKPT");
  expect(() => decodeCheckpoint(new TextEncoder().encode("GATECKPX and more than that"))).toThrow(
    "must begin with",
  );
  expect(() => decodeCheckpoint(with8th)).toThrow("must be of version 1, got 99");
  expect(() => decodeCheckpoint(bytes.subarray(0, 40))).toThrow("header must end at byte");
  expect(() => decodeCheckpoint(bytes.subarray(0, -4))).toThrow("a checkpoint of 3 weights must have");
  expect(() => decodeCheckpoint(Uint8Array.of(...bytes, 0))).toThrow("a checkpoint of 3 weights must have");
});

test("checkpoints from before there were other losses are read: what was summed was the squared error", () => {
  const { state, best, epoch, elapsedMs, progress } = checkpoint;
  const { lossSum: squaredError, ...rest } = progress;
  const { weights: bestWeights, ...bestEpoch } = best!;
  const header = { epoch, progress: { ...rest, squaredError }, elapsedMs, step: state.step, best: bestEpoch };
  const arrays = [state.weights, state.firstMoment, state.secondMoment, bestWeights];
  const format = { magic: "GATECKPT", version: 1, name: "a checkpoint" };
  expect(decodeCheckpoint(encodeFramed(format, header, arrays))).toStrictEqual(checkpoint);
});

test("arrays of different lengths are no checkpoint", () => {
  const lopsided = { ...checkpoint, state: { ...checkpoint.state, firstMoment: new Float32Array(2) } };
  expect(() => encodeCheckpoint(lopsided)).toThrow("equally long");
});
