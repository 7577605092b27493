/** An error of a request that nobody answered is over once the connection is back: then what it says is untrue. */
"use client";
import { useState } from "react";
import type { CombinedError } from "urql";
import { readError } from "../api-error.ts";
import { useConnection } from "./use-connection.ts";

export function useUntilBack(error: CombinedError | undefined): CombinedError | undefined {
  const { gaps } = useConnection();
  const [first, setFirst] = useState({ error, gaps });
  if (first.error !== error) setFirst({ error, gaps });
  const isOver = first.error === error && first.gaps !== gaps;
  return error && isOver && readError(error).code === "NETWORK" ? undefined : error;
}
