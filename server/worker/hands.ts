/**
 * Takes jobs: one run at a time or, where runs are so small that more threads make none of them faster, several beside each
 * other, one a core.
 *
 *   first hand   takes ─► small: trains, and the other hands begin to take
 *                  └────► large: the other hands stop, what they have is finished, then it trains alone
 *   other hands  take  ─► small: trains beside the others
 *                  └────► large: given back for the next who is free, and the other hands stop
 */
import { isSmall } from "../recipe/effort.ts";
import { chooseEngine } from "./choose-engine.ts";
import type { HandleJob, TakenJob, WorkerPorts } from "./ports.ts";

export interface Hands {
  take(): Promise<void>;
  /** What is in hand goes on. */
  stopTaking(): Promise<void>;
  /** When nothing is in hand any more. */
  empty(): Promise<void>;
}

type HandsPorts = Pick<WorkerPorts, "jobs" | "engines"> & {
  readonly runs: Pick<WorkerPorts["runs"], "find">;
};

/** @param count how many small runs train beside each other at most */
export function createHands({ jobs, runs, engines }: HandsPorts, train: HandleJob, count: number): Hands {
  const inHand = new Map<string, Promise<unknown>>();
  // Counts the takings: a job may be fetched while one ends and the next begins, when the device is another's, or busy here.
  let taking = 0;
  let isTaking = false;
  let others: (() => Promise<void>)[] = [];

  const isSmallHere = async (runId: string): Promise<boolean> => {
    const run = await runs.find(runId).catch(() => null);
    // One that may have taken a worker with it trains alone: three losses end a run, and must not end its neighbours.
    if (!run || run.lostAttempts > 0 || !isSmall(run.config)) return false;
    // A card trains one at a time, however small.
    const engine = chooseEngine(run.requestedEngine, run.engine, engines)?.engine;
    return engine === "NATIVE" || engine === "WASM";
  };
  const trainIt = async (job: TakenJob) => {
    const outcome = train(job);
    inHand.set(
      job.runId,
      outcome.catch(() => undefined),
    );
    try {
      return await outcome;
    } finally {
      inHand.delete(job.runId);
      if (inHand.size === 0) await stopOthers();
    }
  };
  const stopOthers = async () => {
    for (const stop of others.splice(0)) await stop();
  };
  const empty = async () => {
    while (inHand.size > 0) await Promise.all(inHand.values());
  };

  const takeFirst =
    (mine: number): HandleJob =>
    async (job) => {
      const isOver = () => !isTaking || mine !== taking;
      if (isOver()) return "give back";
      const small = count > 1 && (await isSmallHere(job.runId));
      if (!small) {
        await stopOthers();
        await empty();
        if (isOver()) return "give back";
      } else if (others.length === 0) {
        others = await Promise.all(Array.from({ length: count - 1 }, () => jobs.work(takeBeside)));
      }
      return trainIt(job);
    };
  const takeBeside: HandleJob = async (job) => {
    const isWelcome = isTaking && others.length > 0;
    if (isWelcome && (await isSmallHere(job.runId))) return trainIt(job);
    await stopOthers();
    return "give back";
  };

  return {
    async take() {
      isTaking = true;
      await jobs.work(takeFirst(++taking));
    },
    async stopTaking() {
      isTaking = false;
      others = [];
      await jobs.stopTaking();
    },
    empty,
  };
}
