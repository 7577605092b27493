/** Listens to runChanges for the whole page and tells every component that shows runs. */
"use client";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { browserClock } from "../../lib/live/browser-clock.ts";
import { connection, followLive } from "../../lib/live/socket.ts";
import { createThrottle } from "../../lib/live/throttle.ts";
import { useConnection } from "../../lib/live/use-connection.ts";
import { useDeleted } from "../run/deleted-here.ts";
import { runChangesSubscription } from "./documents.ts";
import {
  applyChanges,
  queueOf,
  type RunChanges,
  type RunRow,
  type RunsFilter,
  rememberChanges,
  withoutDeleted,
} from "./live-runs.ts";

const nothingYet: RunChanges = new Map();
const Changes = createContext<RunChanges>(nothingYet);

export function RunChangesProvider({ children }: { children: ReactNode }) {
  const [changes, setChanges] = useState(nothingYet);
  const { gaps } = useConnection();

  useEffect(() => {
    const throttle = createThrottle<RunRow>(browserClock, (runs) =>
      setChanges((before) => rememberChanges(before, runs)),
    );
    const stop = followLive(runChangesSubscription, () => ({}), {
      onItem: ({ runChanges }) => {
        throttle.add(runChanges);
        return true;
      },
      isComplete: () => false,
      onResumed: connection.missed,
      onRefused: connection.refused,
    });
    return () => {
      stop();
      throttle.drop();
    };
  }, []);

  // What was missed is not known: what was heard before the loss must not cover what is fetched after it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the count is the signal
  useEffect(() => setChanges(nothingYet), [gaps]);

  return <Changes value={changes}>{children}</Changes>;
}

/** What runChanges told since the page was opened, or the connection came back. */
export const useRunChanges = (): RunChanges => useContext(Changes);

/** The fetched rows as they are now. @param refetch asks for them again: for places in a queue that moved. */
export function useLiveRuns(
  fetched: readonly RunRow[],
  filter: RunsFilter,
  refetch: () => void,
): readonly RunRow[] {
  const changes = useContext(Changes);
  const deleted = useDeleted();
  const runs = useMemo(
    () => withoutDeleted(applyChanges(fetched, changes, filter), deleted),
    [fetched, changes, filter, deleted],
  );
  const queue = queueOf(runs);
  const fetchedQueue = queueOf(fetched);
  useEffect(() => {
    if (queue !== "" && queue !== fetchedQueue) refetch();
  }, [queue, fetchedQueue, refetch]);
  return runs;
}
