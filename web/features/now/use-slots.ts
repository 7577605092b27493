/** The places of the runs that train, as time goes by. */
"use client";
import { useEffect, useReducer, useState } from "react";
import { nextFree, placeRuns, type Slots } from "./slots.ts";

const none: Slots = [];

/** @param live ids in the order in which they began; null while they are not known */
export function useSlots(live: readonly string[] | null): Slots {
  const [slots, setSlots] = useState(none);
  const [, lookAgain] = useReducer((times: number) => times + 1, 0);
  const placed = live === null ? slots : placeRuns(slots, live, Date.now());
  if (placed !== slots) setSlots(placed);
  const freeAt = nextFree(placed);
  useEffect(() => {
    if (freeAt === null) return;
    const timer = setTimeout(lookAgain, Math.max(0, freeAt - Date.now()) + 50);
    return () => clearTimeout(timer);
  }, [freeAt]);
  return placed;
}
