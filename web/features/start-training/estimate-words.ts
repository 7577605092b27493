/** How long runs take and wait, in words as coarse as the reckoning. Pure. */
import type { TrainingPreviewQuery } from "../../graphql/generated/graphql.ts";
import { duration, plural } from "../../lib/format.ts";

type Estimate = NonNullable<TrainingPreviewQuery["trainingPreview"]["estimate"]>;

export function estimateWords(
  { trainMs, runsBefore, startsInMs }: Estimate,
  runs: number,
): { readonly takes: string; readonly starts: string } {
  const each = `About ${coarse(trainMs)}`;
  const takes =
    runs === 1 ? `${each} with all epochs` : `${each} each, ${coarse(trainMs * runs)} one after the other`;
  if (startsInMs === 0) return { takes, starts: "Starts at once" };
  const after = `after ${plural(runsBefore, "run")}`;
  return {
    takes,
    starts: startsInMs === null ? `Starts ${after}` : `Starts in about ${coarse(startsInMs)}, ${after}`,
  };
}

/** Seconds to the next five, from a minute on to the next ten, from ten minutes on whole minutes. */
function coarse(ms: number): string {
  const step = ms < 60_000 ? 5_000 : ms < 600_000 ? 10_000 : 60_000;
  return duration(Math.max(step, Math.ceil(ms / step) * step)).replace("5.0", "5");
}
