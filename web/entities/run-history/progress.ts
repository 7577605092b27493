/** Where a run stands, out of what was fetched and what was heard since. Pure. */
import type { RunRowFragment, RunStatus } from "../../graphql/generated/graphql.ts";
import { percent, timeLeft } from "../../lib/format.ts";
import { t } from "../../lib/words/t.ts";
import { isFinal, waitingSentence } from "../run/status.ts";
import type { RunHistory } from "./run-history.ts";

export interface Progress {
  readonly status: RunStatus;
  readonly isActive: boolean;
  readonly epoch: number;
  readonly epochs: number;
  readonly etaMs: number | null;
  /** Its place among the runs that wait, from 1; null where it does not, or where that is not known. */
  readonly queuePosition: number | null;
}

/** What progress needs of a run; rows of lists have it too. */
type Progressing = Pick<RunRowFragment, "status" | "epoch" | "etaMs" | "queuePosition"> & {
  readonly config: Pick<RunRowFragment["config"], "epochs">;
};

export function progressOf(run: Progressing, history: RunHistory): Progress {
  // What is heard is handed on in batches: what was fetched may be ahead of it for a moment.
  const status = isFinal(run.status) ? run.status : (history.status ?? run.status);
  const isActive = !isFinal(status);
  return {
    status,
    isActive,
    epoch: Math.max(run.epoch, history.epochs.at(-1)?.epoch ?? 0),
    epochs: run.config.epochs,
    etaMs: isActive ? (history.etaMs ?? run.etaMs) : null,
    queuePosition: status === "QUEUED" ? run.queuePosition : null,
  };
}

/** "Epoch 12 of 50, about 20 s left", or "Waits for a worker, number 3 in the queue". */
export function progressSentence({ status, epoch, epochs, etaMs, queuePosition }: Progress): string {
  if (status === "QUEUED") return waitingSentence(queuePosition);
  if (status !== "RUNNING") return t("Epoch {epoch} of {epochs}", { epoch, epochs });
  if (epoch === epochs || etaMs === 0)
    return t("Epoch {epoch} of {epochs}, scoring the model", { epoch, epochs });
  return etaMs === null
    ? t("Epoch {epoch} of {epochs}", { epoch, epochs })
    : t("Epoch {epoch} of {epochs}, {timeLeft}", { epoch, epochs, timeLeft: timeLeft(etaMs) });
}

export function tabTitleOf(name: string, { status, epoch, epochs }: Progress): string {
  if (status === "RUNNING") return `${percent(epoch / epochs)} ${name}`;
  const marks: Readonly<Record<RunStatus, string>> = {
    QUEUED: "… ",
    RUNNING: "",
    SUCCEEDED: "✓ ",
    FAILED: "✗ ",
    CANCELLED: "",
  };
  return `${marks[status]}${name}`;
}
