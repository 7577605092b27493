/**
 * How much one worker process stores. A metric point is one measured value at one epoch: the training loss, the
 * validation loss, the duration, the samples a second. What is derived from them (the time left) counts for nothing.
 *
 * Once with trainings that cost nothing, so that only the storing is measured, and once end to end: a worker process
 * as it runs in production trains the smallest of models.
 */
import { inGroups } from "../../../dist/server/worker/in-groups.js";
import { reportGathering } from "../../../dist/server/worker/report-group.js";
import { createShortageNotes } from "../../../dist/server/worker/shortage-notes.js";
import { storeGroup } from "../../../dist/server/worker/store-group.js";

const measureForMs = 5_000;
const pointsAnEpoch = 4;
/** Of the standard model: GRU(80), GRU(100), Dense(1). */
const standardWeights = 74_201;
const smallWeights = 500;
/** As many as the smallest model gets through in some seconds. */
const epochsEndToEnd = 10_000;

export async function measureStoring(site) {
  const rows = [];
  for (const [what, weights] of [
    ["the standard model, trained in no time", standardWeights],
    ["a small model, trained in no time", smallWeights],
  ])
    rows.push(await storeWithoutTraining(site, what, weights));
  rows.push(await trainToTheEnd(site));
  return rows;
}

/** The worker's own way from report to database, fed as fast as it asks. */
async function storeWithoutTraining({ ports, createRun }, what, weights) {
  const { id } = await createRun(what);
  const run = await ports.transaction((tx) => ports.runs.setStatus(tx, id, "RUNNING", { attempts: 1 }));
  const session = { ports, run, shortages: createShortageNotes(), stop: { reason: null } };
  const begun = performance.now();
  const reports = reportsFor(measureForMs, checkpointOf(weights));
  let transactions = 0;
  for await (const group of inGroups(reports, reportGathering)) {
    await storeGroup(session, group);
    transactions++;
  }
  const seconds = (performance.now() - begun) / 1000;
  const { epoch, lastSequence } = await ports.runs.find(id);
  if (lastSequence !== epoch + 1) throw new Error(`${epoch} epochs are stored as ${lastSequence - 1} events`);
  return row(what, { epochs: epoch, transactions, seconds });
}

/** From the worker's RUNNING to the last epoch's event. */
async function trainToTheEnd(site) {
  const worker = await site.startWorker();
  const { run, transactions, seconds } = await site.ended(await site.queueRun(epochsEndToEnd));
  await worker.stop();
  if (run.status !== "SUCCEEDED") throw new Error(`the training ended ${run.status}: ${run.error?.message}`);
  return row(`the smallest model, trained by ${run.engine}`, { epochs: run.epoch, transactions, seconds });
}

const row = (what, { epochs, transactions, seconds }) => ({
  what,
  "events/s": Math.round(epochs / seconds),
  "points/s": Math.round((epochs * pointsAnEpoch) / seconds),
  "epochs a transaction": Number((epochs / transactions).toFixed(1)),
  "ms a transaction": Number(((seconds * 1000) / transactions).toFixed(1)),
});

async function* reportsFor(ms, checkpoint) {
  const until = performance.now() + ms;
  for (let epoch = 1; performance.now() < until; epoch++) {
    const losses = { trainLoss: 1 / epoch, validationLoss: 1.1 / epoch };
    yield {
      kind: "epoch",
      epoch: { epoch, ...losses, durationMs: 5, samplesPerSecond: 4_000 },
      etaMs: 1_000,
      checkpoint: { ...checkpoint, epoch: epoch + 1 },
    };
  }
}

function checkpointOf(count) {
  const weights = () => Float32Array.from({ length: count }, (_, i) => Math.sin(i));
  const progress = { nextBatch: 0, lossSum: 0, windows: 0, finished: false };
  const state = { weights: weights(), firstMoment: weights(), secondMoment: weights(), step: 1 };
  return { progress, elapsedMs: 0, state, best: { epoch: 1, validationLoss: 1, weights: weights() } };
}
