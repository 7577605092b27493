/** The runs that were deleted in this tab: no list shows them any more, whatever is still told or remembered of them. */
"use client";
import { useSyncExternalStore } from "react";

let deleted: ReadonlySet<string> = new Set();
const none = deleted;
const listeners = new Set<() => void>();

export function rememberDeleted(ids: readonly string[]): void {
  deleted = new Set([...deleted, ...ids]);
  for (const listener of listeners) listener();
}

function onChange(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useDeletedRuns = (): ReadonlySet<string> =>
  useSyncExternalStore(
    onChange,
    () => deleted,
    () => none,
  );
