/** Services that keep everything in memory: for tests of the protocol, where the database would only be in the way. */
import type { PriceSeries } from "../../server/domain/price-series.ts";
import type { RunEvent, RunEventBody } from "../../server/domain/run-event.ts";
import type { Run } from "../../server/ports/runs.ts";
import type { Services } from "../../server/services/services.ts";
import type { Broadcast } from "./broadcast.ts";
import { fakeForecasts } from "./fake-services/forecasts.ts";
import { fakeMachine } from "./fake-services/machine.ts";
import { createMemory } from "./fake-services/memory.ts";
import { fakeRunReads } from "./fake-services/run-reads.ts";
import { fakeRuns } from "./fake-services/runs.ts";
import { fakeSeries } from "./fake-services/series.ts";

/** The services, and the hands that a worker would have. */
export interface FakeServices extends Services {
  readonly runChanges: Broadcast<Run>;
  readonly events: Broadcast<RunEvent>;
  /** How often each plain read was called. */
  readonly calls: Record<"findManySeries" | "scores", number>;
  readonly givenSeries: (symbol?: string) => PriceSeries;
  readonly givenRun: (patch?: Partial<Run>) => Run;
  /** What a worker would record. */
  readonly record: (runId: string, body: RunEventBody) => RunEvent;
}

export function createFakeServices(): FakeServices {
  const memory = createMemory();
  const { runChanges, events, calls, givenSeries, givenRun, record } = memory;
  return {
    ...{ runChanges, events, calls, givenSeries, givenRun, record },
    ...fakeSeries(memory),
    ...fakeRuns(memory),
    ...fakeRunReads(memory),
    ...fakeForecasts(memory),
    ...fakeMachine(memory),
    ...refused,
  };
}

const refuse = () => Promise.reject(new Error("the fake services cannot do that"));

/** Experiments and outside forecasts are tested against the real services. */
const refused = {
  resumeTraining: refuse,
  importPredictions: refuse,
  createSchedule: refuse,
  deleteSchedule: refuse,
  schedules: { find: async () => null, list: async () => [] },
  startExperiment: refuse,
  cancelExperiment: refuse,
  experimentLeaderboard: refuse,
  experiments: { find: async () => null, findMany: async () => [], runsOf: async () => [] },
};
