/** Follows one run's events from the first to the last, at most five states a second. */
"use client";
import { useEffect, useState } from "react";
import { createBatch } from "../../lib/live/batch.ts";
import { browserClock } from "../../lib/live/browser-clock.ts";
import { emptyHistory, extendHistory, isFinal, placeOf, type RunEvent } from "../../lib/live/run-history.ts";
import { followLive } from "../../lib/live/socket.ts";
import { trainingEventsSubscription } from "./documents.ts";

export function useRunHistory(runId: string) {
  const [history, setHistory] = useState(emptyHistory);

  useEffect(() => {
    let lastSequence = 0;
    let hasEnded = false;
    const batch = createBatch<RunEvent>(browserClock, (events) =>
      setHistory((before) => extendHistory(before, events)),
    );
    const stop = followLive(trainingEventsSubscription, () => ({ runId, after: lastSequence }), {
      onItem({ trainingEvents: event }) {
        const place = placeOf(event, lastSequence);
        if (place === "next") {
          lastSequence = event.sequence;
          hasEnded = event.__typename === "RunStatusChanged" && isFinal(event.status);
          batch.add(event);
        }
        return place !== "gap";
      },
      isComplete: () => hasEnded,
      // The page's query is refused likewise and says why.
      onRefused: () => {},
    });
    return () => {
      stop();
      batch.drop();
    };
  }, [runId]);

  return history;
}
