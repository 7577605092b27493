/** Which colour rising prices have: green, or red as in China. Until the reader chooses one, it follows the page's language. */
"use client";
import { useSyncExternalStore } from "react";
import { language } from "../../lib/words/language.ts";
import { type UpColour, upColourOf } from "./plot-style.ts";

const key = "gatecast.upColour";
const changed = "gatecast:up-colour";

/** Null where nothing is kept, or the browser keeps nothing. */
function kept(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
const read = (): UpColour => upColourOf(kept(), language());
/** What a choice may change once the page is there. */
const usual = (): UpColour => upColourOf(null, language());

function subscribe(hear: () => void): () => void {
  addEventListener(changed, hear);
  addEventListener("storage", hear);
  return () => {
    removeEventListener(changed, hear);
    removeEventListener("storage", hear);
  };
}

export function useUpColour(): [UpColour, (colour: UpColour) => void] {
  const colour = useSyncExternalStore(subscribe, read, usual);
  const choose = (chosen: UpColour) => {
    try {
      localStorage.setItem(key, chosen);
    } catch {
      return;
    }
    dispatchEvent(new Event(changed));
  };
  return [colour, choose];
}
