/** How tall a row of the table is, or a card on a phone: as grid.module.css has it. */
"use client";
import { useSyncExternalStore } from "react";

const row = 46;
const card = 92;
const narrow = "(max-width: 48rem)";

function subscribe(listener: () => void) {
  const query = matchMedia(narrow);
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
}

export const rowHeightNow = (): number => (matchMedia(narrow).matches ? card : row);
export const useRowHeight = (): number => useSyncExternalStore(subscribe, rowHeightNow, () => row);
