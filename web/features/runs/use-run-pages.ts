/** The rows of the table, page after page; kept while one looks at something else, and brought up to date behind that. */
"use client";
import { useCallback, useEffect, useRef, useState } from "react";
import { useClient } from "urql";
import { type ApiError, readError } from "../../lib/api-error.ts";
import { useConnection } from "../../lib/live/use-connection.ts";
import { pageOf, rowsAtFirst, type Wanted } from "./address.ts";
import type { Row } from "./columns.ts";
import { runsQuery } from "./documents.ts";

interface Pages {
  readonly rows: readonly Row[];
  readonly totalCount: number;
  readonly endCursor: string | null;
  readonly hasNextPage: boolean;
}

/** The API's limit. */
const largestPage = 500;
const keptLists = 12;
/** By what was asked: going back shows at once what was there. */
const kept = new Map<string, Pages>();

function keep(key: string, pages: Pages): void {
  kept.delete(key);
  kept.set(key, pages);
  for (const oldest of kept.keys()) {
    if (kept.size <= keptLists) break;
    kept.delete(oldest);
  }
}

/** @param atLeast so many rows at first: as many as were there before a reload */
export function useRunPages(wanted: Wanted, atLeast: number) {
  const client = useClient();
  const key = JSON.stringify(wanted);
  const [shown, setShown] = useState<{ key: string; pages: Pages } | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const [isFetching, setIsFetching] = useState(true);
  const current = useRef({ key, pages: null as Pages | null });
  const busy = useRef(false);

  const show = useCallback((of: string, pages: Pages) => {
    keep(of, pages);
    if (current.current.key !== of) return;
    current.current.pages = pages;
    setShown({ key: of, pages });
  }, []);

  const ask = useCallback(
    async (of: string, first: number, after: string | null): Promise<Pages | null> => {
      const answer = await client
        .query(runsQuery, pageOf(JSON.parse(of) as Wanted, first, after), { requestPolicy: "network-only" })
        .toPromise();
      if (current.current.key !== of) return null;
      setError(answer.error ? readError(answer.error) : null);
      if (!answer.data) return null;
      const { edges, totalCount, pageInfo } = answer.data.runs;
      return {
        rows: edges.map(({ node }) => node),
        totalCount,
        endCursor: pageInfo.endCursor ?? null,
        hasNextPage: pageInfo.hasNextPage,
      };
    },
    [client],
  );

  /** Those that are there, or would be, once more. Rows beyond the largest page stay as they were. */
  const refresh = useCallback(
    async (of: string, count: number) => {
      setIsFetching(true);
      const before = current.current.pages;
      const size = Math.min(largestPage, Math.max(rowsAtFirst, count));
      const head = await ask(of, size, null);
      if (current.current.key !== of) return;
      setIsFetching(false);
      if (!head) return;
      const ids = new Set(head.rows.map(({ id }) => id));
      const rest = head.hasNextPage ? (before?.rows.slice(size) ?? []).filter(({ id }) => !ids.has(id)) : [];
      show(
        of,
        rest.length > 0 && before
          ? { ...before, totalCount: head.totalCount, rows: [...head.rows, ...rest] }
          : head,
      );
    },
    [ask, show],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: what was there before a reload counts once
  useEffect(() => {
    current.current = { key, pages: kept.get(key) ?? null };
    const { pages } = current.current;
    if (pages) setShown({ key, pages });
    void refresh(key, pages?.rows.length ?? atLeast);
  }, [key, refresh]);

  const refetch = useCallback(
    () => void refresh(current.current.key, current.current.pages?.rows.length ?? rowsAtFirst),
    [refresh],
  );

  const more = useCallback(async () => {
    const { key: of, pages } = current.current;
    if (busy.current || !pages?.hasNextPage) return;
    busy.current = true;
    const next = await ask(of, largestPage, pages.endCursor);
    busy.current = false;
    if (!next) return;
    const now = current.current.pages ?? pages;
    const ids = new Set(now.rows.map(({ id }) => id));
    show(of, { ...next, rows: [...now.rows, ...next.rows.filter(({ id }) => !ids.has(id))] });
  }, [ask, show]);

  const { gaps } = useConnection();
  const gapsBefore = useRef(gaps);
  useEffect(() => {
    if (gapsBefore.current !== gaps) refetch();
    gapsBefore.current = gaps;
  }, [gaps, refetch]);

  return {
    pages: shown?.pages ?? null,
    /** What is shown answers an earlier question. */
    isStale: shown !== null && shown.key !== key,
    error,
    isFetching,
    refetch,
    more,
  };
}
