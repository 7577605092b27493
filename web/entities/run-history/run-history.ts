/**
 * What is known of a run while it is watched: a snapshot that was fetched, then events -> state. Each event counts once,
 * in order of its sequence number, however often the connection broke in between. Its size is bounded, however long the
 * run. Pure: it neither fetches nor draws.
 */
import type {
  RunSnapshotFragment,
  RunStatus,
  TrainingEventsSubscription,
} from "../../graphql/generated/graphql.ts";
import { isFinal } from "../run/status.ts";
import { thinEpochs } from "./thin-epochs.ts";

export type RunSnapshot = RunSnapshotFragment;
export type RunEvent = TrainingEventsSubscription["trainingEvents"];
export type EpochPoint = Extract<RunEvent, { __typename: "EpochCompleted" }>["epoch"];
export type LogEntry = Exclude<RunEvent, { __typename: "EpochCompleted" }>;

export interface RunHistory {
  /** Where to go on after a lost connection. */
  readonly lastSequence: number;
  /** Null until it is known. */
  readonly status: RunStatus | null;
  /** In order, each number once; of a long run those that a chart needs, the newest among them. */
  readonly epochs: readonly EpochPoint[];
  readonly etaMs: number | null;
  /** The newest statuses and messages, oldest first; epochs are in `epochs`. */
  readonly log: readonly LogEntry[];
}

export const emptyHistory: RunHistory = {
  lastSequence: 0,
  status: null,
  epochs: [],
  etaMs: null,
  log: [],
};

/** What a screen can show. Between two thinnings there are up to twice as many. */
const mostEpochs = 1000;
/** Lines of the log that are kept; between two cuts up to twice as many. Older ones are fetched when they are asked for. */
const mostLines = 200;

export const isEnd = (event: RunEvent): boolean =>
  event.__typename === "RunStatusChanged" && isFinal(event.status);

/** Where an event stands to what was seen: known already, the next one, or after a gap. */
export function placeOf(event: RunEvent, lastSequence: number): "known" | "next" | "gap" {
  if (event.sequence <= lastSequence) return "known";
  return event.sequence === lastSequence + 1 ? "next" : "gap";
}

/** The history as the server tells it at one moment: events are followed from there on. */
export function historyOf({ lastSequence, status, epochs, etaMs, log }: RunSnapshot): RunHistory {
  return {
    lastSequence,
    status,
    epochs,
    etaMs: status === "RUNNING" ? etaMs : null,
    // The log is read a moment after the number: what it has beyond it comes as an event.
    log: logEntriesOf(log).filter(({ sequence }) => sequence <= lastSequence),
  };
}

/** A log may hold kinds of events that are no lines. */
export const logEntriesOf = (log: RunSnapshot["log"]): LogEntry[] =>
  log.filter((entry): entry is LogEntry => entry.__typename !== "EpochCompleted");

/** The one of both that knows more. */
export const newerOf = (history: RunHistory, snapshot: RunSnapshot): RunHistory =>
  snapshot.lastSequence > history.lastSequence ? historyOf(snapshot) : history;

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
  if (lastSequence === history.lastSequence) return history;
  return {
    lastSequence,
    status,
    epochs: epochs.length > 2 * mostEpochs ? thinEpochs(epochs, mostEpochs) : epochs,
    etaMs,
    log: log.length > 2 * mostLines ? log.slice(-mostLines) : log,
  };
}

/** An epoch may be told that the snapshot has, or that another worker trained again: the newer report replaces the older. */
function placeEpoch(epochs: EpochPoint[], epoch: EpochPoint): void {
  const newest = epochs.at(-1);
  if (!newest || newest.epoch < epoch.epoch) {
    epochs.push(epoch);
    return;
  }
  const index = epochs.findIndex((known) => known.epoch >= epoch.epoch);
  epochs.splice(index, epochs[index]?.epoch === epoch.epoch ? 1 : 0, epoch);
}
