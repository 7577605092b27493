/**
 * What a run has told so far, as events -> state. Each event counts once, in order of its sequence number,
 * however often the connection broke in between. Pure: it neither fetches nor draws.
 */
import type { TrainingEventsSubscription } from "../../graphql/generated/graphql.ts";

export type RunEvent = TrainingEventsSubscription["trainingEvents"];
export type EpochPoint = Extract<RunEvent, { __typename: "EpochCompleted" }>["epoch"];
export type RunStatus = Extract<RunEvent, { __typename: "RunStatusChanged" }>["status"];

export interface RunHistory {
  /** Where to go on after a lost connection. */
  readonly lastSequence: number;
  /** Null until the first status arrives. */
  readonly status: RunStatus | null;
  /** In order, each number once. */
  readonly epochs: readonly EpochPoint[];
  readonly etaMs: number | null;
  /** Statuses and messages, oldest first; epochs are in `epochs`. */
  readonly log: readonly Exclude<RunEvent, { __typename: "EpochCompleted" }>[];
}

export const emptyHistory: RunHistory = {
  lastSequence: 0,
  status: null,
  epochs: [],
  etaMs: null,
  log: [],
};

const finalStatuses: ReadonlySet<RunStatus> = new Set(["SUCCEEDED", "FAILED", "CANCELLED"]);
export const isFinal = (status: RunStatus | null): boolean => status !== null && finalStatuses.has(status);

/** Where an event stands to what was seen: known already, the next one, or after a gap. */
export function placeOf(event: RunEvent, lastSequence: number): "known" | "next" | "gap" {
  if (event.sequence <= lastSequence) return "known";
  return event.sequence === lastSequence + 1 ? "next" : "gap";
}

/** The history with `events` added: those seen before are passed over, and so is all that follows a gap. */
export function extendHistory(history: RunHistory, events: readonly RunEvent[]): RunHistory {
  let { lastSequence, status, etaMs } = history;
  const epochs = [...history.epochs];
  const log = [...history.log];
  for (const event of events) {
    if (placeOf(event, lastSequence) !== "next") continue;
    lastSequence = event.sequence;
    if (event.__typename === "EpochCompleted") {
      placeEpoch(epochs, event.epoch);
      etaMs = event.etaMs ?? null;
    } else {
      log.push(event);
      if (event.__typename === "RunStatusChanged") {
        status = event.status;
        if (status !== "RUNNING") etaMs = null;
      }
    }
  }
  return lastSequence === history.lastSequence ? history : { lastSequence, status, epochs, etaMs, log };
}

/** A run that another worker takes over may train an epoch again: the newer report replaces the older. */
function placeEpoch(epochs: EpochPoint[], epoch: EpochPoint): void {
  const newest = epochs.at(-1);
  if (!newest || newest.epoch < epoch.epoch) {
    epochs.push(epoch);
    return;
  }
  const index = epochs.findIndex((known) => known.epoch >= epoch.epoch);
  epochs.splice(index, epochs[index]?.epoch === epoch.epoch ? 1 : 0, epoch);
}
