/**
 * Asks again until what is known to be there is in the answer. Once is not enough: while an older request is under way,
 * urql answers with that.
 */
"use client";
import { useEffect } from "react";

const againMs = 2_000;

/** @param isThere whether the answer has it, or nothing is missing */
export function useUntil(isThere: boolean, refetch: () => void): void {
  useEffect(() => {
    if (isThere) return;
    refetch();
    const timer = setInterval(refetch, againMs);
    return () => clearInterval(timer);
  }, [isThere, refetch]);
}
