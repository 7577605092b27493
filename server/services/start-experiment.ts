/** Queues the runs of an experiment: all of them are checked first, then all are stored together or none. */

import { createHash } from "node:crypto";
import { firstCharacters } from "../domain/characters.ts";
import { integerIn } from "../domain/checks.ts";
import { Conflict, InvalidInput, LimitExceeded, NotFound } from "../domain/errors.ts";
import type { ExperimentPlan } from "../domain/experiment.ts";
import { longestName, trimmedText } from "../domain/short-text.ts";
import type { Experiment, ExperimentStore } from "../ports/experiments.ts";
import type { RunInTransaction } from "../ports/transaction.ts";
import { fillIn } from "../recipe/complete-config.ts";
import { withPreset } from "../recipe/presets.ts";
import { sweepOf } from "../recipe/sweep.ts";
import { walkForward } from "../recipe/walk-forward.ts";
import { checkedKey, repeated } from "./idempotency.ts";
import {
  checkQueue,
  type PreparedRun,
  type PrepareRunPorts,
  prepareRun,
  type QueueRunPorts,
  queueRun,
} from "./queue-run.ts";
import { hashRequest } from "./request-hash.ts";
import type { Services, StartExperimentRequest, StartTrainingRequest } from "./services.ts";

export interface StartExperimentPorts extends PrepareRunPorts, QueueRunPorts {
  readonly transaction: RunInTransaction;
  readonly experiments: Pick<ExperimentStore, "create" | "findByIdempotencyKey">;
}

const usualSeeds = 5;
const mostRuns = 100;

/** @throws InvalidInput, NotFound (the series), Conflict (the key was used by another request), LimitExceeded (too many wait) */
export const startExperiment =
  (ports: StartExperimentPorts): Services["startExperiment"] =>
  async (request) => {
    const earlier = await earlierExperiment(ports, request);
    if (earlier) return earlier;
    const requests = await requestsOf(ports, request);
    const prepared: PreparedRun[] = [];
    for (const { part, ...one } of requests) {
      const run = await prepareRun(ports, one);
      prepared.push({ ...run, name: `${run.name}, ${part}` });
    }
    const together = `${prepared[0]!.name.slice(0, -2 - requests[0]!.part.length)}, ${planWords[request.plan](prepared.length)}`;
    const name = trimmedText("name", request.name, longestName) ?? firstCharacters(together, longestName);
    try {
      return await ports.transaction(async (tx) => {
        await checkQueue(ports, tx, prepared.length);
        const experiment = await ports.experiments.create(tx, {
          name,
          plan: request.plan,
          idempotencyKey: request.idempotencyKey ?? null,
          requestHash: hashOf(request),
        });
        for (const run of prepared)
          await queueRun(ports, tx, {
            ...run,
            name: firstCharacters(run.name, longestName),
            idempotencyKey: null,
            requestHash: null,
            experimentId: experiment.id,
            scheduleId: null,
          });
        return experiment;
      });
    } catch (error) {
      const repeats = error instanceof Conflict || error instanceof LimitExceeded;
      const winner = repeats ? await earlierExperiment(ports, request) : null;
      if (winner) return winner;
      throw error;
    }
  };

interface Member extends StartTrainingRequest {
  /** What tells it from the others. */
  readonly part: string;
}

/** The trainings that the plan asks for, each as if somebody had asked for it by itself. */
async function requestsOf(
  ports: StartExperimentPorts,
  { plan, training, seeds, folds, refitEvery, trainBars, sweep }: StartExperimentRequest,
): Promise<Member[]> {
  if (training.idempotencyKey != null)
    throw new InvalidInput(
      "training.idempotencyKey",
      "training.idempotencyKey must be omitted: the experiment has a key of its own",
    );
  const walk = { folds, refitEvery, trainBars };
  const foreign = { SEEDS: { ...walk, sweep }, WALK_FORWARD: { seeds, sweep }, SWEEP: { ...walk, seeds } };
  for (const [field, value] of Object.entries(foreign[plan]))
    if (value != null)
      throw new InvalidInput(
        field,
        `${field} must be omitted with plan ${plan}, got ${JSON.stringify(value)}`,
      );
  if (plan === "SWEEP")
    return sweepOf(sweep ?? [], mostRuns).map(({ changes, part }) => ({ ...training, ...changes, part }));
  const asked = fillIn(withPreset(training.preset, training));
  if (plan === "SEEDS") {
    const count = integerIn("seeds", seeds ?? usualSeeds, 2, mostRuns);
    return Array.from({ length: count }, (_, i) => {
      const seed = integerIn("seed", asked.seed + i, 0, 2 ** 31 - 1);
      return { ...training, seed, part: `seed ${seed}` };
    });
  }
  const series = await ports.series.findById(training.priceSeriesId);
  if (!series) throw new NotFound(`there is no price series ${training.priceSeriesId}`);
  return walkForward(asked, series.barCount, { folds, refitEvery, trainBars }).map((cut, i) => ({
    ...training,
    ...cut,
    part: `fold ${i + 1}`,
  }));
}

const planWords: Record<ExperimentPlan, (count: number) => string> = {
  SEEDS: (count) => `${count} seeds`,
  WALK_FORWARD: (count) => `walk forward over ${count} folds`,
  SWEEP: (count) => `sweep of ${count}`,
};

async function earlierExperiment(
  { experiments }: StartExperimentPorts,
  request: StartExperimentRequest,
): Promise<Experiment | null> {
  const key = checkedKey(request.idempotencyKey);
  const found = key === null ? null : await experiments.findByIdempotencyKey(key);
  if (!found) return null;
  const { experiment, requestHash } = found;
  return repeated(key, hashOf(request), requestHash, `experiment ${experiment.id}`, experiment);
}

function hashOf({ training, idempotencyKey: _, ...request }: StartExperimentRequest): string {
  const asked = Object.entries(request).filter(([, value]) => value != null);
  return createHash("sha256")
    .update(JSON.stringify([asked.sort(), hashRequest(training)]))
    .digest("hex");
}
