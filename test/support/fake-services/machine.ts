/** The installation, its engines and one worker, which is busy while a run is. */
import { randomUUID } from "node:crypto";
import type { Services } from "../../../server/services/services.ts";
import type { FakeMemory } from "./memory.ts";

export const fakeMachine = ({ runs }: FakeMemory) =>
  ({
    installation: async () => ({ version: "0.0.0", node: process.version, startedAt: new Date() }),
    listEngines: async () => [
      { engine: "NATIVE", available: true, detail: "found", device: "CPU", batchMs: 21.5 },
      { engine: "WEBGPU", available: false, detail: "no adapter", device: null, batchMs: null },
    ],
    listWorkers: async () => {
      const busy = [...runs.values()].find(({ status }) => status === "RUNNING");
      const lastSeenAt = new Date();
      const place = { id: randomUUID(), host: "box", name: null, device: "CPU" };
      const worker = {
        ...place,
        engines: [],
        startedAt: lastSeenAt,
        lastSeenAt,
        load: 0.5,
        memoryBytes: 1e8,
      };
      return [{ ...worker, status: busy ? "BUSY" : "IDLE", currentRunIds: busy ? [busy.id] : [] }];
    },
  }) satisfies Partial<Services>;
