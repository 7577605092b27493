/**
 * Finds a TensorFlow that works here. A broken native library may end the process that loads it, so each package is
 * first tried in a process of its own; what works there is loaded in this one, and stays until it ends.
 */
import { createRequire } from "node:module";
import { cpus } from "node:os";
import nodeUtil from "node:util";
import { EngineUnavailable } from "../engine/engine.ts";
import { chooseGru } from "../engine/tensorflow/choose-gru.ts";
import type { TensorFlow } from "../engine/tensorflow/tensorflow.ts";
import { TensorFlowEngine } from "../engine/tensorflow/tensorflow-engine.ts";
import { type Problem, tryInProcess } from "./trial.ts";

/** In the order in which they are tried. The first one computes on the processor where it finds no GPU. */
const packages = ["@tensorflow/tfjs-node-gpu", "@tensorflow/tfjs-node"] as const;
const advice =
  'the first comes with "npm install" where storage.googleapis.com can be reached; for a GPU it needs CUDA 11.2 and cuDNN 8';

/** Loading took 0.4 s on a processor; the first touch of a GPU that is newer than CUDA 11.2 compiles for it, once. */
const trialTimeoutMs = 60_000;

/** What TensorFlow reads when it loads; a setting that the operator made stays. */
const surroundings = {
  /** Or it takes all of the GPU's memory at once, and keeps it from other engines and workers. */
  TF_FORCE_GPU_ALLOW_GROWTH: "true",
  /** Or cards since 2020 round what they multiply to 10 bits, and losses differ from the reference's by 1e-3. */
  NVIDIA_TF32_OVERRIDE: "0",
  /** No notes on how it was compiled. */
  TF_CPP_MIN_LOG_LEVEL: "1",
};

const require = createRequire(import.meta.url);

/** What a trial reports: on which device, of which version. */
interface Finding {
  readonly onGpu: boolean;
  readonly version: string;
}

/**
 * @param candidates what to try, as `require` takes it.
 * @throws EngineUnavailable with what was wrong with each.
 */
export async function loadTensorFlow(candidates: readonly string[] = packages): Promise<TensorFlowEngine> {
  const problems: string[] = [];
  for (const [name, value] of Object.entries(surroundings)) process.env[name] ??= value;
  for (const name of candidates) {
    const path = resolved(name);
    const finding: Finding | Problem =
      path === null ? { problem: "is not installed" } : await tryInProcess(trial, path, trialTimeoutMs);
    if ("problem" in finding) {
      problems.push(`${name} ${finding.problem}`);
      continue;
    }
    restoreUtil(nodeUtil);
    const tf = require(path!) as TensorFlow;
    await tf.ready();
    const { gru, reason } = await chooseGru(tf);
    return new TensorFlowEngine(tf, [describeDevice(finding), reason].filter(Boolean).join(", "), gru);
  }
  throw new EngineUnavailable(`${problems.join("; ")} (${advice})`);
}

function resolved(name: string): string | null {
  try {
    return require.resolve(name);
  } catch {
    return null;
  }
}

/** "AMD EPYC, TensorFlow 2.9.1" */
function describeDevice({ onGpu, version }: Finding): string {
  const device = onGpu ? "NVIDIA GPU (CUDA)" : cpus()[0]?.model.trim() || process.arch;
  return `${device}, TensorFlow ${version}`;
}

/**
 * tfjs-node 4.22 calls functions that Node 23 removed; without them it loads, and its first operation throws.
 * Uses nothing from outside itself: the trial runs its text.
 */
export function restoreUtil(util: object): void {
  const removed = {
    isNullOrUndefined: (value: unknown) => value === null || value === undefined,
    isArray: Array.isArray,
  };
  for (const [name, substitute] of Object.entries(removed)) {
    if (!(name in util)) Object.defineProperty(util, name, { value: substitute, configurable: true });
  }
}

/** Loads the package, computes a product, and says what it found; CommonJS, so that both ways of loading are one. */
const trial = `
  (${restoreUtil})(require("node:util"));
  (async () => {
    const tf = require(process.argv[1]);
    await tf.ready();
    const [sum] = await tf.matMul([[1, 2]], [[3], [4]]).data();
    if (sum !== 11) throw new Error("1 x 3 + 2 x 4 came out as " + sum);
    const { isUsingGpuDevice, binding } = tf.backend();
    report({ onGpu: isUsingGpuDevice === true, version: binding.TF_Version });
  })().catch(refuse);
`;
