/** The storm (npm run chaos) itself: its seed decides it, and its judge overlooks nothing. */
import { describe, expect, test } from "vitest";

interface Plan {
  readonly takesWorkers?: boolean;
  readonly followers: readonly { readonly kind: string }[];
}
interface Event {
  sequence: number;
  kind: "status" | "epoch";
  body: { status?: string; epoch?: { epoch: number; trainLoss: number; validationLoss: number | null } };
}
type Judge = (evidence: ReturnType<typeof givenEvidence>) => string[];
interface Doom {
  readonly number: number;
  readonly runName: string;
  readonly epochsEach: readonly number[];
}
interface Strikes {
  strike(fault: { kind: string; target: string }): Promise<{ recovery: Promise<void> }>;
  onKill(worker: string, times: number): void;
}
type Progress = { runName: string; status: string; epoch: number };
type Doomed = (doom: Doom, strikes: Strikes) => (worker: string, progress: Progress) => Promise<void>;
type PlanFaults = (seed: number, storm: object) => { kind: string; target: string }[];
type PlanRun = (seed: number, number: number, planning: object) => Plan;

// The storm is plain JavaScript on the built product: it has no types to import.
const load = (file: string) => import(new URL(`../chaos/${file}`, import.meta.url).href);
const { judge } = (await load("verdict.mjs")) as { judge: Judge };
const { doomed } = (await load("doom.mjs")) as { doomed: Doomed };
const { planDoom, planFaults, planRun, faultKinds } = (await load("plan.mjs")) as {
  planDoom: (seed: number) => Doom;
  planFaults: PlanFaults;
  planRun: PlanRun;
  faultKinds: string[];
};

const storm = { shortestPauseMs: 1_000, longestPauseMs: 4_000, longestFreezeMs: 3_000 };
const planning = { models: 3, epochs: 25 };

describe("a storm", () => {
  test("is the same for a seed, and another for another", () => {
    const both = (seed: number) => [planFaults(seed, { ...storm, count: 40 }), planRun(seed, 3, planning)];
    expect(both(7)).toEqual(both(7));
    expect(both(8)).not.toEqual(both(7));
  });

  test("shows every kind of fault, however short it is", () => {
    const faults = planFaults(7, { ...storm, count: faultKinds.length });
    expect(new Set(faults.map(({ kind }) => kind))).toEqual(new Set(faultKinds));
  });

  test("has one run that kills each worker which trains it for a while, and no other run's", async () => {
    const doom = planDoom(7);
    const doomedRuns = [1, 2, 3, 4].filter((number) => planRun(7, number, planning).takesWorkers);
    expect(doomedRuns).toEqual([doom.number]);
    const struck: string[] = [];
    const report = doomed(
      { ...doom, epochsEach: [2, 1, 1] },
      {
        strike: async ({ kind, target }) => {
          struck.push(`${kind} ${target}`);
          return { recovery: Promise.resolve() };
        },
        onKill: () => undefined,
      },
    );
    const trains = (worker: string, epoch: number, runName = doom.runName) =>
      report(worker, { runName, status: "RUNNING", epoch });
    await trains("worker 1", 0);
    await trains("worker 2", 9, "another run");
    await trains("worker 1", 1);
    expect(struck).toEqual([]);
    await trains("worker 1", 2);
    await trains("worker 2", 2);
    await trains("worker 2", 3);
    await trains("worker 1", 3);
    await trains("worker 1", 4);
    expect(struck).toEqual(["kill worker worker 1", "kill worker worker 2", "kill worker worker 1"]);
  });
});

const epoch = (number: number) => ({ epoch: number, trainLoss: 1 / number, validationLoss: null });
const statuses = (events: readonly Event[]) => events.flatMap(({ body }) => body.status ?? []);
const epochs = (events: readonly Event[]) => events.flatMap(({ body }) => body.epoch ?? []);

/** What is known of a run of two epochs that lost one worker on its way, and was told to three followers. */
function givenEvidence() {
  const body = (status: string) => ({ kind: "status" as const, body: { status } });
  const events: Event[] = [
    body("QUEUED"),
    body("RUNNING"),
    { kind: "epoch" as const, body: { epoch: epoch(1) } },
    body("QUEUED"),
    body("RUNNING"),
    { kind: "epoch" as const, body: { epoch: epoch(2) } },
    body("SUCCEEDED"),
  ].map((event, i) => ({ sequence: i + 1, ...event }));
  const outcome = { epochs: [epoch(1), epoch(2)], predictions: ["p"], weights: ["w"] };
  const told = () => ({
    sequences: events.map(({ sequence }) => sequence),
    statuses: statuses(events),
    epochs: structuredClone(epochs(events)),
  });
  const plan: Plan = { followers: [{ kind: "steady" }, { kind: "restless" }, { kind: "late" }] };
  return {
    run: {
      id: "id",
      name: "run 1",
      plan,
      cancelled: null as null | { status: string; isFinal: boolean },
      told: [told(), told(), told()],
    },
    record: {
      run: {
        status: "SUCCEEDED",
        epoch: 2,
        epochs: 2,
        errorCode: null as null | string,
        lostAttempts: 1,
        lastSequence: 7,
      },
      events,
      outcome: structuredClone(outcome),
    },
    undisturbed: outcome,
    workerKills: 1,
  };
}
type Evidence = ReturnType<typeof givenEvidence>;

describe("the judge", () => {
  test("has nothing against a run that is as if there had been no storm", () => {
    expect(judge(givenEvidence())).toEqual([]);
  });

  test.each<[string, (evidence: Evidence) => void, RegExp]>([
    ["weights of another bit", ({ record }) => record.outcome.weights.fill("v"), /its weights are not those/],
    [
      "a prediction of another bit",
      ({ record }) => record.outcome.predictions.fill("q"),
      /its predictions are not/,
    ],
    [
      "a run that never ended",
      ({ record }) => Object.assign(record.run, { status: "RUNNING" }),
      /is RUNNING/,
    ],
    [
      "a run that was given up for one lost worker",
      ({ record }) => Object.assign(record.run, { status: "FAILED", errorCode: "WORKER_LOST" }),
      /given up after 1 lost workers/,
    ],
    [
      "a run that takes every worker with it and is not given up",
      ({ run }) => Object.assign(run.plan, { takesWorkers: true }),
      /should be FAILED, and is SUCCEEDED/,
    ],
    [
      "a run that failed",
      ({ record }) => Object.assign(record.run, { status: "FAILED", errorCode: "INTERNAL" }),
      /FAILED with INTERNAL/,
    ],
    [
      "a cancel that was answered and forgotten",
      ({ run }) => Object.assign(run, { cancelled: { status: "RUNNING", isFinal: false } }),
      /should be CANCELLED and is SUCCEEDED/,
    ],
    ["a gap in the journal", ({ record }) => record.events.splice(2, 1), /events are numbered 1,2,4/],
    [
      "an epoch that was told twice",
      ({ record }) => Object.assign(record.events[5]!.body, { epoch: epoch(1) }),
      /tell of the epochs 1,1/,
    ],
    [
      "an event that a follower missed",
      ({ run }) => run.told[2]!.sequences.splice(3, 1),
      /late follower was told/,
    ],
    [
      "an event that came twice",
      ({ run }) => run.told[1]!.sequences.splice(3, 0, 4),
      /restless follower was told/,
    ],
    [
      "two events out of order",
      ({ run }) => run.told[0]!.sequences.splice(3, 2, 5, 4),
      /steady follower was told 1,2,3,5,4/,
    ],
    [
      "a loss that was told otherwise than it is stored",
      ({ run }) => Object.assign(run.told[0]!.epochs[0]!, { trainLoss: 0.5 }),
      /other losses/,
    ],
  ])("finds %s", (_, spoil, sentence) => {
    const evidence = structuredClone(givenEvidence());
    spoil(evidence);
    expect(judge(evidence).join("\n")).toMatch(sentence);
  });
});
