/** Keeps the form as it is typed, so that back, reload or a dead server cost nothing. */
"use client";
import { useEffect, useRef } from "react";
import { type Draft, keepDraft, type Store } from "./draft.ts";

/** Typing in a field is one change. */
const settleMs = 300;

export const browserStore = (): Store | null => {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
};

/** @returns the way to forget it: it was sent, or is not wanted */
export function useDraft(likeRunId: string | null, draft: Omit<Draft, "savedAt">): () => void {
  const begun = useRef(draft);
  const isForgotten = useRef(false);
  const { values, repeat, presetId } = draft;
  useEffect(() => {
    const { current } = begun;
    if (values === current.values && repeat === current.repeat && presetId === current.presetId) return;
    const timer = setTimeout(() => {
      if (!isForgotten.current)
        keepDraft(browserStore(), likeRunId, { values, repeat, presetId, savedAt: Date.now() });
    }, settleMs);
    return () => clearTimeout(timer);
  }, [likeRunId, values, repeat, presetId]);
  return () => {
    isForgotten.current = true;
    keepDraft(browserStore(), likeRunId, null);
  };
}
