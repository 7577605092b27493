/** Gathers news while the page is open, says them to screen readers, and shows them outside of the page where that is wished. */
"use client";
import { usePathname } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { announce } from "../../lib/announcer.ts";
import { notify } from "../../lib/notify.ts";
import { addNews, type News, newsOf, tenthOf } from "./news.ts";
import { useRunChanges } from "./run-changes.tsx";

const none: readonly News[] = [];

export function useNews(): { news: readonly News[]; unread: number; markRead: () => void } {
  const changes = useRunChanges();
  const [since] = useState(() => Date.now());
  const [news, setNews] = useState(none);
  const [readUpTo, setReadUpTo] = useState<string | null>(null);
  const told = useRef(none);

  useEffect(() => {
    const now = Date.now();
    const before = told.current;
    const after = addNews(
      before,
      [...changes.values()].flatMap((run) => newsOf(run, since, now)),
    );
    if (after === before) return;
    told.current = after;
    setNews(after);
    const known = new Set(before.map(({ key }) => key));
    for (const { key, text, tone } of after) {
      if (known.has(key)) continue;
      announce(text, tone === "bad");
      if (document.hidden) void notify(text);
    }
  }, [changes, since]);
  useSaidTenths();

  const read = news.findIndex(({ key }) => key === readUpTo);
  return {
    news,
    unread: read === -1 ? news.length : read,
    markRead: () => setReadUpTo(news[0]?.key ?? null),
  };
}

/** Of the run whose page is open. */
function useSaidTenths(): void {
  const changes = useRunChanges();
  const runId = usePathname().match(/^\/runs\/([0-9a-f-]{36})$/)?.[1];
  const run = runId === undefined ? undefined : changes.get(runId);
  const tenth = run ? tenthOf(run) : null;
  useEffect(() => {
    if (tenth !== null) announce(tenth);
  }, [tenth]);
}
