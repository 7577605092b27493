/**
 * Takes jobs: one run at a time or, where that makes none of them slower, several beside each other: on a processor runs so
 * small that more threads do not help, one a core; on a card the members of one company (company.ts).
 *
 *   first hand   takes ─► goes with those in hand: trains, and the other hands begin to take
 *                  └────► does not: the other hands stop, what they have is finished, then it trains
 *   other hands  take  ─► goes with those in hand: trains beside them
 *                  └────► does not: given back for the next who is free, and the other hands stop
 */
import { isSmall } from "../recipe/effort.ts";
import { chooseEngine } from "../services/choose-engine.ts";
import { companyOf } from "./company.ts";
import type { BesideEachOther, HandleJob, TakenJob, WorkerPorts } from "./ports.ts";

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

/** Of a run, and of those in hand: what they have in common, and how many there may be. */
interface Party {
  readonly name: string;
  readonly most: number;
}

export function createHands(
  { jobs, runs, engines }: HandsPorts,
  train: HandleJob,
  most: BesideEachOther,
): Hands {
  const inHand = new Map<string, Promise<unknown>>();
  // Counts the takings: a job may be fetched while one ends and the next begins, when the device is another's, or busy here.
  let taking = 0;
  let isTaking = false;
  let others: (() => Promise<void>)[] = [];
  let inHandNow: Party | null = null;

  /** @returns null for a run that trains alone */
  const partyOf = async (runId: string): Promise<Party | null> => {
    const run = await runs.find(runId).catch(() => null);
    // One that may have taken a worker with it trains alone: three losses end a run, and must not end its neighbours.
    if (!run || run.lostAttempts > 0) return null;
    const company = companyOf(run, engines);
    if (company !== null) return { name: company, most: most.onCard };
    const engine = chooseEngine(run.requestedEngine, run.engine, engines)?.engine;
    const isSmallHere = isSmall(run.config) && (engine === "NATIVE" || engine === "WASM");
    return isSmallHere ? { name: "small", most: most.onProcessor } : null;
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
      const party = await partyOf(job.runId);
      if (party === null || party.name !== inHandNow?.name) {
        await stopOthers();
        await empty();
        if (isOver()) return "give back";
      }
      inHandNow = party;
      if (party !== null && others.length === 0)
        others = await Promise.all(Array.from({ length: party.most - 1 }, () => jobs.work(takeBeside)));
      return trainIt(job);
    };
  const takeBeside: HandleJob = async (job) => {
    const isWelcome = isTaking && others.length > 0 && inHandNow !== null;
    if (isWelcome && (await partyOf(job.runId))?.name === inHandNow?.name) return trainIt(job);
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
