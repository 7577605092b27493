/** What the dashboard says: numbers, times, verdicts, progress. */
import { describe, expect, test } from "vitest";
import {
  type Progress,
  progressOf,
  progressSentence,
  tabTitleOf,
} from "../../../web/entities/run-history/progress.ts";
import { emptyHistory } from "../../../web/entities/run-history/run-history.ts";
import type { Run } from "../../../web/features/run/run.ts";
import { readErrors } from "../../../web/lib/api-error.ts";
import * as format from "../../../web/lib/format.ts";

describe("numbers", () => {
  test("prices have as many decimals as their size needs", () => {
    expect([23_456.789, 1234.5, 12.345, 0.05, 0.000_012_34, 0].map(format.price)).toEqual([
      "23,456.8",
      "1,234.5",
      "12.35",
      "0.0500",
      "0.0000123",
      "0.00",
    ]);
    expect([null, undefined, Number.NaN].map(format.price)).toEqual(["–", "–", "–"]);
  });

  test("losses keep three digits over many decades", () => {
    expect([0.123_456, 0.001_234, 0.000_987_6, 0].map(format.loss)).toEqual([
      "0.123",
      "0.00123",
      "9.88e−4",
      "0.00",
    ]);
    expect([0.1, 0.0562, 0.000_316].map(format.lossMark)).toEqual(["0.1", "0.056", "3.2e−4"]);
  });

  test("a skill carries its sign, and nothing is neither plus nor minus", () => {
    expect([0.042, -326.4, -0.12, 0.000_01, -0.000_01].map(format.signedPercent)).toEqual([
      "+4.2%",
      "−32,640%",
      "−12.0%",
      "0.0%",
      "0.0%",
    ]);
  });

  test("amounts of any size take a few signs, and p values never round up to a tie", () => {
    expect([12_487_000_000, 753_263_013.8, 840].map(format.compactCount)).toEqual([
      "12.49B",
      "753.3M",
      "840",
    ]);
    expect([0.651, 0.0499, 0.0234, 0.0038, 0.000_01, 1].map(format.pValue)).toEqual([
      "p 0.65",
      "p 0.049",
      "p 0.023",
      "p 0.004",
      "p below 0.0001",
      "p 1",
    ]);
  });

  test("durations are read at a glance", () => {
    expect([850, 4_200, 59_900, 200_000, 7_500_000, 3_600_000].map(format.duration)).toEqual([
      "850 ms",
      "4.2 s",
      "1 min",
      "3 min 20 s",
      "2 h 5 min",
      "1 h",
    ]);
  });

  test("the time left is as coarse as the estimate", () => {
    expect([900, 12_000, 61_000, 1_000_000].map(format.timeLeft)).toEqual([
      "a few seconds left",
      "about 15 s left",
      "about 1 min 10 s left",
      "about 17 min left",
    ]);
  });

  test("a bar's day is the exchange's day, wherever the reader is", () => {
    expect(format.day("2020-04-24T04:00:00Z", "America/New_York")).toBe("24 Apr 2020");
    expect(format.day("2020-04-23T16:00:00Z", "Asia/Shanghai")).toBe("24 Apr 2020");
    expect(format.day("2020-09-01T00:00:00Z", "UTC")).toBe("1 Sep 2020");
  });

  test("a bar of less than a day has its time too", () => {
    expect(format.barTime("2020-04-24T04:00:00Z", "America/New_York")).toBe("24 Apr 2020");
    expect(format.barTime("2020-04-24T19:30:00Z", "America/New_York")).toBe("24 Apr 2020, 15:30");
  });

  test("how long ago something was", () => {
    const now = Date.UTC(2026, 0, 10, 12);
    const ago = (ms: number) => format.timeAgo(now - ms, now);
    expect([5_000, 300_000, 7_200_000, 100_000_000, 300_000_000].map(ago)).toEqual([
      "just now",
      "5 min ago",
      "2 h ago",
      "yesterday",
      "3 days ago",
    ]);
  });
});

describe("progress", () => {
  const progress: Progress = {
    status: "RUNNING",
    isActive: true,
    epoch: 12,
    epochs: 50,
    etaMs: 19_000,
    queuePosition: null,
  };

  test("is told in a sentence and in the tab's title", () => {
    expect(progressSentence(progress)).toBe("Epoch 12 of 50, about 20 s left");
    expect(progressSentence({ ...progress, etaMs: null })).toBe("Epoch 12 of 50");
    expect(progressSentence({ ...progress, epoch: 50 })).toBe("Epoch 50 of 50, scoring the model");
    expect(progressSentence({ ...progress, etaMs: 0 })).toBe("Epoch 12 of 50, scoring the model");
    const waiting = { ...progress, status: "QUEUED" as const };
    expect(progressSentence({ ...waiting, queuePosition: 1 })).toBe("Waits for a worker");
    expect(progressSentence({ ...waiting, queuePosition: 3 })).toBe(
      "Waits for a worker, number 3 in the queue",
    );
    expect(tabTitleOf("SPX", progress)).toBe("24% SPX");
    expect(tabTitleOf("SPX", { ...progress, status: "SUCCEEDED", isActive: false })).toBe("✓ SPX");
  });

  test("does not go back while the history is replayed, nor forget that a run is over", () => {
    const run = { status: "SUCCEEDED", epoch: 50, etaMs: null, config: { epochs: 50 } } as Run;
    const replaying = { ...emptyHistory, status: "RUNNING" as const, etaMs: 1000 };
    expect(progressOf(run, replaying)).toMatchObject({ status: "SUCCEEDED", epoch: 50, etaMs: null });
  });
});

describe("errors", () => {
  test("carry the field that is to blame, for each of several errors", () => {
    const errors = readErrors({
      graphQLErrors: [
        { message: "window must be 2..512, got 1", extensions: { code: "BAD_USER_INPUT", field: "window" } },
        { message: "not found", extensions: { code: "NOT_FOUND" } },
      ],
    });
    expect(errors).toEqual([
      {
        message: "Window must be 2 to 512, got 1",
        field: "window",
        code: "BAD_USER_INPUT",
        choices: [],
        retryAfterMs: null,
      },
      { message: "Not found", field: null, code: "NOT_FOUND", choices: [], retryAfterMs: null },
    ]);
  });

  test("carry what there is to choose from, and for how long to wait", () => {
    const errors = readErrors({
      graphQLErrors: [
        {
          message: "several",
          extensions: { code: "BAD_USER_INPUT", field: "instrument", choices: ["AAX", 1, "ZZX"] },
        },
        { message: "busy", extensions: { code: "UNAVAILABLE", retryAfterMs: 1500 } },
        { message: "busy", extensions: { code: "UNAVAILABLE" } },
      ],
    });
    expect(errors[0]?.choices).toEqual(["AAX", "ZZX"]);
    expect(errors.map(({ retryAfterMs }) => retryAfterMs)).toEqual([null, 1500, 2000]);
  });

  test("say what a proxy means that answers without GraphQL", () => {
    const answered = (status: number, retryAfter: string | null = null) =>
      readErrors({ graphQLErrors: [], response: { status, headers: { get: () => retryAfter } } })[0];
    expect(answered(413)).toMatchObject({ code: "LIMIT_EXCEEDED", retryAfterMs: null });
    expect(answered(503, "7")).toMatchObject({ code: "UNAVAILABLE", retryAfterMs: 7000 });
    expect(answered(503)).toMatchObject({ code: "UNAVAILABLE", retryAfterMs: 2000 });
    expect(answered(502)).toMatchObject({ code: "NETWORK", retryAfterMs: null });
  });

  test("say that nobody answered when nobody did", () => {
    expect(readErrors({ networkError: new Error("fetch failed"), graphQLErrors: [] })[0]).toMatchObject({
      code: "NETWORK",
    });
  });
});
