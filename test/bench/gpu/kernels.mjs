/** Where a batch's time goes on the GPU: a line for each kernel, the slowest first. */

/** Enough for a median, which the first ones, still cold, do not move. */
const timedBatches = 11;

/**
 * @param {import("../../../server/engine/webgpu/models.ts").WebGpuModels} models
 * @param windowsOf gives that many windows to train on.
 */
export async function kernelRows(models, batchSize, windowsOf) {
  const windows = windowsOf(timedBatches * batchSize);
  const times = await models.kernelTimes(windows, 1);
  const total = sumOf(times, "ms");
  const row = ({ kernel, dispatches, ms }) => ({
    kernel,
    "dispatches a batch": dispatches,
    "ms per batch": Number(ms.toFixed(4)),
    "share, %": Number(((100 * ms) / total).toFixed(1)),
  });
  return [
    ...times.toSorted((a, b) => b.ms - a.ms).map(row),
    row({ kernel: "together", dispatches: sumOf(times, "dispatches"), ms: total }),
  ];
}

const sumOf = (rows, column) => rows.reduce((sum, row) => sum + row[column], 0);
