/** The queue of files of a page, kept while its reader is on other pages. */
"use client";
import { useEffect, useState } from "react";
import { useAskBeforeLeaving } from "../../lib/use-ask-before-leaving.ts";
import { type ImportQueue, isWorthKeeping, noFiles, withoutFirst } from "./import-queue.ts";

/** By the symbol of the series that the page is about. */
const kept = new Map<string | undefined, ImportQueue>();

export function useImportQueue(symbol: string | undefined) {
  const [queue, setQueue] = useState<ImportQueue>(() => {
    const before = kept.get(symbol) ?? noFiles;
    return { ...(before.isStored ? withoutFirst(before) : before), isAside: true };
  });
  const isWorth = isWorthKeeping(queue, symbol);
  useEffect(() => {
    if (isWorth) kept.set(symbol, queue);
    else kept.delete(symbol);
  }, [symbol, queue, isWorth]);
  useAskBeforeLeaving(isWorth);
  return [queue, setQueue, isWorth] as const;
}
