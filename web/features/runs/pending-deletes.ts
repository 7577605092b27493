/** Deletions that can still be taken back: out of sight at once, sent a moment later, or as the page is left. */
"use client";
import { useSyncExternalStore } from "react";

const undoMs = 8_000;

export interface PendingDelete {
  readonly ids: readonly string[];
}

interface Waiting extends PendingDelete {
  readonly timer: ReturnType<typeof setTimeout>;
}

const nothing: readonly Waiting[] = [];
let waiting = nothing;
let send: (ids: readonly string[], isLeaving: boolean) => void = () => {};
const listeners = new Set<() => void>();

function change(next: readonly Waiting[]): void {
  waiting = next;
  for (const listener of listeners) listener();
}

/** @param how what sends them; while the page is being left no answer can be awaited */
export const sendDeletesWith = (how: typeof send): void => {
  send = how;
};

export function deleteSoon(ids: readonly string[]): void {
  const entry: Waiting = { ids, timer: setTimeout(() => finish(entry, false), undoMs) };
  change([...waiting, entry]);
}

function finish(entry: Waiting, isLeaving: boolean): void {
  clearTimeout(entry.timer);
  change(waiting.filter((one) => one !== entry));
  send(entry.ids, isLeaving);
}

/** The newest. */
export function undoDelete(): void {
  const last = waiting.at(-1);
  if (!last) return;
  clearTimeout(last.timer);
  change(waiting.slice(0, -1));
}

export function sendDeletesNow(isLeaving: boolean): void {
  for (const entry of waiting) finish(entry, isLeaving);
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
export const usePendingDeletes = (): readonly PendingDelete[] =>
  useSyncExternalStore(
    subscribe,
    () => waiting,
    () => nothing,
  );
