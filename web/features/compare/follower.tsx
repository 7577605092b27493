/** Fetches one of the compared runs, follows it while it trains, and hands on what it knows. Draws nothing. */
"use client";
import { useEffect } from "react";
import { isFinal } from "../../entities/run/status.ts";
import type { EpochPoint } from "../../entities/run-history/run-history.ts";
import { useRunHistory } from "../../entities/run-history/use-run-history.ts";
import { useApiQuery } from "../../lib/use-api-query.ts";
import { useUntil } from "../../lib/use-until.ts";
import { askedScores, type Compared } from "./compared.ts";
import { comparedRunQuery } from "./documents.ts";

export interface Told {
  readonly id: string;
  /** Null: there is no such run. Undefined: it is not known yet. */
  readonly run: Compared | null | undefined;
  readonly epochs: readonly EpochPoint[];
  readonly isActive: boolean;
  readonly problem: string | null;
}

export function Follower({ id, onTold }: { id: string; onTold: (told: Told) => void }) {
  const { data, error, isFetching, refetch } = useApiQuery(comparedRunQuery, { id, columns: askedScores });
  const run = data === undefined ? undefined : data.run;
  const { epochs, status } = useRunHistory({ snapshot: run ?? null, isFetching, refetch });
  const problem = error?.message ?? null;
  const isActive = status !== null && !isFinal(status);
  useEffect(() => {
    onTold({ id, run: run && status ? { ...run, status } : run, epochs, isActive, problem });
  }, [id, run, status, epochs, isActive, problem, onTold]);
  // Scores and predictions come with the end.
  useUntil(!run || status === null || status === run.status, refetch);
  return null;
}
