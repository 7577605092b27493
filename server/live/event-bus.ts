/** The event bus over LISTEN/NOTIFY: one connection listens for the whole process and calls the listeners. */
import type { EventBus } from "../ports/live.ts";
import { notify, type SqlOf } from "./announcer.ts";
import { type Listener, listen } from "./listener.ts";
import { channels, decodeRunEvents, type HeardRunEvent } from "./wire.ts";

export interface EventBusOptions {
  readonly url: string;
  readonly sqlOf: SqlOf;
  /** The connection broke; it is being restored. */
  readonly onLost?: (error: Error) => void;
  /** A listener threw (the others were still called), or a notification could not be read. */
  readonly onListenerError?: (error: unknown) => void;
}

export interface PostgresEventBus extends EventBus {
  close(): Promise<void>;
}

/** Resolves once it listens: nothing that commits from then on is missed. */
export async function connectEventBus(options: EventBusOptions): Promise<PostgresEventBus> {
  const runEvents = new Map<string, Set<(heard: HeardRunEvent) => void>>();
  const runChanges = new Set<(runId: string) => void>();
  const cancelRequests = new Set<(runId: string) => void>();
  const scoreRequests = new Set<(runId: string) => void>();
  const reconnects = new Set<() => void>();

  const tell = <T extends unknown[]>(listeners: Iterable<(...what: T) => void> | undefined, ...what: T) => {
    for (const listener of [...(listeners ?? [])]) {
      try {
        listener(...what);
      } catch (error) {
        options.onListenerError?.(error);
      }
    }
  };

  const hear: Record<string, (payload: string) => void> = {
    [channels.runEvents]: (payload) => {
      for (const heard of decodeRunEvents(payload)) tell(runEvents.get(heard.runId), heard);
    },
    [channels.runChanged]: (runId) => tell(runChanges, runId),
    [channels.cancelRequested]: (runId) => tell(cancelRequests, runId),
    [channels.scoreRequested]: (runId) => tell(scoreRequests, runId),
  };

  const listener: Listener = await listen({
    url: options.url,
    channels: Object.values(channels),
    onNotification(channel, payload) {
      try {
        hear[channel]?.(payload);
      } catch (error) {
        // Another version may have sent it. Followers must read again, as after a lost connection.
        options.onListenerError?.(new Error(`unreadable on ${channel}`, { cause: error }));
        tell(reconnects);
      }
    },
    onReconnect: () => tell(reconnects),
    onLost: options.onLost,
  });

  return {
    onRunEvent(runId, heard) {
      const listeners = runEvents.get(runId) ?? new Set();
      runEvents.set(runId, listeners);
      listeners.add(heard);
      return () => {
        listeners.delete(heard);
        if (listeners.size === 0 && runEvents.get(runId) === listeners) runEvents.delete(runId);
      };
    },
    onRunChange: (heard) => subscribe(runChanges, heard),
    onCancelRequest: (heard) => subscribe(cancelRequests, heard),
    onScoreRequest: (heard) => subscribe(scoreRequests, heard),
    onReconnect: (heard) => subscribe(reconnects, heard),
    async requestCancel(tx, runId) {
      await notify(options.sqlOf, tx, channels.cancelRequested, runId);
    },
    async requestScore(tx, runId) {
      await notify(options.sqlOf, tx, channels.scoreRequested, runId);
    },
    close: () => listener.close(),
  };
}

function subscribe<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
