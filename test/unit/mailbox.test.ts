import { expect, test } from "vitest";
import type { RunEvent } from "../../server/domain/run-event.ts";
import { Mailbox } from "../../server/live/mailbox.ts";

const event = (sequence: number): RunEvent => ({
  runId: "run",
  sequence,
  at: new Date(0),
  body: { kind: "log", level: "INFO", message: `event ${sequence}` },
});

test("a follower who does not read keeps a few events and the highest number, however many there are", () => {
  const mailbox = new Mailbox();
  for (let sequence = 1; sequence <= 100_000; sequence++) mailbox.put({ sequence, event: event(sequence) });
  expect(mailbox.highest).toBe(100_000);
  const kept = Array.from({ length: 1_000 }, (_, i) => mailbox.take(i + 1)).filter((it) => it !== null);
  expect(kept.length).toBeLessThanOrEqual(64);
  expect(kept.map(({ sequence }) => sequence)).toEqual(kept.map((_, i) => i + 1));
});

test("after it read the gap from elsewhere, a follower gets live events again", () => {
  const mailbox = new Mailbox();
  for (let sequence = 1; sequence <= 500; sequence++) mailbox.put({ sequence, event: event(sequence) });
  expect(mailbox.take(501)).toBeNull();
  mailbox.put({ sequence: 501, event: event(501) });
  expect(mailbox.take(501)).toEqual(event(501));
});

test("news that came before the wait is not slept through, and closing ends every wait", async () => {
  const mailbox = new Mailbox();
  mailbox.expect(1);
  await mailbox.news();
  const waiting = mailbox.news();
  mailbox.put({ sequence: 2, event: null });
  await waiting;
  const [last, pause] = [mailbox.news(), mailbox.pause(1_000_000)];
  mailbox.close();
  await Promise.all([last, pause]);
});
