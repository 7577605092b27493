/** What the recipes have come to, as it is this moment. */
"use client";
import { useEffect, useMemo, useRef } from "react";
import { noFilter } from "../../entities/run-list/live-runs.ts";
import { useLiveRuns } from "../../entities/run-list/run-changes.tsx";
import { useApiQuery } from "../../lib/use-api-query.ts";
import { recipesQuery } from "./documents.ts";
import { type Preset, presetOf, type RecipeCard, recipeCards } from "./recipe-cards.ts";

/** Older runs of a recipe are found in the list. */
const lookedThrough = 60;
const nothing = () => {};

/** Null until they are known; no cards where they cannot be had: the page has all else. */
export function useRecipeCards(): { cards: readonly RecipeCard[] | null; runCount: number | null } {
  const { data, error, refetch } = useApiQuery(recipesQuery, { first: lookedThrough }, { about: ["Run"] });
  const fetched = useMemo(() => data?.runs.edges.map(({ node }) => node) ?? [], [data]);
  const presets = data?.trainingPresets;
  const recipeOf = useMemo(
    () =>
      new Map(
        fetched.flatMap(({ id, config }): [string, Preset][] => {
          const preset = presetOf(config.values, presets ?? []);
          return preset ? [[id, preset]] : [];
        }),
      ),
    [fetched, presets],
  );
  // Places in the queue come with the page's own list.
  const runs = useLiveRuns(fetched, noFilter, nothing);

  // What is told of a new run does not have its recipe.
  const newest = runs[0]?.id ?? "";
  const asked = useRef("");
  useEffect(() => {
    if (newest === "" || newest === asked.current || fetched.some(({ id }) => id === newest)) return;
    asked.current = newest;
    refetch();
  }, [newest, fetched, refetch]);

  const cards = useMemo(() => recipeCards(runs, recipeOf, presets ?? []), [runs, recipeOf, presets]);
  return { cards: data || error ? cards : null, runCount: data?.runs.totalCount ?? null };
}
