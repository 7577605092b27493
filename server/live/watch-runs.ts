/** Tells watchers each run that changes, at most a few times a second a run. All watchers of a process share one reading. */
import { isFinal } from "../domain/run.ts";
import type { EventBus } from "../ports/live.ts";
import type { Run, RunStore } from "../ports/runs.ts";

export interface WatchRunsPorts {
  readonly runs: Pick<RunStore, "findMany" | "list">;
  readonly bus: Pick<EventBus, "onRunChange" | "onReconnect">;
  /** Called when a read failed because the database was away; the read is repeated. */
  readonly onError?: (error: unknown) => void;
}

/** Shortest time between two readings: four a second. */
const pauseMs = 250;
const pauseAfterErrorMs = 2_000;
/** How many of the newest runs to read after the bus was away: they may have been created meanwhile. */
const newestAfterBreak = 50;

export function watchRuns(ports: WatchRunsPorts): () => AsyncIterable<Run> {
  const watchers = new Set<Watcher>();
  const changed = new Set<string>();
  /** Runs that had not ended when last read: only they can change while the bus is away. */
  const open = new Set<string>();
  let stopListening: (() => void)[] = [];
  let timer: NodeJS.Timeout | null = null;
  let reading = false;
  let lostTrack = false;

  // Reads at the first change, and once more after the pause if more changes came: the last one is never lost.
  const soon = () => {
    if (timer || reading) return;
    timer = setTimeout(read, 0);
  };

  const read = async () => {
    reading = true;
    const ids = [...changed];
    changed.clear();
    const missed = lostTrack;
    lostTrack = false;
    let nextInMs = pauseMs;
    try {
      const runs = await ports.runs.findMany(missed ? [...new Set([...ids, ...open])] : ids);
      const newest = missed ? (await ports.runs.list({ first: newestAfterBreak }, {})).items : [];
      // A run that is not found was deleted.
      for (const id of ids) open.delete(id);
      for (const run of new Map(
        [...newest.map(({ node }) => node), ...runs].map((r) => [r.id, r]),
      ).values()) {
        if (isFinal(run.status)) open.delete(run.id);
        else open.add(run.id);
        for (const watcher of watchers) watcher.put(run);
      }
    } catch (error) {
      ports.onError?.(error);
      for (const id of ids) changed.add(id);
      lostTrack ||= missed;
      nextInMs = pauseAfterErrorMs;
    }
    reading = false;
    timer = setTimeout(() => {
      timer = null;
      if (watchers.size > 0 && (changed.size > 0 || lostTrack)) soon();
    }, nextInMs);
  };

  const join = (watcher: Watcher) => {
    watchers.add(watcher);
    if (watchers.size > 1) return;
    stopListening = [
      ports.bus.onRunChange((runId) => {
        changed.add(runId);
        soon();
      }),
      ports.bus.onReconnect(() => {
        lostTrack = true;
        soon();
      }),
    ];
  };

  const leave = (watcher: Watcher) => {
    if (!watchers.delete(watcher) || watchers.size > 0) return;
    for (const stop of stopListening) stop();
    changed.clear();
    open.clear();
  };

  return () => ({
    [Symbol.asyncIterator]() {
      const watcher = new Watcher();
      join(watcher);
      return {
        next: () => watcher.next(),
        async return() {
          leave(watcher);
          watcher.close();
          return { done: true, value: undefined };
        },
      };
    },
  });
}

/** Keeps the newest state of each run until it is read: a slow reader skips states, but ends with the right one. */
class Watcher {
  #waiting: ((result: IteratorResult<Run, undefined>) => void) | null = null;
  #unread = new Map<string, Run>();
  #closed = false;

  put(run: Run): void {
    this.#unread.set(run.id, run);
    this.#deliver();
  }

  close(): void {
    this.#closed = true;
    this.#unread.clear();
    this.#deliver();
  }

  next(): Promise<IteratorResult<Run, undefined>> {
    return new Promise((resolve) => {
      this.#waiting = resolve;
      this.#deliver();
    });
  }

  #deliver(): void {
    const resolve = this.#waiting;
    if (!resolve) return;
    const [oldest] = this.#unread.values();
    if (!oldest && !this.#closed) return;
    this.#waiting = null;
    if (oldest) this.#unread.delete(oldest.id);
    resolve(oldest ? { done: false, value: oldest } : { done: true, value: undefined });
  }
}
