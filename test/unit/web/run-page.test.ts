/** What the page of a run says and draws, apart from its looks. */
import { describe, expect, test } from "vitest";
import { csvOf, fileNameOf, shownRows } from "../../../web/components/chart-frame/chart-data.ts";
import { targetOf } from "../../../web/entities/run/target.ts";
import { epochInWords } from "../../../web/entities/run-history/loss-reading.ts";
import {
  lossLines,
  missingRange,
  naiveName,
  withRange,
} from "../../../web/entities/run-history/loss-series.ts";
import { bestSoFar, smoothed } from "../../../web/entities/run-history/smoothing.ts";
import { snippetKinds, snippetOf } from "../../../web/features/run/api-snippets.ts";
import { differencesOf } from "../../../web/features/run/differences.ts";
import { soFar } from "../../../web/features/run/so-far.ts";
import {
  errorOf,
  meansSoFar,
  pieceFor,
  pieceOfView,
  pointInWords,
  pointsOf,
  testData,
  withPiece,
} from "../../../web/features/run/test-points.ts";

const epoch = (number: number, validationLoss: number | null, trainLoss = 1) => ({
  ...{ epoch: number, trainLoss, validationLoss },
  ...{ durationMs: 1, samplesPerSecond: 1 },
});
const active = { isActive: true };

describe("the verdict on a run that trains", () => {
  test("compares its best validation loss with the naive forecast's, and says where it was", () => {
    const epochs = [epoch(1, 2), epoch(2, 1.03), epoch(3, 1.5)];
    expect(soFar(epochs, 1, active)).toMatchObject({
      tone: "worse",
      headline: "So far 3.0% worse than naive on validation (best at epoch 2)",
      explanation: expect.stringContaining("Epoch 3 is 50% worse than naive."),
    });
    expect(soFar([epoch(1, 0.5)], 1, active)).toMatchObject({ tone: "better" });
    expect(soFar([epoch(1, 1)], 1, active)).toMatchObject({ tone: "even" });
  });

  test("tells a loss far above as a factor", () => {
    expect(soFar([epoch(1, 3.16)], 1, active).headline).toBe(
      "So far 3.2 times the loss of naive on validation (best at epoch 1)",
    );
  });

  test("promises nothing before the first epoch, without validation, and where naive is not known", () => {
    expect(soFar([], 1, active).headline).toBe("No epoch is through yet");
    expect(soFar([], 1, { isActive: false }).headline).toBe("No epoch was finished");
    expect(soFar([epoch(1, null)], null, active).headline).toBe("Nothing validates this run");
    expect(soFar([epoch(4, 0.2)], null, active).headline).toBe("So far: best at epoch 4");
  });
});

describe("the losses", () => {
  test("have the naive line before the first epoch, so that there is something to beat", () => {
    const lines = lossLines([], "linear", { naiveLoss: 0.4, lastEpoch: 50 });
    expect(lines.find(({ name }) => name === naiveName())?.data).toEqual([
      [0, 0.4],
      [50, 0.4],
    ]);
  });

  test("smoothed keep the lines as they are behind them", () => {
    const epochs = [epoch(1, 1), epoch(2, 3)];
    const names = lossLines(epochs, "linear", { smoothing: 0.5 }).map(({ name }) => name);
    expect(names).toEqual(["Train, not smoothed", "Validation, not smoothed", "Train", "Validation"]);
    expect(smoothed([1, 3, null, 3], 0.5)[0]).toBe(1);
    expect(smoothed([1, 3], 0.5)[1]).toBeCloseTo(7 / 3);
    expect(smoothed([null, 2], 0.9)).toEqual([null, 2]);
  });

  test("show the best so far as what it was at each epoch, also in a range that begins after it", () => {
    expect(bestSoFar([null, 3, 2, 4, 1])).toEqual([null, 3, 2, 2, 1]);
    const epochs = [epoch(1, 0.1), epoch(2, 0.5), epoch(3, 0.4)];
    const best = lossLines(epochs, "linear", { best: true, range: { from: 2, to: 3 } });
    expect(best.find(({ name }) => name === "Best so far")?.data).toEqual([
      [2, 0.1],
      [3, 0.1],
    ]);
  });

  test("of a long run are fetched where a closer look has epochs that were thinned away", () => {
    const thinned = [1, 100, 200, 300].map((number) => epoch(number, 1));
    expect(missingRange(thinned, { from: 100, to: 200 })).toEqual({ from: 100, to: 200 });
    expect(
      missingRange(
        [1, 2, 3].map((number) => epoch(number, 1)),
        { from: 1, to: 3 },
      ),
    ).toBeNull();
    const closer = Array.from({ length: 101 }, (_, i) => epoch(100 + i, 2));
    const all = withRange(thinned, closer, { from: 100, to: 200 });
    expect(all.map((one) => one.epoch)).toEqual([1, ...closer.map((one) => one.epoch), 300]);
  });

  test("are read in words, with the distance to the naive forecast", () => {
    expect(epochInWords(epoch(12, 0.9, 0.5), 1)).toBe(
      "Epoch 12: train 0.500, validation 0.900, 10.0% below the naive forecast.",
    );
    expect(epochInWords(undefined, 1)).toBe("No epoch yet.");
  });
});

describe("the test", () => {
  const dayMs = 86_400_000;
  const start = Date.UTC(2020, 0, 1);
  const columns = (length: number) => ({
    time: Array.from({ length }, (_, i) => new Date(start + i * dayMs).toISOString()),
    actual: Array.from({ length }, (_, i) => 100 + i),
    predicted: Array.from({ length }, (_, i) => 102 + i),
    naive: Array.from({ length }, (_, i) => 99 + i),
    lower: [],
    upper: [],
  });
  const words = { real: "Real volume", predicted: "Predicted", naive: "Last value (naive)" };

  test("knows the errors of each bar, and their mean up to it", () => {
    const points = pointsOf(columns(3));
    expect(points.map(errorOf)).toEqual([2, 2, 2]);
    expect(meansSoFar([1, 3, 5])).toEqual([1, 2, 3]);
  });

  test("reads a bar in the words and units of its target: a volume is no price", () => {
    const text = pointInWords(pointsOf(columns(1))[0], targetOf("VOLUME", "USD"), words, "UTC");
    expect(text).toBe(
      "1 Jan 2020: real volume 100; predicted 102, off by 2; last value (naive) 99, off by 1.",
    );
    expect(text).not.toMatch(/USD|price/);
    expect(testData(pointsOf(columns(2)), words).rows[1]).toEqual([
      ...["2020-01-02T00:00:00.000Z", 101, 103, 100],
      ...[null, null, 2, 1],
    ]);
  });

  test("fetches a piece only where a closer look lacks bars, with room on both sides", () => {
    const points = pointsOf(columns(1500));
    const wide = { from: points[0]!.time, to: points[999]!.time };
    expect(pieceFor(points, wide, null)).toBeNull();
    const close = { from: start + 10 * dayMs, to: start + 20 * dayMs };
    const piece = pieceFor(points, close, null);
    expect(piece).toEqual({ from: start + 5 * dayMs, to: start + 25 * dayMs });
    expect(pieceFor(points, close, { ...piece!, isWhole: true })).toBeNull();
    expect(pieceFor(points, close, { ...piece!, isWhole: false })).toEqual(piece);
  });

  test("lets a piece go once more than it is in view, however little more", () => {
    const points = pointsOf(columns(8000));
    const chosen = points.filter((_, i) => i % 5 === 0);
    const known = { from: start + 2000 * dayMs, to: start + 6000 * dayMs, isWhole: true };
    const drawn = withPiece(chosen, points.slice(2000, 6001), known);
    const piece = { from: known.from, to: known.to };
    const held = { from: start + 3000 * dayMs, to: start + 5000 * dayMs };
    expect(pieceOfView(chosen, drawn, held, known)).toEqual(piece);
    const all = { from: points[0]!.time, to: points.at(-1)!.time };
    expect(pieceOfView(chosen, drawn, all, known)).toBeNull();
    const beside = { from: start + 5500 * dayMs, to: start + 6500 * dayMs };
    expect(pieceOfView(chosen, drawn, beside, known)).toEqual({
      from: start + 5000 * dayMs,
      to: start + 7000 * dayMs,
    });
  });

  test("puts all bars of a piece in the place of the chosen ones", () => {
    const points = pointsOf(columns(10));
    const coarse = points.filter((_, i) => i % 3 === 0);
    const range = { from: points[2]!.time, to: points[6]!.time };
    const times = withPiece(coarse, points.slice(2, 7), range).map(({ time }) => (time - start) / dayMs);
    expect(times).toEqual([0, 2, 3, 4, 5, 6, 9]);
  });
});

describe("what is taken away", () => {
  test("a file has every number whole and quotes what needs it; its name holds on any disk", () => {
    const data = {
      columns: ["a", 'b "c", d'],
      rows: [
        [1, null],
        [0.1 + 0.2, "x"],
      ],
    };
    expect(csvOf(data)).toBe('a,"b ""c"", d"\r\n1,\r\n0.30000000000000004,x\r\n');
    expect(fileNameOf("Test: predicted / real price")).toBe("test-predicted-real-price");
    expect(fileNameOf("测试 1")).toBe("测试-1");
  });

  test("a table of many rows shows some, the first and the last among them", () => {
    const rows = Array.from({ length: 1000 }, (_, i) => [i]);
    const shown = shownRows(rows, 5);
    expect(shown.map(([i]) => i)).toEqual([0, 250, 500, 749, 999]);
    expect(shownRows(rows.slice(0, 3), 5)).toHaveLength(3);
  });

  test("each snippet names the run and the address that it is asked at", () => {
    for (const kind of snippetKinds) {
      const text = snippetOf(kind, "the-run", "https://host:1");
      expect(text).toContain("the-run");
      expect(text).toContain(kind === "Subscribe" ? "wss://host:1/graphql" : "https://host:1/graphql");
    }
  });
});

test("only what differs from the baseline is told, and what one of both does not know", () => {
  const fact = (name: string, text: string) => ({ name, label: name, text });
  const base = [fact("window", "60 bars"), fact("seed", "7"), fact("clip", "1")];
  expect(differencesOf([fact("window", "60 bars"), fact("seed", "8"), fact("decay", "0.1")], base)).toEqual([
    { label: "seed", text: "8", before: "7" },
    { label: "decay", text: "0.1", before: "not set" },
    { label: "clip", text: "not set", before: "1" },
  ]);
});
