/** What this installation can train on: each engine as the workers that are there found it, the fastest of each. */
import type { EngineName } from "../domain/run.ts";
import type { EngineFinding, WorkerInfo, WorkerRegistry } from "../ports/workers.ts";
import type { Services } from "./services.ts";

/** In the order of a list: graphics cards first. */
const engines = ["WEBGPU", "TENSORFLOW", "NATIVE", "WASM"] as const satisfies readonly EngineName[];

export const listEngines =
  ({ workers }: { readonly workers: Pick<WorkerRegistry, "list"> }): Services["listEngines"] =>
  async () =>
    bestFindings(await workers.list());

/** One of each engine, in the order of a list. */
export const bestFindings = (present: readonly WorkerInfo[]): EngineFinding[] =>
  engines.map((engine) => bestFinding(engine, present));

/** The engine where it is fastest, or where it is missing, why; null findings never win. */
export function bestFinding(engine: EngineName, workers: readonly WorkerInfo[]): EngineFinding {
  const findings = workers
    .filter(({ status }) => status !== "LOST")
    .flatMap((worker) => worker.engines.filter((finding) => finding.engine === engine));
  const [best] = [...findings].sort((a, b) => rank(a) - rank(b));
  return best ?? { engine, available: false, detail: noWorker, device: null, batchMs: null };
}

const noWorker = "No worker is running that could say: start one.";

const rank = ({ available, batchMs }: EngineFinding): number =>
  available ? (batchMs ?? Number.MAX_VALUE) : Number.POSITIVE_INFINITY;
