/** How long runs take and wait, in words as coarse as the reckoning. Pure. */
import type { TrainingPreviewQuery } from "../../graphql/generated/graphql.ts";
import { duration } from "../../lib/format.ts";
import { t, tn } from "../../lib/words/t.ts";

type Estimate = NonNullable<TrainingPreviewQuery["trainingPreview"]["estimate"]>;

export function estimateWords(
  { trainMs, runsBefore, startsInMs }: Estimate,
  runs: number,
): { readonly takes: string; readonly starts: string } {
  const one = coarseMs(trainMs);
  const time = inWords(one);
  const takes =
    runs === 1
      ? t("About {time} with all epochs", { time })
      : t("About {time} each, {total} one after the other", { time, total: inWords(coarseMs(one * runs)) });
  if (startsInMs === 0) return { takes, starts: t("Starts at once") };
  return {
    takes,
    starts:
      startsInMs === null
        ? tn(runsBefore, "Starts after {n} run", "Starts after {n} runs")
        : tn(runsBefore, "Starts in about {time}, after {n} run", "Starts in about {time}, after {n} runs", {
            time: inWords(coarseMs(startsInMs)),
          }),
  };
}

/** Whole seconds to ten, then to the next five; from a minute on to the next ten, from ten minutes on whole minutes. */
function coarseMs(ms: number): number {
  const step = ms < 10_000 ? 1_000 : ms < 60_000 ? 5_000 : ms < 600_000 ? 10_000 : 60_000;
  return Math.max(step, Math.ceil(ms / step) * step);
}

const inWords = (ms: number): string => duration(ms).replace(".0", "");
