/** The engines that there are: how each is loaded, and what each is worth on this machine. */
import type { Engine, EngineName, EngineReport } from "../engine/engine.ts";
import { NativeEngine } from "../engine/native/native-engine.ts";
import { disagreement, standardBatchMs } from "../engine/probe.ts";
import { WasmEngine } from "../engine/wasm/wasm-engine.ts";
import { noMemory, type ProbeMemory } from "./probe-memory.ts";

const loaders = {
  // Loaded when asked for: Dawn takes 20 MB that a worker without a GPU need not have. Refuses software adapters.
  WEBGPU: async () => (await import("./load-webgpu.ts")).loadWebGpu(),
  TENSORFLOW: async () => (await import("./load-tensorflow.ts")).loadTensorFlow(),
  NATIVE: async () => new NativeEngine(),
  WASM: async () => new WasmEngine(),
} satisfies Record<EngineName, () => Promise<Engine>>;

/** @throws EngineUnavailable when it cannot run here; the message says why and what to do. */
export function loadEngine(name: EngineName): Promise<Engine> {
  return loaders[name]();
}

/**
 * What each engine is worth here, one after the other: two at once would time each other. Takes some three seconds.
 * @param memory saves what was found, and the time where it was found before.
 */
export async function probeEngines(memory: ProbeMemory = noMemory): Promise<EngineReport[]> {
  const reports: EngineReport[] = [];
  for (const name of Object.keys(loaders) as EngineName[]) {
    reports.push(await probe(name, () => loadEngine(name), memory));
  }
  return reports;
}

/** The engine that AUTO takes: the available one with the fastest standard batch. */
export function fastest(reports: readonly EngineReport[]): EngineReport | null {
  const usable = reports.filter((report) => report.available && report.batchMs !== null);
  return usable.reduce<EngineReport | null>(
    (best, report) => (best === null || report.batchMs! < best.batchMs! ? report : best),
    null,
  );
}

/** @param load throws EngineUnavailable where the engine cannot run. */
export async function probe(
  name: EngineName,
  load: () => Promise<Engine>,
  memory: ProbeMemory,
): Promise<EngineReport> {
  let engine: Engine | undefined;
  try {
    engine = await load();
    const known = await memory.recall(name, engine.device);
    if (known) return known;
    const report = await examine(engine);
    await memory.keep(report);
    return report;
  } catch (error) {
    return unusable(name, (error as Error).message, engine?.device ?? null);
  } finally {
    await engine?.dispose();
  }
}

async function examine(engine: Engine): Promise<EngineReport> {
  const { name, device } = engine;
  const problem = (await disagreement(engine, true)) ?? (await disagreement(engine, false));
  if (problem !== null) {
    return unusable(name, `computes wrongly here, so it is not used: ${problem}`, device);
  }
  const batchMs = await standardBatchMs(engine);
  return { engine: name, available: true, detail: "agrees with the float64 reference", device, batchMs };
}

const unusable = (engine: EngineName, detail: string, device: string | null): EngineReport => ({
  engine,
  available: false,
  detail,
  device,
  batchMs: null,
});
