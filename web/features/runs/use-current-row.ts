/** The row that the keyboard is on. */
"use client";
import { type RefObject, useState } from "react";
import type { Line } from "./grouping.ts";
import { rowHeightNow } from "./row-height.ts";

export function useCurrentRow(lines: readonly Line[], box: RefObject<HTMLElement | null>) {
  const [current, setCurrent] = useState<string | null>(null);
  function move(by: number): void {
    const places = lines.flatMap((line, at) => (line.kind === "run" ? [{ id: line.row.id, at }] : []));
    if (places.length === 0) return;
    const now = places.findIndex(({ id }) => id === current);
    const next = places[Math.max(0, Math.min(places.length - 1, now < 0 ? 0 : now + by))]!;
    setCurrent(next.id);
    scrollTo(box.current, next.at);
  }
  return { current: lines.some((line) => line.key === current) ? current : null, move };
}

/** Rows out of sight are not there to be scrolled to, so their place is reckoned. */
function scrollTo(box: HTMLElement | null, at: number): void {
  const body = box?.querySelector("tbody");
  if (!box || !body) return;
  const rowHeight = rowHeightNow();
  const top = body.offsetTop + at * rowHeight;
  const head = 2 * rowHeight;
  if (top - head < box.scrollTop) box.scrollTop = top - head;
  else if (top + rowHeight > box.scrollTop + box.clientHeight)
    box.scrollTop = top + rowHeight - box.clientHeight;
}
