/** What a subscription's errors mean for whoever follows it, as docs/LIVE.md says. */
import { said } from "../words/said.ts";
import type { Ending } from "./follow.ts";

export interface LiveError {
  readonly message: string;
  readonly extensions?: Readonly<Record<string, unknown>>;
}

const passing: ReadonlySet<unknown> = new Set(["INTERNAL_SERVER_ERROR", "UNAVAILABLE"]);

/** Comes back where the fault is the server's and may pass; all else stays wrong however often it is asked. */
export function endingOf(errors: readonly LiveError[]): Ending {
  const mayPass = errors.some(
    ({ extensions }) => passing.has(extensions?.code) || typeof extensions?.retryAfterMs === "number",
  );
  return mayPass
    ? { kind: "failed" }
    : { kind: "refused", message: errors.map(({ message }) => said(message)).join(" ") };
}
