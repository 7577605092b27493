/** Where the reader of a price plot looks, and the way back: a look counts once it has come to rest. */
"use client";
import { useEffect, useRef, useState } from "react";
import type { TimeRange } from "../../lib/time-range.ts";
import { settledOn, stepBack, type Views } from "./views.ts";

/** The turns of a wheel are one look. */
const settleMs = 400;

export function useViews(all: TimeRange, show: (range: TimeRange) => void) {
  const [view, setView] = useState(all);
  const [views, setViews] = useState<Views>({ current: all, past: [] });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const settle = (range: TimeRange) => {
    clearTimeout(timer.current);
    setViews((before) => settledOn(before, range));
  };
  return {
    view,
    canStepBack: views.past.length > 0,
    /** The plot shows another range by itself. */
    seen(range: TimeRange): void {
      setView(range);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => settle(range), settleMs);
    },
    look(range: TimeRange): void {
      settle(range);
      show(range);
    },
    back(): void {
      clearTimeout(timer.current);
      const before = stepBack(settledOn(views, view), all);
      setViews(before);
      show(before.current);
    },
  };
}
