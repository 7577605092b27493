/** What the run's page knows is what the run told, each event once and in order, however it arrived. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  emptyHistory,
  extendHistory,
  isFinal,
  placeOf,
  type RunEvent,
} from "../../../web/lib/live/run-history.ts";

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
