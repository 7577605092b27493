/** Events of runs: stored, announced and received. db/ and live/ implement it. */
import type { RunEvent, RunEventBody } from "../domain/run-event.ts";
import type { Transaction } from "./transaction.ts";

/** The run's events: stored and announced in one transaction, so that nobody hears of what is not stored. */
export interface RunJournal {
  append(tx: Transaction, runId: string, body: RunEventBody): Promise<RunEvent>;
  /** In this order, with numbers that follow each other. */
  appendAll(tx: Transaction, runId: string, bodies: readonly RunEventBody[]): Promise<RunEvent[]>;
  /** Ascending, sequence > after, at most `limit`. */
  read(runId: string, after: number, limit: number): Promise<RunEvent[]>;
  /** Statuses and messages, ascending: the newest `limit` with sequence < before; null: the newest of all. */
  readLog(runId: string, before: number | null, limit: number): Promise<RunEvent[]>;
}

/** Announces changes to every process, once the transaction commits. */
export interface Announcer {
  /** @param events of one run, in order. */
  runEvents(tx: Transaction, events: readonly RunEvent[]): Promise<void>;
  runChanged(tx: Transaction, runId: string): Promise<void>;
  /** Every follower of one of the runs then looks for it and finds that it is deleted. */
  runsDeleted(tx: Transaction, runIds: readonly string[]): Promise<void>;
}

/** Receives what any process announced. Misses announcements while the database is away: then `onReconnect` is called. */
export interface EventBus {
  /** Events of one run, in order; those too long for a notification come without `event`. Returns the way to stop. */
  onRunEvent(
    runId: string,
    listener: (heard: { sequence: number; event: RunEvent | null }) => void,
  ): () => void;
  /** Ids of runs that were created or changed. */
  onRunChange(listener: (runId: string) => void): () => void;
  onCancelRequest(listener: (runId: string) => void): () => void;
  onScoreRequest(listener: (runId: string) => void): () => void;
  onReconnect(listener: () => void): () => void;
  requestScore(tx: Transaction, runId: string): Promise<void>;
  requestCancel(tx: Transaction, runId: string): Promise<void>;
}
