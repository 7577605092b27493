/** The line on top: what is going on, and how the day went. Pure. */
import type { StandingsQuery } from "../../graphql/generated/graphql.ts";
import { count, plural } from "../../lib/format.ts";

/** "3 of 5 workers busy · 4 wait · today: 41 finished, 3 beat naive, 1 failed" */
export function headline({ runFigures, workers }: Pick<StandingsQuery, "runFigures" | "workers">): string {
  const present = workers.filter(({ status }) => status !== "LOST");
  const busy = present.filter(({ status }) => status === "BUSY").length;
  const { waiting, succeeded, failed, cancelled, beatNaive } = runFigures;
  const finished = succeeded + failed + cancelled;
  const today = [
    `${count(finished)} finished`,
    ...(succeeded > 0 ? [`${count(beatNaive)} beat naive`] : []),
    ...(failed > 0 ? [`${count(failed)} failed`] : []),
  ];
  return [
    present.length === 0 ? "No worker is here" : `${count(busy)} of ${plural(present.length, "worker")} busy`,
    waiting === 0 ? "nothing waits" : `${plural(waiting, "run waits", "runs wait")}`,
    `today: ${today.join(", ")}`,
  ].join(" · ");
}

/** The beginning of the reader's day. */
export function startOfDay(now: number): string {
  const day = new Date(now);
  day.setHours(0, 0, 0, 0);
  return day.toISOString();
}
