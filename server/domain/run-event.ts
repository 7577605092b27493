/** What subscribers of a run hear, in order. Sequence numbers of one run count from 1 without a gap. */
import { type Epoch, type RunStatus, runStatuses } from "./run.ts";

export type LogLevel = "INFO" | "WARNING" | "ERROR";

export type RunEventBody =
  | { readonly kind: "status"; readonly status: RunStatus; readonly message: string | null }
  | { readonly kind: "epoch"; readonly epoch: Epoch; readonly etaMs: number | null }
  | { readonly kind: "log"; readonly level: LogLevel; readonly message: string };

export const logLevels = ["INFO", "WARNING", "ERROR"] as const satisfies readonly LogLevel[];

type Kind = RunEventBody["kind"];
const known: { readonly [K in Kind]: (body: Extract<RunEventBody, { kind: K }>) => boolean } = {
  status: ({ status }) => runStatuses.includes(status),
  epoch: () => true,
  log: ({ level }) => logLevels.includes(level),
};

/** Whether it is of a kind, and tells of a status or a level, that this version knows: another one may have sent it. */
export const isKnownEvent = (body: RunEventBody): boolean =>
  Object.hasOwn(known, body.kind) && known[body.kind](body as never);

export interface RunEvent {
  readonly runId: string;
  readonly sequence: number;
  readonly at: Date;
  readonly body: RunEventBody;
}
