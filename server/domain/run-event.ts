/** What subscribers of a run hear, in order. Sequence numbers of one run count from 1 without a gap. */
import type { Epoch, RunStatus } from "./run.ts";

export type LogLevel = "INFO" | "WARNING" | "ERROR";

export type RunEventBody =
  | { readonly kind: "status"; readonly status: RunStatus; readonly message: string | null }
  | { readonly kind: "epoch"; readonly epoch: Epoch; readonly etaMs: number | null }
  | { readonly kind: "log"; readonly level: LogLevel; readonly message: string };

export interface RunEvent {
  readonly runId: string;
  readonly sequence: number;
  readonly at: Date;
  readonly body: RunEventBody;
}
