/** Which of many rows of one height are in sight, so that thousands scroll as smoothly as a few. */
"use client";
import { type RefObject, useEffect, useState } from "react";
import { type Windowed, windowedOf } from "./windowed.ts";

/** @param body of the rows; the page scrolls, or a box around them. */
export function useWindowed(body: RefObject<HTMLElement | null>, count: number, rowHeight: number): Windowed {
  const [inSight, setInSight] = useState<Windowed>({ from: 0, to: Math.min(count, 40) });
  useEffect(() => {
    const look = () => {
      const top = -(body.current?.getBoundingClientRect().top ?? 0);
      const next = windowedOf(count, rowHeight, top, window.innerHeight);
      setInSight((before) => (before.from === next.from && before.to === next.to ? before : next));
    };
    look();
    // Captured: what a box scrolls does not rise to the window.
    window.addEventListener("scroll", look, { passive: true, capture: true });
    window.addEventListener("resize", look);
    return () => {
      window.removeEventListener("scroll", look, { capture: true });
      window.removeEventListener("resize", look);
    };
  }, [body, count, rowHeight]);
  return { from: Math.min(inSight.from, count), to: Math.min(inSight.to, count) };
}
