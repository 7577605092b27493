/** Puts an outside forecaster's numbers on a run's targets, so that they stand in the same table. */
import { integerIn } from "../domain/checks.ts";
import { Conflict, InvalidInput, NotFound } from "../domain/errors.ts";
import type { BoundedPredictions, ForecasterScores, OtherPredictions } from "../domain/results.ts";
import type { Split } from "../domain/run.ts";
import { scoreOutside } from "../forecasting/score-outside.ts";
import type { Run, RunStore } from "../ports/runs.ts";
import type { PriceSeriesStore } from "../ports/series.ts";
import type { RunInTransaction } from "../ports/transaction.ts";
import { inStoredUnit, type Said, saidPredictions } from "./said-predictions.ts";
import type { ImportPredictionsRequest, Services } from "./services.ts";
import { targetUnit } from "./target-unit.ts";

interface Ports {
  readonly transaction: RunInTransaction;
  readonly runs: Pick<RunStore, "find" | "predictions" | "forecasterScores" | "addPredictions" | "addScores">;
  readonly series: Pick<PriceSeriesStore, "findVersions">;
}

/** Where nobody trained: to be good on bars that one was fitted to says nothing. */
const splits: readonly Split[] = ["VALIDATION", "TEST"];

/** @throws NotFound (the run), Conflict (it has no result), InvalidInput */
export const importPredictions =
  (ports: Ports): Services["importPredictions"] =>
  async (request) => {
    const run = await ports.runs.find(request.runId);
    if (!run) throw new NotFound(`there is no run ${request.runId}`);
    if (run.status !== "SUCCEEDED")
      throw new Conflict(
        `predictions can stand beside those of a run that SUCCEEDED, run ${run.id} is ${run.status}`,
      );
    const step = integerIn("step", request.step ?? 1, 1, run.config.horizon);
    const asCame = saidPredictions(request);
    const isLogVariance = run.config.target === "LOG_VARIANCE";
    const said = isLogVariance ? inStoredUnit(asCame, await targetUnit(ports.series, run)) : asCame;
    const own = (await ports.runs.forecasterScores([run.id])).get(run.id) ?? [];
    const found = await onTargets(ports, run, step, said, request.name.trim());
    if (found.length === 0) throw await nothingMatches(ports, run, step, request);
    const scores = found.map(({ split, network, other }) =>
      scoreOutside(
        { split, step, network, isLogVariance, networkScores: scoreOfNetwork(own, split, step) },
        other,
      ),
    );
    await ports.transaction(async (tx) => {
      for (const { split, other } of found)
        await ports.runs.addPredictions(tx, run.id, { split, step }, other);
      // A horizon of one step has nothing else to put together.
      const together = run.config.horizon === 1 ? scores.map((row) => ({ ...row, step: null })) : [];
      await ports.runs.addScores(tx, run.id, [...scores, ...together]);
    });
    const matched = scores.reduce((sum, { count }) => sum + count, 0);
    return { run, matched, unmatched: said.size - matched };
  };

interface OnTargets {
  readonly split: Split;
  readonly network: BoundedPredictions;
  readonly other: OtherPredictions;
}

async function onTargets(
  { runs }: Ports,
  { id }: Run,
  step: number,
  said: ReadonlyMap<number, Said>,
  name: string,
): Promise<OnTargets[]> {
  const found: OnTargets[] = [];
  for (const split of splits) {
    const network = await runs.predictions(id, split, step);
    if (!network?.time.some((at) => said.has(at.getTime()))) continue;
    const column = (of: (one: Said) => number | null) =>
      network.time.map((at) => {
        const one = said.get(at.getTime());
        return (one && of(one)) ?? Number.NaN;
      });
    found.push({
      split,
      network,
      other: {
        ...{ forecaster: "OUTSIDE", name },
        predicted: column((one) => one.predicted),
        lower: column((one) => one.lower),
        upper: column((one) => one.upper),
      },
    });
  }
  return found;
}

function scoreOfNetwork(scores: readonly ForecasterScores[], split: Split, step: number): ForecasterScores {
  const found = scores.find((row) => row.forecaster === "GRU" && row.split === split && row.step === step);
  if (!found)
    throw new Conflict("this run was scored before other forecasters could stand beside it: train it again");
  return found;
}

async function nothingMatches(
  { runs }: Ports,
  { id }: Run,
  step: number,
  { time }: ImportPredictionsRequest,
): Promise<InvalidInput> {
  const targets =
    (await runs.predictions(id, "TEST", step)) ?? (await runs.predictions(id, "VALIDATION", step));
  const [first, last] = [targets?.time[0], targets?.time.at(-1)];
  const expected =
    first && last
      ? `times from ${first.toISOString()} to ${last.toISOString()}`
      : "no times: it held nothing out";
  return new InvalidInput(
    "time",
    `time must name bars that the run predicted at step ${step}, which has ${expected}; ` +
      `none of the ${time.length} that came is one of them, such as ${time[0]!.toISOString()}`,
  );
}
