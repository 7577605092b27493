/** Whether what a page shows is still there. Nothing tells that others deleted it, so it is asked for now and then, and when the page comes back in sight. */
"use client";
import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { useEffect } from "react";
import { useApiQuery } from "./use-api-query.ts";
import { useEvery } from "./use-every.ts";

const askAgainMs = 10_000;

/** @param query asks for no more than whether it is there: each of its fields is null then */
export function useStillThere<Data extends object>(
  query: TypedDocumentNode<Data, { id: string }>,
  id: string,
): boolean {
  // The page has asked for it just now.
  const { data, refetch } = useApiQuery(query, { id }, { pause: true });
  useEvery(askAgainMs, refetch);
  useEffect(() => {
    const ask = () => document.visibilityState === "visible" && refetch();
    document.addEventListener("visibilitychange", ask);
    return () => document.removeEventListener("visibilitychange", ask);
  }, [refetch]);
  return data === undefined || Object.values(data).some((it) => it !== null);
}
