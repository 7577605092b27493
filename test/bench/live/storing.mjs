/** How much one worker process stores: epochs with their checkpoints, and events alone. */
import { recorder } from "../../../dist/server/worker/record.js";

const measureForMs = 5_000;
/** Of the standard model: GRU(80), GRU(100), Dense(1). */
const standardWeights = 74_201;
const smallWeights = 500;

export async function measureStoring(site) {
  const { ports } = site;
  const rows = [];
  for (const [what, weights] of [
    ["epochs of the standard model", standardWeights],
    ["epochs of a small model", smallWeights],
  ]) {
    const { id } = await site.createRun(what);
    await ports.transaction((tx) => ports.runs.setStatus(tx, id, "RUNNING", { attempts: 1 }));
    const record = recorder(ports, { runId: id, attempt: 1 });
    const checkpoint = checkpointOf(weights);
    rows.push(
      await rate(`${what}, each with its checkpoint`, (epoch) =>
        record.epoch(
          { kind: "epoch", ...epochOf(epoch), checkpoint: { ...checkpoint, epoch: epoch + 1 } },
          1_000,
        ),
      ),
    );
  }
  const { id } = await site.createRun("events");
  rows.push(
    await rate("events alone, one run", (epoch) =>
      ports.transaction((tx) =>
        ports.journal.append(tx, id, { kind: "epoch", epoch: epochOf(epoch), etaMs: 1_000 }),
      ),
    ),
  );
  return rows;
}

const epochOf = (epoch) => ({
  ...{ epoch, trainLoss: 1 / epoch, validationLoss: 1.1 / epoch, durationMs: 5, samplesPerSecond: 4_000 },
});

function checkpointOf(count) {
  const weights = () => Float32Array.from({ length: count }, (_, i) => Math.sin(i));
  const progress = { nextBatch: 0, squaredError: 0, windows: 0, finished: false };
  const state = { weights: weights(), firstMoment: weights(), secondMoment: weights(), step: 1 };
  return { progress, elapsedMs: 0, state, best: { epoch: 1, validationLoss: 1, weights: weights() } };
}

/** One after the other, as a training stores them. */
async function rate(what, store) {
  const begun = performance.now();
  let stored = 0;
  while (performance.now() - begun < measureForMs) await store(++stored);
  const seconds = (performance.now() - begun) / 1000;
  return {
    what,
    "a second": Math.round(stored / seconds),
    "ms each": Number(((seconds * 1000) / stored).toFixed(2)),
  };
}
