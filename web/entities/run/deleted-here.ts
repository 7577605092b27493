/**
 * What was deleted in this browser: runs, and series with all their runs. No list shows them any more, whatever it still
 * remembers of them. The browser's other tabs hear of it; other people's pages ask now and then
 * whether what they show is there.
 */
"use client";
import { useSyncExternalStore } from "react";

let deleted: ReadonlySet<string> = new Set();
const none = deleted;
const listeners = new Set<() => void>();
/** Absent where there are no tabs: on the server. */
const otherTabs = typeof window === "undefined" ? null : new BroadcastChannel("gatecast.deleted");
if (otherTabs) otherTabs.onmessage = ({ data }: MessageEvent<readonly string[]>) => remember(data);

function remember(ids: readonly string[]): void {
  deleted = new Set([...deleted, ...ids]);
  for (const listener of listeners) listener();
}

/** @param ids of runs or series */
export function rememberDeleted(ids: readonly string[]): void {
  remember(ids);
  otherTabs?.postMessage(ids);
}

function onChange(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Ids of runs and of series. */
export const useDeleted = (): ReadonlySet<string> =>
  useSyncExternalStore(
    onChange,
    () => deleted,
    () => none,
  );
