/** The table by keyboard: j and k go down and up, x chooses, c compares, Enter opens. */
"use client";
import { useEffect, useRef } from "react";

export interface KeyActions {
  readonly onMove: (by: number) => void;
  readonly onChoose: () => void;
  readonly onCompare: () => void;
  readonly onOpen: () => void;
}

export function useKeys(actions: KeyActions): void {
  const newest = useRef(actions);
  newest.current = actions;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      const target = event.target as HTMLElement;
      if (target.closest("input:not([type=checkbox]), textarea, select, dialog, [popover]")) return;
      const { onMove, onChoose, onCompare, onOpen } = newest.current;
      if (event.key === "j") onMove(1);
      else if (event.key === "k") onMove(-1);
      else if (event.key === "x") onChoose();
      else if (event.key === "c") onCompare();
      // Links and buttons have an Enter of their own.
      else if (event.key === "Enter" && !target.closest("a, button, label, input")) onOpen();
      else return;
      event.preventDefault();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}
