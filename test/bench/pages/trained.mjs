/** Runs that a worker really trained: what their pages show is all there. */

const bars = 100_000;

/** @returns ids of the series of 100,000 bars, of a run over it, of one of 10,000 epochs, and of a short one */
export async function train(site) {
  const seriesId = await site.addSeries("WIDE", bars);
  const worker = await site.startWorker();
  const id = async (epochs, asked) => (await site.ended(await site.queueRun(epochs, asked))).run.id;
  const wide = await id(2, {
    ...{ name: "over 100,000 bars", priceSeriesId: seriesId, batchSize: 4_096 },
    ...{ testBars: 20_000, validationBars: 10_000 },
  });
  const long = await id(10_000, { name: "10,000 epochs" });
  const short = await id(30, { name: "30 epochs" });
  await worker.stop();
  return { seriesId, wide, long, short };
}
