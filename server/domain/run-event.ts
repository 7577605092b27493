/** What subscribers of a run hear, in order. Sequence numbers of one run count from 1 without a gap. */
import { type Epoch, type RunStatus, runStatuses } from "./run.ts";

export type LogLevel = "INFO" | "WARNING" | "ERROR";

export type RunEventBody =
  | { readonly kind: "status"; readonly status: RunStatus; readonly message: string | null }
  | { readonly kind: "epoch"; readonly epoch: Epoch; readonly etaMs: number | null }
  | { readonly kind: "log"; readonly level: LogLevel; readonly message: string };

/** Whether it is of a kind, and tells of a status or a level, that this version knows: another one may have sent it. */
export function isKnownEvent(body: RunEventBody): boolean {
  const { kind, status, level } = body as { kind: string; status?: string; level?: string };
  if (kind === "status") return (runStatuses as readonly (string | undefined)[]).includes(status);
  return kind === "epoch" || (kind === "log" && ["INFO", "WARNING", "ERROR"].includes(level ?? ""));
}

export interface RunEvent {
  readonly runId: string;
  readonly sequence: number;
  readonly at: Date;
  readonly body: RunEventBody;
}
