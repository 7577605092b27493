/** The training loop, driven as a worker drives it: what it reports, how it stops, goes on and fails. */
import { once } from "node:events";
import { expect, test } from "vitest";
import { InvalidInput } from "../../server/domain/errors.ts";
import { Diverged } from "../../server/engine/engine.ts";
import { decodeCheckpoint, encodeCheckpoint } from "../../server/forecasting/checkpoint.ts";
import { train } from "../../server/forecasting/train.ts";
import { type Checkpoint, TrainingDiverged } from "../../server/forecasting/training.ts";
import type { TrainingRequest } from "../../server/recipe/training-config.ts";
import { LinearEngine } from "../support/linear-engine.ts";
import { barsOf } from "../support/series.ts";
import { bars, closes, configOf, ofKind, reportsOf, timeless } from "../support/train-linear.ts";

test("each epoch is reported once, in order, and the result comes last", async () => {
  const reports = await reportsOf();
  const order = reports.map((report) => (report.kind === "epoch" ? report.epoch : report.kind));
  expect(order).toEqual([1, 2, 3, 4, "result"]);
  const losses = ofKind(reports, "epoch").map(({ trainLoss }) => trainLoss);
  expect(losses[3]).toBeLessThan(losses[0]! / 2);
});

test("the same request gives the same losses to the last bit, another seed others", async () => {
  const once = timeless(await reportsOf());
  expect(timeless(await reportsOf())).toBe(once);
  expect(timeless(await reportsOf({ seed: 8 }))).not.toBe(once);
});

test("clipping, weight decay and the loss reach the engine where they are set, and change nothing where they are not", async () => {
  const trained = async (request: TrainingRequest) => {
    const engine = new LinearEngine();
    const reports = timeless(await reportsOf(request, {}, engine));
    return { reports, options: engine.models[0]!.options };
  };
  const plain = await trained({});
  expect(plain.options).toStrictEqual({ batchSize: 16, learningRate: 0.01, seed: 7 });
  const both = await trained({ clipNorm: 0.1, weightDecay: 0.5 });
  expect(both.options).toStrictEqual({ ...plain.options, clipNorm: 0.1, weightDecay: 0.5 });
  const clipped = await trained({ clipNorm: 0.1 });
  const decayed = await trained({ weightDecay: 0.5 });
  expect(new Set([plain, both, clipped, decayed].map(({ reports }) => reports)).size).toBe(4);
  expect((await trained({ loss: "HUBER" })).options).toStrictEqual({ ...plain.options, loss: "HUBER" });
  // No gradient here is as long.
  expect((await trained({ clipNorm: 1e6 })).reports).toBe(plain.reports);
});

test("nothing is trained that nobody asked for", async () => {
  const engine = new LinearEngine();
  let newestEpoch = 0;
  engine.beforeBatch = (epoch) => {
    newestEpoch = epoch;
  };
  const training = train(engine, configOf({}), bars);
  await training.next();
  await new Promise(setImmediate);
  expect(newestEpoch).toBe(1);
  await training.return();
});

test("the model is let go at the end, when its reader stops early, when the reader fails, and when the engine fails", async () => {
  const engine = new LinearEngine();
  await reportsOf({}, {}, engine);
  for await (const _ of train(engine, configOf({}), bars)) break;
  const readAndFail = async () => {
    for await (const _ of train(engine, configOf({}), bars)) throw new Error("the database is away");
  };
  await expect(readAndFail()).rejects.toThrow("the database is away");
  engine.beforeBatch = () => {
    throw new Error("the card fell off the bus");
  };
  await expect(reportsOf({}, {}, engine)).rejects.toThrow("the card fell off the bus");
  expect({ created: engine.models.length, open: engine.openModels }).toEqual({ created: 4, open: 0 });
});

/** Aborts before the `stopAt`-th batch or prediction, then goes on from the checkpoint as the store hands it back. */
async function interruptedAndResumed(stopAt: number, request: TrainingRequest) {
  const engine = new LinearEngine();
  const abort = new AbortController();
  let steps = 0;
  const count = () => {
    if (++steps === stopAt) abort.abort();
  };
  engine.beforeBatch = count;
  engine.beforePrediction = count;
  const before = await reportsOf(request, { signal: abort.signal }, engine);
  const last = before.pop()!;
  if (last.kind !== "interrupted") return { reports: [...before, last], interrupted: false };
  const resumeFrom = decodeCheckpoint(encodeCheckpoint(last.checkpoint));
  return { reports: [...before, ...(await reportsOf(request, { resumeFrom }))], interrupted: true };
}

test("wherever it is interrupted, a resumed training ends bit for bit as one that never stopped", async () => {
  const request = { epochs: 3 };
  const undisturbed = timeless(await reportsOf(request));
  let stops = 0;
  for (let stopAt = 1; ; stopAt++) {
    const { reports, interrupted } = await interruptedAndResumed(stopAt, request);
    expect(timeless(reports), `stopped at step ${stopAt}`).toBe(undisturbed);
    if (!interrupted) break;
    stops++;
  }
  // Three times 6 batches and a prediction that validates, then one prediction a split, and two at each cut of the leak test.
  expect(stops).toBe(3 * 7 + 3 + 2 * 4);
});

test("each schedule sets the learning rate of every epoch, and no schedule sets none", async () => {
  const rates = async (request: TrainingRequest) => {
    const engine = new LinearEngine();
    await reportsOf(request, {}, engine);
    return engine.models[0]!.rates;
  };
  expect(await rates({})).toEqual([]);
  expect(await rates({ learningRateSchedule: "STEP" })).toEqual([0.01, 0.01, 0.001, 0.0001]);
  const cosine = await rates({ learningRateSchedule: "COSINE" });
  expect(cosine).toEqual(
    [1, (2 + Math.SQRT2) / 4, 1 / 2, (2 - Math.SQRT2) / 4].map((share) => expect.closeTo(0.01 * share, 12)),
  );
});

/** A rate at which the linear model jumps about, so that many epochs bring no lower loss. */
const stuck = { learningRateSchedule: "PLATEAU", learningRate: 1, epochs: 40 } as const;

test("on a plateau the rate is halved, whichever loss there is to look at", async () => {
  for (const validationBars of [10, 0]) {
    const engine = new LinearEngine();
    const reports = await reportsOf({ ...stuck, validationBars }, {}, engine);
    const { rates } = engine.models[0]!;
    const losses = ofKind(reports, "epoch").map(
      ({ validationLoss, trainLoss }) => validationLoss ?? trainLoss,
    );
    let [halvings, without] = [0, 0];
    losses.forEach((loss, index) => {
      expect(rates[index]).toBe(2 ** -halvings);
      without = loss < Math.min(...losses.slice(0, index)) ? 0 : without + 1;
      if (without === 5) [halvings, without] = [halvings + 1, 0];
    });
    expect(halvings, `${validationBars} validation bars`).toBeGreaterThan(0);
  }
});

test("what a plateau remembers survives an interruption at any step, to the last bit", async () => {
  const request = { ...stuck, epochs: 20 };
  const undisturbed = timeless(await reportsOf(request));
  let isOver = false;
  for (let stopAt = 1; !isOver; stopAt += 5) {
    const { reports, interrupted } = await interruptedAndResumed(stopAt, request);
    expect(timeless(reports), `stopped at step ${stopAt}`).toBe(undisturbed);
    isOver = !interrupted;
  }
});

test("a training that is stopped before it began has trained nothing, and can go on", async () => {
  const [stopped, ...more] = await reportsOf({}, { signal: AbortSignal.abort() });
  expect(more).toEqual([]);
  expect(stopped).toMatchObject({
    kind: "interrupted",
    checkpoint: { epoch: 1, best: null, state: { step: 0 } },
  });
  const resumeFrom = (stopped as { checkpoint: Checkpoint }).checkpoint;
  expect(timeless(await reportsOf({}, { resumeFrom }))).toBe(timeless(await reportsOf()));
});

test("long epochs report checkpoints when asked to, and train the same", async () => {
  const engine = new LinearEngine();
  engine.beforeBatch = (epoch, batch, signal) => {
    if (epoch === 2 && batch === 3) return once(signal!, "abort");
  };
  const reports = await reportsOf({}, { checkpointEveryMs: 200 }, engine);
  const positions = ofKind(reports, "checkpoint").map(({ checkpoint: { epoch, progress } }) => ({
    epoch,
    progress,
  }));
  expect(positions).toContainEqual({
    epoch: 2,
    progress: expect.objectContaining({ nextBatch: 4, finished: false }),
  });
  const others = reports.filter(({ kind }) => kind !== "checkpoint");
  expect(timeless(others)).toBe(timeless(await reportsOf()));
});

test("time spent before an interruption counts", async () => {
  const clock = () => {
    const engine = new LinearEngine();
    let ms = 5000;
    engine.beforeBatch = () => {
      ms += 10;
    };
    return { engine, now: () => ms };
  };
  const { engine, now } = clock();
  const [epoch] = ofKind(await reportsOf({ epochs: 1 }, { now }, engine), "epoch");
  expect(epoch).toMatchObject({ durationMs: 60, samplesPerSecond: expect.closeTo(85 / 0.06, 6) });

  const first = clock();
  const abort = new AbortController();
  const { beforeBatch } = first.engine;
  first.engine.beforeBatch = (number, batch) => {
    beforeBatch(number, batch);
    if (batch === 3) abort.abort();
  };
  const [stopped] = await reportsOf({ epochs: 1 }, { now: first.now, signal: abort.signal }, first.engine);
  const resumeFrom = (stopped as { checkpoint: Checkpoint }).checkpoint;
  expect(resumeFrom.elapsedMs).toBe(40);
  const second = clock();
  const resumed = await reportsOf({ epochs: 1 }, { now: second.now, resumeFrom }, second.engine);
  // The batch that was left is trained again: 10 ms more than undisturbed.
  expect(ofKind(resumed, "epoch")[0]!.durationMs).toBe(70);
});

test("a training that diverges says in which epoch, what to try, and hands over the last good state", async () => {
  const engine = new LinearEngine();
  engine.beforeBatch = (epoch, batch) => {
    if (epoch === 3 && batch === 2) throw new Diverged(epoch, batch);
  };
  const failure = await reportsOf({ learningRate: 0.5 }, {}, engine).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(TrainingDiverged);
  expect(failure).toMatchObject({
    message:
      "The loss stopped being a number in epoch 3: try a learning rate of 0.05 or less (now 0.5), " +
      "and if that does not help, clip the gradient, to a norm of 1 for instance.",
    epoch: 3,
    lastGood: { epoch: 3, progress: { nextBatch: 0 } },
  });
  expect(engine.openModels).toBe(0);
});

test("a training that diverges although it clips is not told to clip", async () => {
  const engine = new LinearEngine();
  engine.beforeBatch = (epoch, batch) => {
    throw new Diverged(epoch, batch);
  };
  await expect(reportsOf({ learningRate: 0.5, clipNorm: 1 }, {}, engine)).rejects.toThrow(
    /^The loss stopped being a number in epoch 1: try a learning rate of 0.05 or less \(now 0.5\)\.$/,
  );
});

test("weights that overflow only in validation are a divergence too", async () => {
  const { checkpoint } = ofKind(await reportsOf({ epochs: 1 }), "epoch")[0]!;
  const weights = checkpoint.state.weights.map(() => 3e38);
  const progress = { nextBatch: 6, lossSum: 1, windows: 85, finished: true };
  const resumeFrom = { ...checkpoint, progress, state: { ...checkpoint.state, weights } };
  await expect(reportsOf({ epochs: 2 }, { resumeFrom })).rejects.toThrow("stopped being a number in epoch 2");
});

test("a series that shrank since the request was checked is refused", async () => {
  const training = train(new LinearEngine(), configOf({}), barsOf(closes.slice(0, 20)));
  await expect(training.next()).rejects.toThrow(InvalidInput);
});

test("a checkpoint of another model is refused, and no model stays behind", async () => {
  const engine = new LinearEngine();
  const { checkpoint } = ofKind(await reportsOf({ window: 6, epochs: 1 }), "epoch")[0]!;
  await expect(reportsOf({}, { resumeFrom: checkpoint }, engine)).rejects.toThrow(RangeError);
  expect(engine.openModels).toBe(0);
});
