/** Which of several runs may be the best on the bars that all of them predicted. */
import { InvalidInput } from "../domain/errors.ts";
import { bestOfRuns as compare } from "../forecasting/best-of-runs.ts";
import type { Run, RunStore } from "../ports/runs.ts";
import type { Services } from "./services.ts";

const mostComparedRuns = 10;

/** Ids that no run has are passed over: one may have been deleted while it was looked at. */
export const bestOfRuns =
  ({ runs }: { readonly runs: Pick<RunStore, "findMany" | "predictions"> }): Services["bestOfRuns"] =>
  async (ids) => {
    const asked = [...new Set(ids)];
    if (asked.length < 2 || asked.length > mostComparedRuns)
      throw new InvalidInput(
        "runIds",
        `runIds must be 2..${mostComparedRuns} different runs, got ${asked.length}`,
      );
    const byId = new Map((await runs.findMany(asked)).map((run) => [run.id, run]));
    const found = asked.flatMap((id) => byId.get(id) ?? []);
    const problem = unlike(found);
    if (problem !== null)
      return {
        ...{ bars: 0, from: null, to: null, problem },
        compared: found.map(({ id }) => ({ runId: id, pValue: null, mayBeBest: false })),
      };
    const tests = await Promise.all(found.map(({ id }) => runs.predictions(id, "TEST", 1)));
    return compare(found.map(({ id }, at) => ({ id, test: tests[at]! })));
  };

function unlike(runs: readonly Run[]): string | null {
  if (new Set(runs.map(({ seriesId }) => seriesId)).size > 1) return "They are trained on different series.";
  if (new Set(runs.map(({ config }) => config.target)).size > 1)
    return "They predict different values of a bar.";
  return null;
}
