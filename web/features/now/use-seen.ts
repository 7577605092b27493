/** When somebody last marked what happened as read, on this browser. */
"use client";
import { useEffect, useState } from "react";
import { readMoment } from "./since.ts";

const place = "gatecast.now.seenAt";

/** Without storage (a private window) it lasts as long as the page. */
function store(at: number): void {
  try {
    localStorage.setItem(place, String(at));
  } catch {}
}

function stored(): number | null {
  try {
    return readMoment(localStorage.getItem(place));
  } catch {
    return null;
  }
}

/** @returns null until it is known; a first visit begins now */
export function useSeen(): { seenAt: number | null; markRead: () => void } {
  const [seenAt, setSeenAt] = useState<number | null>(null);
  useEffect(() => {
    const before = stored();
    if (before === null) store(Date.now());
    setSeenAt(before ?? Date.now());
  }, []);
  return {
    seenAt,
    markRead() {
      const now = Date.now();
      store(now);
      setSeenAt(now);
    },
  };
}
