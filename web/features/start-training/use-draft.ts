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

interface DraftKeeper {
  /** The form was sent: nothing is kept any more. */
  readonly forget: () => void;
  /** What the form holds next is its new beginning, no draft. */
  readonly startOver: () => void;
}

export function useDraft(likeRunId: string | null, draft: Omit<Draft, "savedAt">): DraftKeeper {
  const begun = useRef<Omit<Draft, "savedAt"> | null>(draft);
  const isForgotten = useRef(false);
  const { values, repeat, presetId } = draft;
  useEffect(() => {
    const { current } = begun;
    if (current === null) begun.current = { values, repeat, presetId };
    if (current === null || isForgotten.current) return;
    if (values === current.values && repeat === current.repeat && presetId === current.presetId) return;
    const timer = setTimeout(() => {
      if (!isForgotten.current)
        keepDraft(browserStore(), likeRunId, { values, repeat, presetId, savedAt: Date.now() });
    }, settleMs);
    return () => clearTimeout(timer);
  }, [likeRunId, values, repeat, presetId]);
  return {
    forget() {
      isForgotten.current = true;
      keepDraft(browserStore(), likeRunId, null);
    },
    startOver() {
      begun.current = null;
      keepDraft(browserStore(), likeRunId, null);
    },
  };
}
