/** Does something again and again while the page is in sight. */
"use client";
import { useEffect } from "react";

export function useEvery(ms: number, action: () => void): void {
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") action();
    }, ms);
    return () => clearInterval(timer);
  }, [ms, action]);
}
