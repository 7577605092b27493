/** What travels over NOTIFY: four channels, and how events become payloads and events again. */
import { isKnownEvent, type RunEvent } from "../domain/run-event.ts";

export const channels = {
  runEvents: "gatecast_run_events",
  runChanged: "gatecast_run_changed",
  cancelRequested: "gatecast_cancel_requested",
  scoreRequested: "gatecast_score_requested",
} as const;

/** PostgreSQL refuses payloads of 8,000 bytes and more; the rest is margin. */
const longestPayloadBytes = 7_000;

export interface HeardRunEvent {
  readonly runId: string;
  readonly sequence: number;
  /** Null: the event was too long to send, and is in the journal. */
  readonly event: RunEvent | null;
}

interface Payload {
  readonly runId: string;
  readonly events: readonly Sent[];
}
type Sent = { readonly sequence: number } | { sequence: number; at: number; body: RunEvent["body"] };

/** @param events of one run, in order. @returns as few payloads as hold them: about 30 epochs go into one. */
export function encodeRunEvents(events: readonly RunEvent[]): string[] {
  const groups: Sent[][] = [];
  let room = 0;
  for (const { sequence, at, body } of events) {
    const whole: Sent = { sequence, at: at.getTime(), body };
    const sent = bytesOf(whole) <= longestPayloadBytes ? whole : { sequence };
    const bytes = bytesOf(sent);
    if (bytes > room) {
      groups.push([]);
      room = longestPayloadBytes;
    }
    groups.at(-1)!.push(sent);
    room -= bytes;
  }
  return groups.map((group) => JSON.stringify({ runId: events[0]!.runId, events: group } satisfies Payload));
}

/** Number 0, which no event has: every follower is beyond it, and so looks whether the run still exists. */
export const encodeRunDeleted = (runId: string): string =>
  JSON.stringify({ runId, events: [{ sequence: 0 }] } satisfies Payload);

const bytesOf = (sent: Sent): number => Buffer.byteLength(JSON.stringify(sent)) + ",".length;

/** Only our own transactions write to this channel, so a payload that parses is trusted. `event` is null for one of a newer version. */
export function decodeRunEvents(payload: string): HeardRunEvent[] {
  const { runId, events } = JSON.parse(payload) as Payload;
  return events.map((sent) => ({
    runId,
    sequence: sent.sequence,
    event: "body" in sent && isKnownEvent(sent.body) ? { runId, ...sent, at: new Date(sent.at) } : null,
  }));
}
