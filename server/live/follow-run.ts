/** Follows a run's events: the stored ones after a given number, then live ones, each once and in order. */
import { NotFound } from "../domain/errors.ts";
import { isFinal } from "../domain/run.ts";
import type { RunEvent } from "../domain/run-event.ts";
import type { EventBus, RunJournal } from "../ports/live.ts";
import type { RunStore } from "../ports/runs.ts";
import { Mailbox } from "./mailbox.ts";

export interface FollowRunPorts {
  readonly runs: Pick<RunStore, "find">;
  readonly journal: Pick<RunJournal, "read">;
  readonly bus: Pick<EventBus, "onRunEvent" | "onReconnect">;
}

const pageSize = 200;

/** @throws NotFound with the first event when there is no such run. */
export const followRun =
  (ports: FollowRunPorts): ((runId: string, after: number) => AsyncIterable<RunEvent>) =>
  (runId, after) => ({
    [Symbol.asyncIterator]() {
      const mailbox = new Mailbox();
      const events = follow(ports, runId, after, mailbox);
      return {
        next: () => events.next(),
        // A generator that waits cannot be ended from outside; closing the mailbox ends its wait.
        return() {
          mailbox.close();
          return events.return(undefined);
        },
      };
    },
  });

/** Repeats a read for about 20 s, so that a restart of the database does not end a subscription. */
const waitsMs = [100, 200, 400, 800, 1_500, 2_000, 2_000, 3_000, 5_000, 5_000];

/** Null when the follower left meanwhile. */
async function steadily<T>(mailbox: Mailbox, read: () => Promise<T>): Promise<T | null> {
  for (const waitMs of waitsMs) {
    try {
      return await read();
    } catch {
      await mailbox.pause(waitMs);
      if (mailbox.closed) return null;
    }
  }
  return read();
}

async function* follow(
  { runs, journal, bus }: FollowRunPorts,
  runId: string,
  after: number,
  mailbox: Mailbox,
): AsyncGenerator<RunEvent, undefined> {
  let last = Math.max(0, after);
  let known = false;
  // Listen before reading: an event that is stored in between is then heard, read, or both, but never missed.
  const stopListening = [
    bus.onRunEvent(runId, (heard) => {
      // A follower may have asked for events after a number that is yet to come: it must still notice the end or a deletion.
      if (heard.sequence <= last) mailbox.markStale();
      else mailbox.put(heard);
    }),
    bus.onReconnect(() => mailbox.markStale()),
  ];
  try {
    mailbox.markStale();
    while (!mailbox.closed) {
      if (mailbox.takeStale()) {
        // At the start and after a lost connection events may have been missed: the run knows the number of its last one.
        const run = await steadily(mailbox, () => runs.find(runId));
        if (mailbox.closed) return;
        if (!run) throw new NotFound(known ? `the run ${runId} was deleted` : `there is no run ${runId}`);
        known = true;
        mailbox.expect(run.lastSequence);
        if (isFinal(run.status) && run.lastSequence <= last) return;
      }
      const next = mailbox.take(last + 1);
      const stored = () => steadily(mailbox, () => journal.read(runId, last, pageSize));
      const ready = next ? [next] : mailbox.highest > last ? ((await stored()) ?? []) : [];
      for (const event of ready) {
        if (mailbox.closed) return;
        last = event.sequence;
        yield event;
        if (event.body.kind !== "status" || !isFinal(event.body.status)) continue;
        if (event.body.status !== "CANCELLED") return;
        // It may have been resumed since: then more follows.
        mailbox.markStale();
      }
      if (ready.length === 0) await mailbox.news();
    }
  } finally {
    mailbox.close();
    for (const stop of stopListening) stop();
  }
}
