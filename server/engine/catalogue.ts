/** The engines that there are: how each is loaded, and what each is worth on this machine. */
import type { Engine, EngineName, EngineReport } from "./engine.ts";
import { NativeEngine } from "./native/native-engine.ts";
import { disagreement, standardBatchMs } from "./probe.ts";
import { WasmEngine } from "./wasm/wasm-engine.ts";

const loaders = {
  // Loaded when asked for: Dawn takes 20 MB that a worker without a GPU need not have. Refuses software adapters.
  WEBGPU: async () => (await import("./webgpu/engine.ts")).WebGpuEngine.open(),
  TENSORFLOW: async () => (await import("./tensorflow/load.ts")).loadTensorFlow(),
  NATIVE: async () => new NativeEngine(),
  WASM: async () => new WasmEngine(),
} satisfies Record<EngineName, () => Promise<Engine>>;

/** @throws EngineUnavailable when it cannot run here; the message says why and what to do. */
export function loadEngine(name: EngineName): Promise<Engine> {
  return loaders[name]();
}

let reports: Promise<EngineReport[]> | undefined;

/** What each engine is worth here. Takes a second or two, once a process: the answer is kept. */
export function probeEngines(): Promise<EngineReport[]> {
  reports ??= probeAll();
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

async function probeAll(): Promise<EngineReport[]> {
  const found: EngineReport[] = [];
  // One after the other: two at once would time each other.
  for (const name of Object.keys(loaders) as EngineName[]) found.push(await probe(name));
  return found;
}

async function probe(name: EngineName): Promise<EngineReport> {
  let engine: Engine | undefined;
  try {
    engine = await loadEngine(name);
    const { device } = engine;
    const problem = (await disagreement(engine, true)) ?? (await disagreement(engine, false));
    if (problem !== null) {
      return unusable(name, `computes wrongly here, so it is not used: ${problem}`, device);
    }
    const batchMs = await standardBatchMs(engine);
    return { engine: name, available: true, detail: "agrees with the float64 reference", device, batchMs };
  } catch (error) {
    return unusable(name, (error as Error).message, engine?.device ?? null);
  } finally {
    await engine?.dispose();
  }
}

const unusable = (engine: EngineName, detail: string, device: string | null): EngineReport => ({
  engine,
  available: false,
  detail,
  device,
  batchMs: null,
});
