/** A query as the pages need it: data, error, a way to ask again; asked again by itself when the connection returns. */
"use client";
import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { useCallback, useEffect, useRef, useState } from "react";
import { type AnyVariables, useQuery } from "urql";
import { type ApiError, readError } from "./api-error.ts";
import { useConnection } from "./live/use-connection.ts";

interface Options {
  readonly pause?: boolean;
  /** Types whose change makes the answer stale, needed where an empty answer names none. */
  readonly about?: string[];
}

export function useApiQuery<Data, Variables extends AnyVariables>(
  query: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  { pause = false, about }: Options = {},
): { data: Data | undefined; error: ApiError | null; isFetching: boolean; refetch: () => void } {
  const context = useRef({ additionalTypenames: about });
  // The server renders the frame only: the page's data are the browser's business.
  const [{ data, error, fetching, stale }, execute] = useQuery({
    query,
    variables,
    pause: pause || typeof window === "undefined",
    context: context.current,
  } as Parameters<typeof useQuery<Data, Variables>>[0]);

  const refetch = useCallback(() => execute({ requestPolicy: "network-only" }), [execute]);

  const { gaps } = useConnection();
  const gapsBefore = useRef(gaps);
  useEffect(() => {
    if (gapsBefore.current === gaps) return;
    gapsBefore.current = gaps;
    if (!pause) refetch();
  }, [gaps, refetch, pause]);

  // While another page or a closer look is on its way, and when it fails, what was there stays.
  const [kept, keep] = useState<Data | undefined>(undefined);
  if (data !== undefined && data !== kept) keep(data);

  return {
    data: data ?? kept,
    error: error ? readError(error) : null,
    isFetching: fetching || stale,
    refetch,
  };
}
