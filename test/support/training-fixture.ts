/** For suites about a worker: a backend for all of their tests, and workers that leave after each. */
import { afterAll, afterEach, beforeAll } from "vitest";
import type { WorkerPorts } from "../../server/worker/ports.ts";
import { openTrainingBackend, startTestWorker, type TrainingBackend } from "./worker.ts";

export function trainingFixture() {
  let backend: TrainingBackend | null = null;
  const draining: (() => Promise<void>)[] = [];
  beforeAll(async () => {
    backend = await openTrainingBackend();
  });
  afterEach(async () => {
    for (const drain of draining.splice(0)) await drain();
  });
  afterAll(() => backend?.close());
  return {
    /** There once the tests run. */
    get backend(): TrainingBackend {
      if (!backend)
        throw new Error("the backend is opened before the first test, not when the suite is read");
      return backend;
    },
    async givenWorker(ports: Partial<WorkerPorts> = {}) {
      const worker = await startTestWorker(this.backend, ports);
      draining.push(worker.drain);
      return worker;
    },
    /** The worker that came last leaves. */
    drainNewest: () => draining.pop()!(),
  };
}
