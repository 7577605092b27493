/** Where the list was left: going back or reloading returns there. */
"use client";
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";

const key = "gatecast.runs.place";
interface Place {
  readonly query: string;
  /** Of the page. */
  readonly top: number;
  /** Within the box of the table. */
  readonly boxTop: number;
  readonly rows: number;
}

function readPlace(): Place | null {
  if (typeof window === "undefined") return null;
  try {
    const place: Place | null = JSON.parse(sessionStorage.getItem(key) ?? "null");
    return place?.query === window.location.search ? place : null;
  } catch {
    return null;
  }
}

/** @returns how many rows there were */
export const useRowsBefore = (): number => useState(() => readPlace()?.rows ?? 0)[0];

export function useScrollPlace(box: RefObject<HTMLElement | null>, rows: number): void {
  const [before] = useState(readPlace);
  const isThere = useRef(false);
  useLayoutEffect(() => {
    if (isThere.current || rows === 0) return;
    isThere.current = true;
    if (!before) return;
    requestAnimationFrame(() => {
      window.scrollTo(0, before.top);
      box.current?.scrollTo(0, before.boxTop);
    });
  }, [rows, before, box]);

  const newest = useRef(rows);
  newest.current = rows;
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const query = () => window.location.search;
    const store = () => {
      if (!isThere.current || !box.current) return;
      const tops = { top: window.scrollY, boxTop: box.current.scrollTop };
      sessionStorage.setItem(key, JSON.stringify({ query: query(), ...tops, rows: newest.current }));
    };
    const soon = () => {
      clearTimeout(timer);
      timer = setTimeout(store, 100);
    };
    window.addEventListener("scroll", soon, { passive: true, capture: true });
    window.addEventListener("pagehide", store);
    return () => {
      clearTimeout(timer);
      window.removeEventListener("scroll", soon, { capture: true });
      window.removeEventListener("pagehide", store);
    };
  }, [box]);
}
