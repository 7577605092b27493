/** What the run's page knows is what the run told, each event once and in order, however it arrived. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isFinal } from "../../../web/entities/run/status.ts";
import {
  emptyHistory,
  extendHistory,
  historyOf,
  type LogEntry,
  newerOf,
  placeOf,
  type RunEvent,
  type RunSnapshot,
} from "../../../web/entities/run-history/run-history.ts";
import { withOlder } from "../../../web/features/run/older-lines.ts";

const at = "2026-01-02T03:04:05.000Z";
const status = (sequence: number, value: "QUEUED" | "RUNNING" | "SUCCEEDED" | "FAILED"): RunEvent => ({
  __typename: "RunStatusChanged",
  sequence,
  at,
  status: value,
  message: null,
});
const epoch = (sequence: number, number: number, trainLoss = 1 / number): RunEvent => ({
  __typename: "EpochCompleted",
  sequence,
  at,
  etaMs: 1000 - number,
  epoch: { epoch: number, trainLoss, validationLoss: null, durationMs: 10, samplesPerSecond: 100 },
});
const log = (sequence: number): RunEvent => ({
  __typename: "RunLogged",
  sequence,
  at,
  level: "INFO",
  logMessage: `message ${sequence}`,
});

const story: RunEvent[] = [
  status(1, "QUEUED"),
  status(2, "RUNNING"),
  log(3),
  ...Array.from({ length: 20 }, (_, i) => epoch(i + 4, i + 1)),
  status(24, "SUCCEEDED"),
];

describe("a run's history", () => {
  test("tells the status, the epochs, the time left and the log", () => {
    const history = extendHistory(emptyHistory, story.slice(0, 10));
    expect(history).toMatchObject({ lastSequence: 10, status: "RUNNING", etaMs: 993 });
    expect(history.epochs.map((point) => point.epoch)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(history.log.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
  });

  test("is the same whether events come one by one, in batches, or again after a lost connection", () => {
    const whole = extendHistory(emptyHistory, story);
    const stretch = fc.record({ from: fc.nat(story.length - 1), length: fc.integer({ min: 1, max: 8 }) });
    fc.assert(
      fc.property(fc.array(stretch, { maxLength: 40 }), (stretches) => {
        let history = emptyHistory;
        for (const { from, length } of stretches)
          history = extendHistory(history, story.slice(from, from + length));
        // Reconnecting asks for what follows the last event seen.
        expect(extendHistory(history, story.slice(history.lastSequence))).toEqual(whole);
      }),
    );
  });

  test("takes nothing that follows a gap: it would be lost for good", () => {
    const history = extendHistory(emptyHistory, [status(1, "QUEUED"), epoch(4, 1)]);
    expect(history.lastSequence).toBe(1);
    expect(history.epochs).toEqual([]);
    expect(placeOf(epoch(4, 1), 1)).toBe("gap");
    expect(placeOf(status(2, "RUNNING"), 1)).toBe("next");
    expect(placeOf(status(1, "QUEUED"), 1)).toBe("known");
  });

  test("has each epoch once, the newest report of it, when another worker trains it again", () => {
    const events = [
      status(1, "RUNNING"),
      epoch(2, 1),
      epoch(3, 2, 0.9),
      status(4, "QUEUED"),
      epoch(5, 2, 0.5),
    ];
    const history = extendHistory(emptyHistory, [...events, epoch(6, 3)]);
    expect(history.epochs.map((point) => [point.epoch, point.trainLoss])).toEqual([
      [1, 1],
      [2, 0.5],
      [3, 1 / 3],
    ]);
  });

  test("keeps its identity when nothing new came, so that nothing is drawn again", () => {
    const history = extendHistory(emptyHistory, story);
    expect(extendHistory(history, story.slice(3, 9))).toBe(history);
  });

  test("knows no time left once the run is over", () => {
    expect(extendHistory(emptyHistory, story).etaMs).toBeNull();
    expect(isFinal("SUCCEEDED")).toBe(true);
    expect(isFinal("RUNNING")).toBe(false);
  });
});

/** What the server would answer after `count` events of the story, its parts read `late` events later than its number. */
function snapshotAfter(count: number, late = 0): RunSnapshot {
  const { status, epochs, etaMs, log, lastSequence } = extendHistory(emptyHistory, story.slice(0, count));
  const later = extendHistory(emptyHistory, story.slice(0, count + late));
  return {
    id: "a run",
    status: status ?? "QUEUED",
    lastSequence,
    etaMs,
    epochs: late > 0 ? [...later.epochs] : [...epochs],
    log: late > 0 ? [...later.log] : [...log],
  };
}

describe("a run that is opened in the middle", () => {
  test("is the same from a snapshot and what follows as from all its events, though the snapshot is read in parts", () => {
    const whole = extendHistory(emptyHistory, story);
    const anyMoment = fc.record({
      count: fc.integer({ min: 1, max: story.length }),
      late: fc.nat(story.length),
    });
    fc.assert(
      fc.property(anyMoment, ({ count, late }) => {
        const opened = historyOf(snapshotAfter(count, late));
        expect(extendHistory(opened, story.slice(opened.lastSequence))).toEqual(whole);
      }),
    );
  });

  test("takes a newer snapshot over what was heard, and never an older one", () => {
    const heard = extendHistory(emptyHistory, story.slice(0, 10));
    expect(newerOf(heard, snapshotAfter(9))).toBe(heard);
    expect(newerOf(heard, snapshotAfter(10))).toBe(heard);
    expect(newerOf(heard, snapshotAfter(24))).toMatchObject({ lastSequence: 24, status: "SUCCEEDED" });
  });

  test("stays small however long it is watched: 100,000 epochs and messages are a few thousand entries", () => {
    let history = emptyHistory;
    let sequence = 0;
    for (let number = 1; number <= 100_000; number += 500) {
      const events = Array.from({ length: 500 }, (_, i) => epoch(++sequence, number + i));
      history = extendHistory(history, [...events, log(++sequence)]);
      expect(history.epochs.length).toBeLessThanOrEqual(2_000);
      expect(history.log.length).toBeLessThanOrEqual(400);
    }
    for (let line = 0; line < 1_000; line++) history = extendHistory(history, [log(++sequence)]);
    expect(history.log.length).toBeLessThanOrEqual(400);
    expect(history.log.at(-1)).toMatchObject({ sequence });
    expect([history.epochs[0]?.epoch, history.epochs.at(-1)?.epoch]).toEqual([1, 100_000]);
  });
});

describe("the older lines of a log", () => {
  const lines = (first: number, last: number) =>
    Array.from({ length: last - first + 1 }, (_, i) => log(first + i)) as LogEntry[];
  const numbers = ({ lines: shown }: { lines: readonly LogEntry[] }) => shown.map(({ sequence }) => sequence);

  test("stand before the newest, each once, until the first event is among them", () => {
    expect(withOlder(lines(1, 3), null)).toEqual({ lines: lines(1, 3), before: null });
    expect(withOlder(lines(5, 7), null).before).toBe(5);
    const older = { lines: lines(3, 7), reachesStart: false };
    expect(withOlder(lines(5, 9), older)).toEqual({ lines: lines(3, 9), before: 3 });
    expect(withOlder(lines(5, 9), { lines: lines(1, 7), reachesStart: false }).before).toBeNull();
    expect(withOlder(lines(5, 9), { ...older, reachesStart: true }).before).toBeNull();
  });

  test("are let go when the newest were cut and no longer meet them: no line between is passed over in silence", () => {
    const older = { lines: lines(1, 7), reachesStart: false };
    expect(numbers(withOlder(lines(12, 14), older))).toEqual([12, 13, 14]);
    expect(withOlder(lines(12, 14), older).before).toBe(12);
  });
});
