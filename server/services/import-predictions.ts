/** Puts an outside forecaster's numbers on a run's targets, so that they stand in the same table. */
import { integerIn } from "../domain/checks.ts";
import { Conflict, InvalidInput, NotFound } from "../domain/errors.ts";
import { logVarianceOf } from "../domain/log-variance.ts";
import { barsPerYear } from "../domain/price-series.ts";
import type { BoundedPredictions, ForecasterScores, OtherPredictions } from "../domain/results.ts";
import type { Split } from "../domain/run.ts";
import { shortText } from "../domain/short-text.ts";
import type { ScoreOutside } from "../ports/models.ts";
import type { Run, RunStore } from "../ports/runs.ts";
import type { PriceSeriesStore } from "../ports/series.ts";
import type { RunInTransaction } from "../ports/transaction.ts";
import type { ImportPredictionsRequest, Services } from "./services.ts";

interface Ports {
  readonly transaction: RunInTransaction;
  readonly runs: Pick<RunStore, "find" | "predictions" | "forecasterScores" | "addPredictions" | "addScores">;
  readonly series: Pick<PriceSeriesStore, "findVersions">;
  readonly scoreOutside: ScoreOutside;
}

const longestForecasterName = 60;
const mostPredictions = 100_000;
/** Far beyond any price, volume or volatility, and its fourth power, which the tests' variances take, is still a number. */
const largestValue = 1e15;
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
    const said = await inTargetsUnit(ports, run, checked(request));
    const own = (await ports.runs.forecasterScores([run.id])).get(run.id) ?? [];
    const found = await onTargets(ports, run, step, said, request.name.trim());
    if (found.length === 0) throw await nothingMatches(ports, run, step, request);
    const scores = found.map(({ split, network, other }) =>
      ports.scoreOutside(
        {
          ...{ split, step, network, isLogVariance: run.config.target === "LOG_VARIANCE" },
          networkScores: scoreOfNetwork(own, split, step),
        },
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

interface Said {
  readonly predicted: number;
  readonly lower: number | null;
  readonly upper: number | null;
}

/** By time. @throws InvalidInput */
function checked({ name, time, predicted, lower, upper }: ImportPredictionsRequest): Map<number, Said> {
  if (shortText("name", name, longestForecasterName).trim() === "")
    throw new InvalidInput("name", `name must have 1 to ${longestForecasterName} characters, got none`);
  if (time.length === 0 || time.length > mostPredictions)
    throw new InvalidInput("time", `time must have 1 to ${mostPredictions} entries, got ${time.length}`);
  for (const [field, column] of [
    ["predicted", predicted],
    ["lower", lower],
    ["upper", upper],
  ] as const)
    if (column != null && column.length !== time.length)
      throw new InvalidInput(
        field,
        `${field} must have one entry a time, ${time.length}, got ${column.length}`,
      );
  const said = new Map<number, Said>();
  time.forEach((at, i) => {
    if (said.has(at.getTime()))
      throw new InvalidInput(`time[${i}]`, `time must not repeat, got ${at.toISOString()} twice`);
    const one = { predicted: predicted[i]!, lower: lower?.[i] ?? null, upper: upper?.[i] ?? null };
    checkNumbers(one, i);
    said.set(at.getTime(), one);
  });
  return said;
}

/** @throws InvalidInput */
function checkNumbers(one: Said, i: number): void {
  for (const field of ["predicted", "lower", "upper"] as const) {
    const value = one[field];
    if (value !== null && !(Math.abs(value) <= largestValue))
      throw new InvalidInput(
        `${field}[${i}]`,
        `${field} must be numbers from -${largestValue} to ${largestValue}, got ${value}`,
      );
  }
  if (one.lower !== null && one.upper !== null && one.lower > one.upper)
    throw new InvalidInput(
      `lower[${i}]`,
      `lower must not be above upper, got ${one.lower} with upper ${one.upper}: are the two exchanged?`,
    );
}

/** Volatilities come as people know them, in percent a year. @throws InvalidInput */
async function inTargetsUnit(
  { series }: Ports,
  { config, seriesVersionId }: Run,
  said: Map<number, Said>,
): Promise<Map<number, Said>> {
  if (config.target !== "LOG_VARIANCE") return said;
  const [version] = await series.findVersions([seriesVersionId]);
  const perYear = version ? barsPerYear(version) : 1;
  const toLog = (value: number | null) => {
    if (value === null) return null;
    if (value >= 1 / largestValue) return logVarianceOf(value, perYear);
    throw new InvalidInput(
      "predicted",
      value > 0
        ? `volatilities must be at least ${1 / largestValue} percent a year, got ${value}`
        : `volatilities must be above 0 percent a year, got ${value}`,
    );
  };
  return new Map(
    [...said].map(([at, { predicted, lower, upper }]) => [
      at,
      { predicted: toLog(predicted)!, lower: toLog(lower), upper: toLog(upper) },
    ]),
  );
}

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
