/** What the browser tab of the list says. */

import type { RunRow } from "../../entities/run-list/live-runs.ts";
import { percent } from "../../lib/format.ts";
import { t } from "../../lib/words/t.ts";

/** The progress of the run that trains, or how many do. */
export function tabTitleOf(runs: readonly RunRow[]): string {
  const running = runs.filter(({ status }) => status === "RUNNING");
  if (running.length === 0) return t("Runs");
  if (running.length > 1) return t("{n} running", { n: running.length });
  const [run] = running;
  return `${percent(run!.epoch / run!.config.epochs)} ${run!.name}`;
}
