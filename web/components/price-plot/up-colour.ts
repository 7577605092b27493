/** Which colour rising prices have: green, or red as in China. By the reader's choice, and by language until there is one. */
"use client";
import { useSyncExternalStore } from "react";
import { type UpColour, usualUpColour } from "./plot-style.ts";

const key = "gatecast.upColour";
const changed = "gatecast:up-colour";

function read(): UpColour {
  try {
    const kept = localStorage.getItem(key);
    if (kept === "green" || kept === "red") return kept;
  } catch {
    // A browser that keeps nothing: by its language.
  }
  return usualUpColour(navigator.language);
}

function subscribe(hear: () => void): () => void {
  addEventListener(changed, hear);
  addEventListener("storage", hear);
  return () => {
    removeEventListener(changed, hear);
    removeEventListener("storage", hear);
  };
}

export function useUpColour(): [UpColour, (colour: UpColour) => void] {
  const colour = useSyncExternalStore(subscribe, read, () => "green" as const);
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
