/** Whether somebody is new here, so that the recipes are shown: until there are some runs, or until they are put away. */
"use client";
import { useEffect, useState } from "react";
import type { RecipeCard } from "./recipe-cards.ts";
import { useRecipeCards } from "./use-recipe-cards.ts";

const place = "gatecast.now.recipesPutAway";
/** Who has started this many knows the recipes. */
const mostRuns = 10;
const none: readonly RecipeCard[] = [];

/** @returns no cards where nobody is new; null until that is known. What is decided stays for the visit: nothing jumps. */
export function useNewcomer(): { cards: readonly RecipeCard[] | null; putAway: () => void } {
  const { cards, runCount } = useRecipeCards();
  const [isNew, setIsNew] = useState<boolean | null>(null);
  const isKnown = cards !== null;
  useEffect(() => {
    if (isKnown) setIsNew((before) => before ?? (!isPutAway() && (runCount ?? 0) <= mostRuns));
  }, [isKnown, runCount]);
  return {
    cards: isNew === null ? null : isNew ? cards : none,
    putAway() {
      storePutAway();
      setIsNew(false);
    },
  };
}

function isPutAway(): boolean {
  try {
    return localStorage.getItem(place) !== null;
  } catch {
    return false;
  }
}

function storePutAway(): void {
  try {
    localStorage.setItem(place, "yes");
  } catch {
    // A private window: they come back with the next visit.
  }
}
