/** Which rows are chosen: back and reload bring them back, a new visit begins with none. */
"use client";
import { useEffect, useState } from "react";
import { keepInTab, readKept } from "./kept-in-tab.ts";
import { noSelection, readSelection } from "./selection.ts";

const key = "gatecast.runs.chosen";

/** Newer than what TypeScript knows of browsers. */
type Entries = EventTarget & { readonly currentEntry: { readonly key: string } | null };
const entries = (): Entries | undefined => (window as { readonly navigation?: Entries }).navigation;

/** The entry of the browser's history; its address where the browser does not tell entries apart. */
const entry = (): string => entries()?.currentEntry?.key ?? window.location.search;

export function useSelection() {
  const [selection, setSelection] = useState(noSelection);
  useEffect(() => {
    const kept = readSelection(readKept(sessionStorage, key, entry()));
    if (kept) setSelection(kept);
  }, []);
  useEffect(() => {
    const path = window.location.pathname;
    const { ids, anchor } = selection;
    const store = () => {
      if (window.location.pathname !== path) return;
      keepInTab(sessionStorage, key, entry(), ids.size > 0 ? { ids: [...ids], anchor } : null);
    };
    store();
    // Another order or filter is another entry, with the same rows chosen.
    const navigation = entries();
    navigation?.addEventListener("currententrychange", store);
    return () => navigation?.removeEventListener("currententrychange", store);
  }, [selection]);
  return [selection, setSelection] as const;
}
