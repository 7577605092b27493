/** What travels over NOTIFY: three channels, and how an event becomes a payload and an event again. */
import type { RunEvent } from "../domain/run-event.ts";

export const channels = {
  runEvent: "gatecast_run_event",
  runChanged: "gatecast_run_changed",
  cancelRequested: "gatecast_cancel_requested",
} as const;

/** PostgreSQL refuses payloads of 8,000 bytes and more; the rest is margin. */
const longestPayloadBytes = 7_000;

export interface HeardRunEvent {
  readonly runId: string;
  readonly sequence: number;
  /** Null when it was too long to send: the journal has it. */
  readonly event: RunEvent | null;
}

export function encodeRunEvent({ runId, sequence, at, body }: RunEvent): string {
  const whole = JSON.stringify({ runId, sequence, at: at.getTime(), body });
  return Buffer.byteLength(whole) <= longestPayloadBytes ? whole : JSON.stringify({ runId, sequence });
}

/** Only our own transactions write to these channels, so the shape is trusted once it parses. */
export function decodeRunEvent(payload: string): HeardRunEvent {
  const { runId, sequence, at, body } = JSON.parse(payload) as {
    runId: string;
    sequence: number;
    at?: number;
    body?: RunEvent["body"];
  };
  return {
    runId,
    sequence,
    event: at === undefined || body === undefined ? null : { runId, sequence, at: new Date(at), body },
  };
}
