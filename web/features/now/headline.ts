/** The line on top: what is going on, and how the day went. Pure. */
import { listed } from "../../entities/run/listed.ts";
import type { StandingsQuery } from "../../graphql/generated/graphql.ts";
import { count } from "../../lib/format.ts";
import { t, tn } from "../../lib/words/t.ts";

/** "3 of 5 workers busy · 4 wait · today: 41 finished, 3 beat naive, 1 failed, 2 cancelled" */
export function headline({ runFigures, workers }: Pick<StandingsQuery, "runFigures" | "workers">): string {
  const present = workers.filter(({ status }) => status !== "LOST");
  const busy = present.filter(({ status }) => status === "BUSY").length;
  const { waiting, succeeded, failed, cancelled, beatNaive } = runFigures;
  // One that was cancelled may never have begun.
  const finished = succeeded + failed;
  const today = [
    t("{n} finished", { n: count(finished) }),
    succeeded > 0 && t("{n} beat naive", { n: count(beatNaive) }),
    failed > 0 && t("{n} failed", { n: count(failed) }),
    cancelled > 0 && t("{n} cancelled", { n: count(cancelled) }),
  ];
  return [
    present.length === 0
      ? t("No worker is here")
      : tn(present.length, "{busy} of {n} worker busy", "{busy} of {n} workers busy", { busy: count(busy) }),
    waiting === 0 ? t("nothing waits") : tn(waiting, "{n} run waits", "{n} runs wait"),
    t("today: {figures}", { figures: listed(today) }),
  ].join(" · ");
}

/** The beginning of the reader's day. */
export function startOfDay(now: number): string {
  const day = new Date(now);
  day.setHours(0, 0, 0, 0);
  return day.toISOString();
}
