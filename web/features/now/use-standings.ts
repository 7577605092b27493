/** Workers, the day's figures and the best runs: asked for again when a run ends or begins, and now and then. */
"use client";
import { useEffect, useRef } from "react";
import type { StandingsQuery } from "../../graphql/generated/graphql.ts";
import { useApiQuery } from "../../lib/use-api-query.ts";
import { useEvery } from "../../lib/use-every.ts";
import { useNow } from "../../lib/use-now.ts";
import { standingsQuery } from "./documents.ts";
import { startOfDay } from "./headline.ts";

const refreshMs = 15_000;
/** Of many short runs one ends every second: their figures are counted at most so often. */
const shortestMs = 2_000;

export type Standings = StandingsQuery;

/**
 * @param state another text when a run began or ended
 * @returns null until they are known, and where they cannot be had
 */
export function useStandings(state: string): { standings: Standings | null; isKnown: boolean } {
  // A page that stays open overnight counts the new day.
  const since = startOfDay(useNow(60_000));
  const { data, error, refetch } = useApiQuery(standingsQuery, { since }, { about: ["Run", "Worker"] });
  useEvery(refreshMs, refetch);
  const known = useRef(state);
  useEffect(() => {
    if (known.current === state) return;
    const timer = setTimeout(() => {
      known.current = state;
      refetch();
    }, shortestMs);
    return () => clearTimeout(timer);
  }, [state, refetch]);
  return { standings: data ?? null, isKnown: data !== undefined || error !== null };
}
