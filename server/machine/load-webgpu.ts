/**
 * Finds a GPU that works here. A broken graphics driver may end the process that asks it for a device, so that is
 * first done in a process of its own. Costs next to nothing where no Vulkan is installed, else a few 100 ms.
 */
import { createRequire } from "node:module";
import { setTimeout as sleep } from "node:timers/promises";
import { EngineUnavailable } from "../engine/engine.ts";
import { howToGetIt, optionalPackage, requireVulkan } from "../engine/webgpu/dawn.ts";
import { WebGpuEngine } from "../engine/webgpu/engine.ts";
import { Gpu } from "../engine/webgpu/gpu.ts";
import { tryInProcess } from "./trial.ts";

/** Drivers answer in under a second; the first start after an update may compile caches of its own. */
const trialTimeoutMs = 20_000;
/** Drivers give up on a kernel after 2 to 10 s, and reset the card within one. */
const resetMs = 1_000;

const require = createRequire(import.meta.url);

/** Opens the device as gpu.ts will. `gpu` outlives its devices, or Dawn ends the process: see dawn.ts. */
const trial = `
  (async () => {
    const { create } = await import(require("node:url").pathToFileURL(process.argv[1]));
    globalThis.gpu = create([]);
    const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
    const device = await adapter?.requestDevice();
    device?.destroy();
    report({ found: Boolean(device) });
  })().catch(refuse);
`;

/** @throws EngineUnavailable when there is no GPU that works, with what to install. */
export async function loadWebGpu(): Promise<WebGpuEngine> {
  return new WebGpuEngine(await openTried(), openAgain);
}

/** A driver that resets its card may refuse it for a moment. */
async function openAgain(): Promise<Gpu> {
  try {
    return await openTried();
  } catch {
    await sleep(resetMs);
    return openTried();
  }
}

/** In a process of its own first, each time: a driver that just lost its card is the likeliest to end the one that asks. */
async function openTried(): Promise<Gpu> {
  await tryWebGpu();
  return Gpu.open();
}

/**
 * Whether the package and the driver survive being asked. No GPU is no failure here: `Gpu.open` has the words for it.
 * @param packageName as `require` takes it.
 * @throws EngineUnavailable when they do not.
 */
export async function tryWebGpu(packageName: string = optionalPackage): Promise<void> {
  const path = resolved(packageName);
  if (path === null)
    throw new EngineUnavailable(`the optional package "${packageName}" is not installed (${howToGetIt})`);
  requireVulkan();
  const finding = await tryInProcess(trial, path, trialTimeoutMs);
  if ("problem" in finding)
    throw new EngineUnavailable(
      `WebGPU ${finding.problem} (update the graphics card's driver, or get the package "webgpu" anew: ${howToGetIt})`,
    );
}

function resolved(name: string): string | null {
  try {
    return require.resolve(name);
  } catch {
    return null;
  }
}
