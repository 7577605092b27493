/** Drags something from one column of a table to another, by mouse, pen or finger. Knows nothing of what a drop means. */
"use client";
import { type PointerEvent as ReactPointerEvent, type RefObject, useEffect, useState } from "react";
import { edgeStep } from "./column-drop.ts";

export interface ColumnDrag {
  /** The column that it was taken from. */
  readonly from: number;
  /** The column below the pointer; null beside the table. */
  readonly over: number | null;
  /** Where the pointer is in the window. */
  readonly x: number;
  readonly y: number;
}

/**
 * @param box scrolls while something is held near its ends. Its cells say their column in `data-column`.
 * @param onDrop hears of a drop on another column; one elsewhere, and Escape, change nothing.
 */
export function useColumnDrag(
  box: RefObject<HTMLElement | null>,
  onDrop: (from: number, to: number) => void,
) {
  const [drag, setDrag] = useState<ColumnDrag | null>(null);
  const from = drag?.from ?? null;

  useEffect(() => {
    if (from === null) return;
    const gone = new AbortController();
    // At the window: what is held may be taken away while the file's check is answered.
    const on = <Type extends keyof WindowEventMap>(
      type: Type,
      listener: (event: WindowEventMap[Type]) => void,
    ) => window.addEventListener(type, listener, { capture: true, signal: gone.signal });
    on("pointermove", ({ clientX: x, clientY: y }) => setDrag({ from, over: columnAt(box, x, y), x, y }));
    on("pointerup", ({ clientX, clientY }) => {
      const to = columnAt(box, clientX, clientY);
      if (to !== null && to !== from) onDrop(from, to);
      setDrag(null);
    });
    on("pointercancel", () => setDrag(null));
    on("keydown", (event) => {
      if (event.key !== "Escape") return;
      // Else it would close the dialog, too.
      event.preventDefault();
      event.stopPropagation();
      setDrag(null);
    });
    return () => gone.abort();
  }, [box, from, onDrop]);

  useEffect(() => {
    const scrolled = box.current;
    if (drag === null || !scrolled) return;
    const step = edgeStep(drag.x, scrolled.getBoundingClientRect());
    const frame = requestAnimationFrame(() => {
      const before = scrolled.scrollLeft;
      scrolled.scrollLeft += step;
      if (scrolled.scrollLeft === before) return;
      // The pointer may have moved, or let go, since this frame was asked for.
      setDrag((now) => now && { ...now, over: columnAt(box, now.x, now.y) });
    });
    return () => cancelAnimationFrame(frame);
  }, [box, drag]);

  const take = (at: number, event: ReactPointerEvent) => {
    if (event.button !== 0 || !event.isPrimary) return;
    // No text is marked on the way, and the hand stays the same above whatever is crossed.
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    setDrag({ from: at, over: at, x: event.clientX, y: event.clientY });
  };
  return { drag, take };
}

function columnAt(box: RefObject<HTMLElement | null>, x: number, y: number): number | null {
  const cell = document.elementFromPoint(x, y)?.closest<HTMLElement>("[data-column]");
  return cell && box.current?.contains(cell) ? Number(cell.dataset.column) : null;
}
