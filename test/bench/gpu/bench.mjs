/**
 * Measures WEBGPU on this machine's GPU: whole epochs of the standard model with dropout and Adam, for one model and
 * for several that train together, beside PyTorch's cuDNN GRU; then what each kernel takes by the GPU's own clock. Prints
 * tables; asserts nothing, and says what is missing.
 *
 *   npm run bench:gpu -- [--models 1,8,32,128] [--windows 2066] [--rounds 5] [--software]
 *
 * --software also takes an adapter that computes on the processor, whose times say nothing of any GPU.
 * PYTHON=<path> names a Python whose torch has CUDA.
 */
import { parseArgs } from "node:util";
import { standardOptions, standardShape, waveWindows } from "../../../dist/server/engine/probe.js";
import { WebGpuEngine } from "../../../dist/server/engine/webgpu/engine.js";
import { tryWebGpu } from "../../../dist/server/machine/load-webgpu.js";
import { kernelRows } from "./kernels.mjs";
import { measurePyTorch } from "./pytorch.mjs";

const { values } = parseArgs({
  options: {
    models: { type: "string", default: "1,8,32,128" },
    windows: { type: "string", default: "2066" },
    rounds: { type: "string", default: "5" },
    software: { type: "boolean", default: false },
  },
});
const windows = Number(values.windows);
const rounds = Number(values.rounds);
const batches = Math.ceil(windows / standardOptions.batchSize);
const missing = [];
const kernelTables = new Map();

const pytorch = measurePyTorch({
  shape: standardShape,
  batchSize: standardOptions.batchSize,
  windows,
  rounds,
});
if (pytorch.missing) missing.push(`PyTorch's rows: ${pytorch.missing}`);
const rows = pytorch.rows.map(({ name, epochMs }) => ({ name, models: 1, epochMs }));

const engine = await open();
if (engine) {
  for (const models of values.models.split(",").map(Number)) {
    try {
      rows.push({ name: "WEBGPU", models, epochMs: await epochMs(models) });
    } catch (error) {
      missing.push(`WEBGPU, ${models} models: ${error.message}`);
    }
  }
}

console.log(
  `Node ${process.version}, WEBGPU on ${engine?.device ?? "nothing"}, PyTorch on ${pytorch.device}`,
);
if (/software adapter/.test(engine?.device))
  console.log("THE ADAPTER COMPUTES ON THE PROCESSOR: these times say nothing of any GPU.");
console.log(
  `standard model, an epoch of ${windows} windows (${batches} batches), median of ${rounds} rounds`,
);
if (rows.length > 0) console.table(rows.map(describe));
for (const [models, table] of kernelTables) {
  console.log(
    `kernels of ${models} model(s), each in a pass of its own: together they take longer than above`,
  );
  console.table(table);
}
for (const line of missing) console.log(`missing: ${line}`);
await engine?.dispose();
// Nothing was measured: whoever called wants to know.
process.exit(rows.length > 0 ? 0 : 1);

async function open() {
  try {
    await tryWebGpu();
    return await WebGpuEngine.open({ allowSoftware: values.software });
  } catch (error) {
    const hint = /software adapter/.test(error.message) ? " (--software takes it all the same)" : "";
    missing.push(`WEBGPU's rows: ${error.message}${hint}`);
    return null;
  }
}

/** Of all models together. */
async function epochMs(count) {
  const options = Array.from({ length: count }, (_, seed) => ({ ...standardOptions, seed }));
  const models = await engine.createModels(standardShape, options);
  try {
    const data = waveWindows(standardShape, windows);
    const times = [];
    for (let epoch = 0; epoch <= rounds; epoch++) {
      const start = performance.now();
      await models.trainEpoch(data, epoch + 1);
      if (epoch > 0) times.push(performance.now() - start); // the first one also uploads the data
    }
    await timeKernels(models, count);
    return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)];
  } finally {
    await models.dispose();
  }
}

async function timeKernels(models, count) {
  const windowsOf = (size) => waveWindows(standardShape, size);
  try {
    kernelTables.set(count, await kernelRows(models, standardOptions.batchSize, windowsOf));
  } catch (error) {
    missing.push(`the kernels' times of ${count} model(s): ${error.message}`);
  }
}

/** PyTorch trains several models one after the other: its time is that of one, as often. */
function describe({ name, models, epochMs }) {
  const best = Math.min(...pytorch.rows.map((row) => row.epochMs));
  return {
    name,
    models,
    "ms per epoch": Number(epochMs.toFixed(1)),
    "ms per batch": Number((epochMs / batches).toFixed(3)),
    "windows/s": Math.round((1000 * models * windows) / epochMs),
    "x PyTorch's best": pytorch.rows.length > 0 ? Number(((models * best) / epochMs).toFixed(2)) : "",
  };
}
