/**
 * What the API and a reader thread tell each other. The bars stay with the thread; what comes out of it is ready to be stored.
 *
 *   API                                    thread
 *   read: a file, how to read it     ─►    parses
 *                                    ◄─    report, or refusal
 *   weave: what the series has       ─►    places the bars, goes through the chunks
 *                                    ◄─    need: places of chunks that get bars   } as often
 *   chunks: their columns            ─►                                           } as it takes
 *                                    ◄─    store: a new chunk                     }
 *   stored: memory of some before it ─►                                           }
 *                                    ◄─    woven: the next version, or refusal
 *   forget                           ─►    lets the bars go
 */
import { InvalidInput, LimitExceeded, Unavailable } from "../../domain/errors.ts";
import type { GrowingSeries } from "../../domain/incoming-bars.ts";
import type { NewChunk } from "../../domain/new-chunk.ts";
import type { NextVersion } from "../../domain/next-version.ts";
import type { OpenFile } from "../csv-text.ts";
import type { CsvOptions } from "../options.ts";
import type { CsvReport } from "../read-bars.ts";
import type { SeriesPlace } from "../trading-days.ts";

export interface ReadRequest {
  readonly kind: "read";
  /** UTF-8, moved to the thread; or open files of this process. */
  readonly source: { readonly bytes: Uint8Array } | OpenFile;
  readonly options: CsvOptions;
}
export interface WeaveRequest {
  readonly kind: "weave";
  readonly series: SeriesPlace;
  readonly into: GrowingSeries;
  /** False: only the counts are wanted. */
  readonly isStored: boolean;
}
export type ToThread =
  | ReadRequest
  | WeaveRequest
  | { readonly kind: "chunks"; readonly columns: readonly (readonly Uint8Array[])[] }
  /** The next chunk may come. Moves back the memory of chunks that the database has. */
  | { readonly kind: "stored"; readonly memory: readonly ArrayBuffer[] }
  | { readonly kind: "forget" };

export type FromThread =
  | { readonly kind: "report"; readonly report: CsvReport }
  | { readonly kind: "need"; readonly places: readonly number[] }
  | { readonly kind: "store"; readonly chunk: NewChunk }
  | { readonly kind: "woven"; readonly version: NextVersion }
  | Failure;

/** An error of ours loses its class on the way between threads. */
export type Failure =
  | {
      readonly kind: "input";
      readonly field: string;
      readonly message: string;
      readonly choices: readonly string[] | null;
    }
  | { readonly kind: "limit"; readonly message: string; readonly details: Readonly<Record<string, unknown>> }
  | { readonly kind: "unavailable"; readonly message: string; readonly retryAfterMs: number }
  | { readonly kind: "fault"; readonly error: Error };

export function failureOf(error: unknown): Failure {
  if (error instanceof InvalidInput) {
    const { field, message, choices } = error;
    return { kind: "input", field, message, choices };
  }
  if (error instanceof LimitExceeded)
    return { kind: "limit", message: error.message, details: error.details };
  if (error instanceof Unavailable)
    return { kind: "unavailable", message: error.message, retryAfterMs: error.retryAfterMs };
  return { kind: "fault", error: error instanceof Error ? error : new Error(String(error)) };
}

export function errorOf(failure: Failure): Error {
  switch (failure.kind) {
    case "input":
      return new InvalidInput(failure.field, failure.message, failure.choices);
    case "limit":
      return new LimitExceeded(failure.message, failure.details);
    case "unavailable":
      return new Unavailable(failure.message, failure.retryAfterMs);
    case "fault":
      return failure.error;
  }
}
