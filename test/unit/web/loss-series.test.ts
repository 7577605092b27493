/** The loss chart draws what was trained, on axes that hold it. */
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  epochAxis,
  type LossLine,
  logAxis,
  lossLines,
  lowestValidation,
} from "../../../web/entities/run-history/loss-series.ts";

const epoch = (number: number, trainLoss: number, validationLoss: number | null) => ({
  epoch: number,
  trainLoss,
  validationLoss,
  durationMs: 1,
  samplesPerSecond: 1,
});

test("losses are drawn as they are, or as their logarithms", () => {
  const epochs = [epoch(1, 0.1, 0.01), epoch(2, 0.01, 0.001)];
  expect(lossLines(epochs, "linear").map(({ data }) => data)).toEqual([
    [
      [1, 0.1],
      [2, 0.01],
    ],
    [
      [1, 0.01],
      [2, 0.001],
    ],
  ]);
  expect(lossLines(epochs, "log")[0]!.data).toEqual([
    [1, -1],
    [2, -2],
  ]);
});

test("without validation there is one line, and a loss that has no logarithm is left out", () => {
  const [train, ...others] = lossLines([epoch(1, 0, null), epoch(2, 0.1, null)], "log");
  expect(others).toEqual([]);
  expect(train!.data).toEqual([[2, -1]]);
});

test("a long run is thinned to what a screen can show, its first and its newest epoch kept", () => {
  const epochs = Array.from({ length: 10_000 }, (_, i) => epoch(i + 1, 1 / (i + 1), null));
  const [train] = lossLines(epochs, "linear");
  expect(train!.data.length).toBeLessThanOrEqual(1001);
  expect(train!.data[0]![0]).toBe(1);
  expect(train!.data.at(-1)![0]).toBe(10_000);
});

test("a logarithmic axis holds every loss and has at most six steps, whatever was trained", () => {
  const exponent = fc.double({ min: -12, max: 4, noNaN: true });
  fc.assert(
    fc.property(fc.array(exponent, { minLength: 1, maxLength: 50 }), (exponents) => {
      const line: LossLine = { name: "Train", data: exponents.map((y, i) => [i + 1, y]) };
      const { min, max, step } = logAxis([line]);
      expect(min).toBeLessThanOrEqual(Math.min(...exponents) + 1e-9);
      expect(max).toBeGreaterThanOrEqual(Math.max(...exponents) - 1e-9);
      expect((max - min) / step).toBeLessThanOrEqual(6 + 1e-6);
      expect(max).toBeGreaterThan(min);
    }),
  );
});

test("the axis of epochs has at most ten round steps and holds the last epoch", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), (lastEpoch) => {
      const { max, ticks } = epochAxis(lastEpoch);
      expect(max).toBeGreaterThanOrEqual(lastEpoch);
      expect(ticks).toBeLessThanOrEqual(10);
      expect(Number.isInteger(max / ticks)).toBe(true);
    }),
  );
  expect(epochAxis(50)).toEqual({ max: 50, ticks: 10 });
  expect(epochAxis(24)).toEqual({ max: 25, ticks: 5 });
});

test("the lowest validation loss is found, where anything validates", () => {
  expect(lowestValidation([epoch(1, 1, 0.3), epoch(2, 1, 0.2), epoch(3, 1, 0.4)])?.epoch).toBe(2);
  expect(lowestValidation([epoch(1, 1, null)])).toBeNull();
});
