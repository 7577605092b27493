/** What the API and a reader thread tell each other: a file and how to read it; its bars, or why there are none. */
import { InvalidInput, LimitExceeded } from "../../domain/errors.ts";
import type { CsvOptions } from "../options.ts";
import type { CsvBars } from "../read-bars.ts";

export interface ReadRequest {
  /** UTF-8, moved to the thread; or an open file of this process. */
  readonly source: { readonly bytes: Uint8Array } | { readonly fd: number; readonly size: number };
  readonly options: CsvOptions;
}

export type ReadAnswer =
  | { readonly bars: CsvBars }
  | { readonly refusal: Refusal }
  | { readonly fault: Error };

/** An error of ours loses its class on the way between threads. */
export type Refusal =
  | {
      readonly kind: "input";
      readonly field: string;
      readonly message: string;
      readonly choices: readonly string[] | null;
    }
  | { readonly kind: "limit"; readonly message: string; readonly details: Readonly<Record<string, unknown>> };

export function answerOf(error: unknown): ReadAnswer {
  if (error instanceof InvalidInput) {
    const { field, message, choices } = error;
    return { refusal: { kind: "input", field, message, choices } };
  }
  if (error instanceof LimitExceeded)
    return { refusal: { kind: "limit", message: error.message, details: error.details } };
  return { fault: error instanceof Error ? error : new Error(String(error)) };
}

export const errorOf = (refusal: Refusal): Error =>
  refusal.kind === "input"
    ? new InvalidInput(refusal.field, refusal.message, refusal.choices)
    : new LimitExceeded(refusal.message, refusal.details);
