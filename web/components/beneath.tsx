/** What lies beneath the first screen: rendered after it and in small steps, between which the page hears its reader. */
"use client";
import { type ReactNode, useDeferredValue } from "react";

export function Beneath({ children }: { children: ReactNode }) {
  const isItsTurn = useDeferredValue(true, false);
  return isItsTurn && children;
}
