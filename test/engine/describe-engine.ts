/** What every engine promises, whatever it computes with. Each engine's own test file calls it, and adds what is its own. */
import { describe, expect, test } from "vitest";
import {
  Diverged,
  type Engine,
  type EngineModel,
  type EpochProgress,
  epochStart,
  type ModelShape,
  type ModelState,
  ShapeUnsupported,
} from "../../server/engine/engine.ts";
import { losses } from "../../server/engine/loss.ts";
import { disagreement, relativeError } from "../../server/engine/probe.ts";
import { epochOrder } from "../../server/engine/randomness.ts";
import { ReferenceModel } from "../../server/engine/reference-model.ts";
import { weightCount, weightLayout } from "../../server/engine/weights.ts";
import { randomWindows } from "./support.ts";

/** One shape for all promises: a software adapter takes seconds to compile each new one. */
export const contractShape: ModelShape = {
  features: 2,
  window: 5,
  horizon: 2,
  layers: [
    { units: 6, dropout: 0.2 },
    { units: 5, dropout: 0.3 },
  ],
  resetAfter: true,
};
export const contractOptions = { batchSize: 6, learningRate: 0.01, seed: 5 };
export const contractWindows = randomWindows(contractShape, 32, 1);
export const contractBatches = Math.ceil(32 / contractOptions.batchSize);
/** Trains one batch: an aborted signal stops after the batch in hand. */
const oneBatch = AbortSignal.abort();

/** @param engine asked for when a test runs: one that is not there has none. */
export function describeEngine(name: string, engine: () => Engine): void {
  const [shape, options, windows] = [contractShape, contractOptions, contractWindows];
  const withModel = async <T>(more: object, use: (model: EngineModel) => Promise<T>): Promise<T> => {
    const model = await engine().createModel(shape, { ...options, ...more });
    try {
      return await use(model);
    } finally {
      await model.dispose();
    }
  };
  const trained = (more: object = {}) =>
    withModel(more, async (model) => {
      const progress = await model.trainEpoch(windows, 1);
      return { progress, state: await model.snapshot(), predictions: await model.predict(windows) };
    });

  describe(`${name}, as every engine`, () => {
    test("agrees with the float64 reference, reset before and after", async () => {
      expect(await disagreement(engine(), true)).toBeNull();
      expect(await disagreement(engine(), false)).toBeNull();
    });

    test("gives the same bits for the same seed, and others for another", async () => {
      const first = await trained();
      expect(await trained()).toEqual(first);
      expect((await trained({ seed: 6 })).progress.lossSum).not.toBe(first.progress.lossSum);
    });

    test("ends an epoch that is stopped after any batch and resumed elsewhere with the same bits", async () => {
      const undisturbed = await withModel({}, async (model) => {
        await model.trainEpoch(windows, 1);
        return { progress: await model.trainEpoch(windows, 2), state: await model.snapshot() };
      });
      let state: ModelState | undefined;
      let progress: EpochProgress = epochStart;
      const stops: number[] = [];
      for (const epoch of [1, 2]) {
        progress = epochStart;
        while (!progress.finished) {
          await withModel({}, async (model) => {
            if (state) await model.restore(state);
            progress = await model.trainEpoch(windows, epoch, progress, oneBatch);
            state = await model.snapshot();
            stops.push(progress.nextBatch);
          });
        }
      }
      expect(stops).toEqual([1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6]);
      expect({ progress, state }).toEqual(undisturbed);
    });

    test("names epoch and batch of a loss that is not finite, keeps the weights of before, and goes on from them", async () => {
      const order = epochOrder(options.seed, 3, windows.starts.length);
      const badBatch = 2;
      const targets = windows.targets.slice();
      targets[order[badBatch * options.batchSize]! * shape.horizon] = 1e30;
      const [state, progress] = await withModel({}, async (healthy) => {
        let reached: EpochProgress = epochStart;
        for (let batch = 0; batch < badBatch; batch++)
          reached = await healthy.trainEpoch(windows, 3, reached, oneBatch);
        return [await healthy.snapshot(), reached] as const;
      });
      await withModel({}, async (model) => {
        const diverged = await model
          .trainEpoch({ ...windows, targets }, 3)
          .catch((reason: unknown) => reason);
        expect(diverged).toBeInstanceOf(Diverged);
        expect(diverged).toMatchObject({ epoch: 3, batch: badBatch });
        expect(await model.snapshot()).toEqual(state);
        expect((await model.predict(windows)).every(Number.isFinite)).toBe(true);
        await model.restore(state);
        expect(await model.trainEpoch(windows, 3, progress)).toMatchObject({ finished: true });
      });
    });

    test("never trains unnoticed on a row that is not a number", async () => {
      const rows = windows.rows.map((value, i) => (i === 20 ? Number.NaN : value));
      await withModel({}, async (model) => {
        await expect(model.trainEpoch({ ...windows, rows }, 4)).rejects.toBeInstanceOf(Diverged);
      });
    });

    test("clips the gradient's norm and decays weights as asked", async () => {
      const afterOneBatch = (more: object) =>
        withModel(more, async (model) => {
          await model.trainEpoch(windows, 1, epochStart, oneBatch);
          return model.snapshot();
        });
      const plain = await afterOneBatch({});
      const clipped = await afterOneBatch({ clipNorm: 1e-3 });
      const norm = Math.hypot(...clipped.firstMoment);
      expect(norm).toBeCloseTo(1e-4, 8); // the first moment is a tenth of the clipped gradient
      expect(Math.hypot(...plain.firstMoment)).toBeGreaterThan(10 * norm);
      const fresh = await withModel({}, (model) => model.snapshot());
      const decayed = await afterOneBatch({ weightDecay: 2 });
      for (const [i, weight] of decayed.weights.entries())
        expect(weight).toBeCloseTo(plain.weights[i]! - 0.01 * 2 * fresh.weights[i]!, 6);
    });

    test("trains at the learning rate that was set last as one that was made with it, and refuses what is none", async () => {
      const started = await withModel({}, async (model) => {
        await model.trainEpoch(windows, 1);
        return model.snapshot();
      });
      const goOn = (more: object, rates: readonly number[]) =>
        withModel(more, async (model) => {
          await model.restore(started);
          for (const rate of rates) await model.setLearningRate(rate);
          const progress = await model.trainEpoch(windows, 2);
          return { progress, state: await model.snapshot() };
        });
      const decay = { weightDecay: 2 };
      const slower = await goOn({ ...decay, learningRate: 0.0005 }, []);
      expect(await goOn(decay, [0.3, 0.0005])).toEqual(slower);
      expect(await goOn(decay, [])).not.toEqual(slower);
      await withModel(decay, async (model) => {
        await expect(model.setLearningRate(0)).rejects.toThrow(/above 0 and at most 1000, got 0/);
        await expect(model.setLearningRate(Number.NaN)).rejects.toThrow(RangeError);
        await expect(model.setLearningRate(0.6)).rejects.toThrow(/x weightDecay must be from 0 to 1/);
      });
    });

    test("loses what each loss says by hand, and goes down its slope", async () => {
      // With no weights but the head's biases it predicts them, whatever it sees: these errors on average of all windows.
      const errors = [0.5, -3];
      const expected = {
        MSE: { lost: 0.25 + 9, slopes: [1, -6] },
        MAE: { lost: 0.5 + 3, slopes: [1, -1] },
        HUBER: { lost: 0.125 + 2.5, slopes: [0.5, -1] },
      };
      const size = weightCount(shape);
      const weights = new Float32Array(size);
      weights.set([0.75, -1], size - shape.horizon);
      const targets = windows.targets.map((_, i) => [0.75, -1][i % 2]! - errors[i % 2]!);
      const zeros = () => new Float32Array(size);
      for (const loss of losses)
        await withModel({ loss }, async (model) => {
          await model.restore({ weights, firstMoment: zeros(), secondMoment: zeros(), step: 0 });
          const { lossSum } = await model.trainEpoch({ ...windows, targets }, 1, epochStart, oneBatch);
          expect(lossSum / options.batchSize, loss).toBeCloseTo(expected[loss].lost, 5);
          // The first moment is a tenth of the gradient, which is the mean of the slopes over both steps.
          const { firstMoment } = await model.snapshot();
          const slopes = Array.from(firstMoment.slice(-2), (moment) => 10 * 2 * moment);
          expect(slopes, loss).toEqual(expected[loss].slopes.map((slope) => expect.closeTo(slope, 5)));
        });
    });

    test.each(losses)("goes down the gradient of %s as the float64 reference finds it", async (loss) => {
      await withModel({ loss }, async (model) => {
        const reference = new ReferenceModel(shape, { ...options, loss }, (await model.snapshot()).weights);
        // Three times as far apart: errors on both sides of Huber's 1.
        const data = { ...windows, targets: windows.targets.map((target) => 3 * target) };
        const progress = await model.trainEpoch(data, 1, epochStart, oneBatch);
        const { lossSum, gradient } = reference.gradient(data, { epoch: 1, batch: 0, dropping: true });
        expect(progress.lossSum / lossSum).toBeCloseTo(1, 5);
        const { firstMoment } = await model.snapshot();
        for (const { kind, layer, offset, size } of weightLayout(shape)) {
          const tenth = gradient.subarray(offset, offset + size).map((slope) => slope / 10);
          const error = relativeError(firstMoment.subarray(offset, offset + size), tenth);
          expect(error, `${kind} of layer ${layer}`).toBeLessThan(1e-5);
        }
      });
    });

    test("never trains unnoticed on a target that is not a number, whatever the loss", async () => {
      for (const loss of losses)
        for (const target of [Number.NaN, Number.POSITIVE_INFINITY]) {
          const targets = windows.targets.map((value, i) => (i === 20 ? target : value));
          await withModel({ loss }, async (model) => {
            await expect(model.trainEpoch({ ...windows, targets }, 4)).rejects.toBeInstanceOf(Diverged);
          });
        }
    });

    test("lets no caller reach into the model through a snapshot or a restored state", async () => {
      await withModel({}, async (model) => {
        const expected = await model.predict(windows);
        const state = await model.snapshot();
        await model.restore(state);
        state.weights.fill(9);
        (await model.snapshot()).weights.fill(9);
        expect(await model.predict(windows)).toEqual(expected);
      });
    });

    test("refuses what it cannot train with what was expected and what came", async () => {
      const refused = (change: Partial<ModelShape>) => engine().createModel({ ...shape, ...change }, options);
      await expect(refused({ window: 1 })).rejects.toThrow(
        new ShapeUnsupported("window must be a whole number from 2 to 512, got 1"),
      );
      await expect(refused({ layers: [{ units: 513, dropout: 0 }] })).rejects.toThrow(
        /units of layer 1 .* got 513/,
      );
      await expect(engine().createModel(shape, { ...options, batchSize: 0 })).rejects.toThrow(
        /batchSize .* got 0/,
      );
      await withModel({}, async (model) => {
        const outside = { ...windows, starts: Int32Array.of(1000) };
        await expect(model.predict(outside)).rejects.toThrow(/start at a row from 0 to \d+, got 1000/);
        const state = { ...(await model.snapshot()), weights: new Float32Array(3) };
        await expect(model.restore(state)).rejects.toThrow(/got 3/);
      });
    });
  });
}
