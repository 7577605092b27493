/** Who races: every variant of our engine that this machine runs, and PyTorch where Python has it. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { runnableVariants } from "../../../dist/server/engine/native/addon.js";
import { NativeEngine } from "../../../dist/server/engine/native/native-engine.js";
import { waveWindows } from "../../../dist/server/engine/probe.js";
import { runnableWasmVariants, WasmEngine } from "../../../dist/server/engine/wasm/wasm-engine.js";

/**
 * @typedef {object} Contestant
 * @property {string} name
 * @property {number} threads
 * @property {(model: object) => Promise<{ wall: number, cpu: number }>} train one epoch; seconds
 * @property {(model: object) => Promise<{ wall: number, cpu: number }>} predict all windows
 */

/** @returns {Contestant[]} */
export function ourContestants(threadCounts) {
  const kinds = [
    ...runnableVariants().map((variant) => [
      "NATIVE",
      variant,
      (threads) => new NativeEngine({ variant, threads }),
    ]),
    ...runnableWasmVariants().map((variant) => [
      "WASM",
      variant,
      (threads) => new WasmEngine({ variant, threads }),
    ]),
  ];
  return kinds.flatMap(([engine, variant, create]) =>
    threadCounts.map((threads) => ours(`${engine} ${variant}`, threads, create(threads))),
  );
}

function ours(name, threads, engine) {
  const held = new Map();
  const modelFor = async ({ name: key, shape, options, windows }) => {
    if (!held.has(key)) {
      held.set(key, {
        model: await engine.createModel(shape, options),
        windows: waveWindows(shape, windows),
        epoch: 0,
      });
    }
    return held.get(key);
  };
  return {
    name,
    threads,
    async train(spec) {
      const state = await modelFor(spec);
      return timed(() => state.model.trainEpoch(state.windows, ++state.epoch));
    },
    async predict(spec) {
      const { model, windows } = await modelFor(spec);
      return timed(() => model.predict(windows));
    },
    /** Gives a model's memory back. */
    async forget({ name: key }) {
      await held.get(key)?.model.dispose();
      held.delete(key);
    },
  };
}

async function timed(work) {
  const cpuBefore = process.cpuUsage();
  const start = performance.now();
  await work();
  const wall = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpuBefore);
  return { wall, cpu: (user + system) / 1e6 };
}

/** What our users would pick instead, and the program that runs it. */
const peers = {
  PyTorch: { module: "torch", script: "torch_epoch.py" },
  Keras: { module: "keras", script: "keras_epoch.py" },
};

/**
 * A peer in a process of its own, or why there is none.
 * @param {keyof typeof peers} name
 * @param {string} python
 */
export async function startPeer(name, python) {
  const { module, script } = peers[name];
  const env = {
    // Without it OpenBLAS takes many AVX-512 machines for older ones: half the speed.
    OPENBLAS_CORETYPE: "SkylakeX",
    KERAS_BACKEND: "torch",
    ...process.env,
  };
  if (spawnSync(python, ["-c", `import ${module}`], { env }).status !== 0) {
    return { missing: `${name} (${python} cannot import ${module}; PYTHON=<path> names another)` };
  }
  const child = spawn(python, [join(import.meta.dirname, script)], {
    stdio: ["pipe", "pipe", "inherit"],
    env,
  });
  const lines = createInterface({ input: child.stdout });
  const answer = async () => JSON.parse((await once(lines, "line"))[0]);
  const { version } = await answer();
  const ask = async (request) => {
    const reply = answer();
    child.stdin.write(`${JSON.stringify(request)}\n`);
    return reply;
  };
  const request = (what, threads, { name, shape, options, windows }) =>
    ask({ what, threads, name: `${name} ${threads}`, shape, windows, batchSize: options.batchSize });
  return {
    version,
    contestant: (threads) => ({
      name: `${name} ${version}`,
      threads,
      train: (model) => request("train", threads, model),
      predict: (model) => request("predict", threads, model),
      forget: async () => {},
    }),
    /** Operations a second of a 2048-cube product; PyTorch only. */
    sgemm: async (threads) => (await ask({ what: "sgemm", threads })).flops,
    stop: () => child.stdin.end(),
  };
}
