/** The piece of a chart's time axis that is in view; dragging over the chart narrows it. */
"use client";
import { useCallback, useMemo, useState } from "react";
import { clampRange, isSameRange, type TimeRange } from "./time-range.ts";

export function useTimeRange(all: TimeRange) {
  const { from, to } = all;
  const [wanted, setWanted] = useState<TimeRange | null>(null);
  const inView = useMemo(
    () => (wanted ? clampRange(wanted, { from, to }) : { from, to }),
    [wanted, from, to],
  );
  const reset = useCallback(() => setWanted(null), []);
  return { inView, isZoomed: !isSameRange(inView, all), zoom: setWanted, reset };
}
