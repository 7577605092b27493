/** The runs that the first page shows, as they are this moment. */
"use client";
import { useMemo } from "react";
import { isFinal } from "../../entities/run/status.ts";
import { noFilter, type RunRow, type RunsFilter } from "../../entities/run-list/live-runs.ts";
import { useLiveRuns } from "../../entities/run-list/run-changes.tsx";
import { useApiQuery } from "../../lib/use-api-query.ts";
import { nowQuery } from "./documents.ts";

const nothing = () => {};
const all: RunsFilter = { ...noFilter, ofAnyAge: true };

export interface NowRuns {
  readonly byId: ReadonlyMap<string, RunRow>;
  /** In the order in which they began. */
  readonly live: readonly RunRow[];
  readonly waiting: readonly RunRow[];
  /** The newest end first. */
  readonly ended: readonly RunRow[];
  /** Runs that wait or train, more of them than are listed where there are very many. */
  readonly activeTotal: number;
}

/** @returns null until they are known */
export function useNowRuns(): {
  runs: NowRuns | null;
  error: { message: string } | null;
  refetch: () => void;
} {
  const { data, error, refetch } = useApiQuery(nowQuery, {}, { about: ["Run"] });
  const fetched = useMemo(() => {
    const rows = [...(data?.active.edges ?? []), ...(data?.ended.edges ?? [])].map(({ node }) => node);
    // A run may end between the two lists.
    return [...new Map(rows.map((row) => [row.id, row])).values()];
  }, [data]);
  // Turns are told by priority and age, so nothing has to be asked for when the queue moves.
  const rows = useLiveRuns(fetched, all, nothing);
  const activeTotal = data?.active.totalCount ?? 0;
  const runs = useMemo(() => sortedOut(rows, activeTotal), [rows, activeTotal]);
  return { runs: data ? runs : null, error: data ? null : error, refetch };
}

function sortedOut(rows: readonly RunRow[], activeTotal: number): NowRuns {
  const ended = (run: RunRow) => Date.parse(run.finishedAt ?? run.createdAt);
  const begun = (run: RunRow) => Date.parse(run.startedAt ?? run.createdAt);
  return {
    byId: new Map(rows.map((row) => [row.id, row])),
    live: rows.filter(({ status }) => status === "RUNNING").sort((a, b) => begun(a) - begun(b)),
    waiting: rows.filter(({ status }) => status === "QUEUED"),
    // What trains is shown whatever was said of it: it takes turns.
    ended: rows
      .filter(({ status, archived }) => isFinal(status) && !archived)
      .sort((a, b) => ended(b) - ended(a)),
    activeTotal,
  };
}
