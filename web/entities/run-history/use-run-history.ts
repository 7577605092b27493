/** Follows one run from a fetched snapshot to its last event, at most five states a second. */
"use client";
import { useEffect, useRef, useState } from "react";
import { browserClock } from "../../lib/live/browser-clock.ts";
import { followLive } from "../../lib/live/socket.ts";
import { createThrottle } from "../../lib/live/throttle.ts";
import { isFinal } from "../run/status.ts";
import { trainingEventsSubscription } from "./documents.ts";
import {
  emptyHistory,
  extendHistory,
  isEnd,
  newerOf,
  placeOf,
  type RunEvent,
  type RunHistory,
  type RunSnapshot,
} from "./run-history.ts";

interface Fetched {
  /** Null while nothing is fetched. */
  readonly snapshot: RunSnapshot | null;
  /** A newer one is on its way: following begins with that. */
  readonly isFetching: boolean;
  /** Asks for another one: the run ended after a gap, or is not to be followed any more. */
  readonly refetch: () => void;
}

/** @param fetched of one and the same run for as long as the component lives. */
export function useRunHistory({ snapshot, isFetching, refetch }: Fetched): RunHistory {
  const [history, setHistory] = useState(emptyHistory);
  const [runId, setRunId] = useState<string | null>(null);
  if (runId === null && snapshot && !isFetching) setRunId(snapshot.id);
  const newest = snapshot ? newerOf(history, snapshot) : history;
  if (newest !== history) setHistory(newest);
  // A run that had ended may be resumed: then it is followed anew.
  const isOpen = !isFinal(newest.status);

  const start = useRef(newest);
  start.current = newest;
  useEffect(() => {
    if (runId === null || !isOpen) return;
    let { lastSequence } = start.current;
    let hasEnded = false;
    const throttle = createThrottle<RunEvent>(browserClock, (events) =>
      setHistory((before) => extendHistory(before, events)),
    );
    const stop = followLive(trainingEventsSubscription, () => ({ runId, after: lastSequence }), {
      onItem({ trainingEvents: event }) {
        const place = placeOf(event, lastSequence);
        if (place === "gap" && !isEnd(event)) return false;
        // The events before the end were cleaned away: another snapshot has what they told.
        if (place === "gap") refetch();
        hasEnded = isEnd(event);
        if (place === "next") {
          lastSequence = event.sequence;
          throttle.add(event);
        }
        return true;
      },
      isComplete: () => hasEnded,
      // Deleted, perhaps: the query says why.
      onRefused: refetch,
    });
    return () => {
      stop();
      throttle.drop();
    };
  }, [runId, isOpen, refetch]);

  return newest;
}
