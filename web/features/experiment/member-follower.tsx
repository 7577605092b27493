/** Follows one run of an experiment while the page is open, and hands on its losses. Draws nothing. */
"use client";
import { useEffect } from "react";
import type { EpochPoint } from "../../entities/run-history/run-history.ts";
import { useRunHistory } from "../../entities/run-history/use-run-history.ts";
import { useApiQuery } from "../../lib/use-api-query.ts";
import { useUntil } from "../../lib/use-until.ts";
import { memberQuery } from "./documents.ts";

export interface Told {
  readonly runId: string;
  readonly epochs: readonly EpochPoint[];
  /** Of the first and the last bar of its test; empty until it has a result. */
  readonly testTimes: readonly string[];
}

interface Props {
  readonly runId: string;
  /** As the list of runs hears it. */
  readonly hasSucceeded: boolean;
  readonly onTold: (told: Told) => void;
}

const none: readonly string[] = [];

export function MemberFollower({ runId, hasSucceeded, onTold }: Props) {
  const { data, isFetching, refetch } = useApiQuery(memberQuery, { id: runId });
  const run = data?.run ?? null;
  const { epochs } = useRunHistory({ snapshot: run, isFetching, refetch });
  const testTimes = run?.test.time ?? none;
  useEffect(() => {
    onTold({ runId, epochs, testTimes });
  }, [runId, epochs, testTimes, onTold]);
  useUntil(!hasSucceeded || testTimes.length > 0, refetch);
  return null;
}
