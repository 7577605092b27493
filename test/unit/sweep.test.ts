/** Combinations of hyperparameters, and about how long they take. */
import { expect, test } from "vitest";
import { InvalidInput } from "../../server/domain/errors.ts";
import { estimateMs } from "../../server/recipe/estimate.ts";
import { sweepOf } from "../../server/recipe/sweep.ts";
import { smallConfig } from "../support/small-config.ts";

test("every combination comes once, and is named by what it has of its own", () => {
  const members = sweepOf(
    [
      { field: "learningRate", values: ["0.001", "3e-4"] },
      { field: "layers", values: ['[{"units":16}]', '[{"units":16},{"units":8,"dropout":0.1}]'] },
    ],
    100,
  );
  expect(members.map(({ part }) => part)).toEqual([
    "learning rate 0.001, gru layers 16",
    "learning rate 0.001, gru layers 16 + 8 0.1",
    "learning rate 0.0003, gru layers 16",
    "learning rate 0.0003, gru layers 16 + 8 0.1",
  ]);
  expect(members[3]!.changes).toEqual({
    learningRate: 0.0003,
    layers: [
      { units: 16, dropout: 0 },
      { units: 8, dropout: 0.1 },
    ],
  });
});

test.each([
  [[], "sweep"],
  [[{ field: "colour", values: ["1", "2"] }], "sweep[0].field"],
  [[{ field: "testBars", values: ["1", "2"] }], "sweep[0].field"],
  [[{ field: "epochs", values: [] }], "sweep[0].values"],
  [[{ field: "epochs", values: ["ten", "2"] }], "sweep[0].values[0]"],
  [[{ field: "epochs", values: ["2", "2"] }], "sweep[0].values[1]"],
  [[{ field: "learningRate", values: ["0.001", "1e-3"] }], "sweep[0].values[1]"],
  [[{ field: "layers", values: ['[{"units":8}]', '[{"dropout":0,"units":8}]'] }], "sweep[0].values[1]"],
  [[{ field: "epochs", values: ["0", "2"] }], "epochs"],
  [[{ field: "epochs", values: ["2"] }], "sweep"],
  [[{ field: "seed", values: Array.from({ length: 101 }, (_, at) => String(at)) }], "sweep"],
  [
    [
      { field: "seed", values: ["1", "2"] },
      { field: "seed", values: ["3"] },
    ],
    "sweep[1].field",
  ],
])("%j is refused at %s", (axes, field) => {
  expect(() => sweepOf(axes, 100)).toThrow(InvalidInput);
  expect(() => sweepOf(axes, 100)).toThrow(expect.objectContaining({ field }));
});

test("twice the epochs and twice the windows take twice as long, a tiny batch not less than its overhead", () => {
  const splits = [
    { split: "TRAIN", firstAnchor: 0, endAnchor: 6400 },
    { split: "VALIDATION", firstAnchor: 6400, endAnchor: 6400 },
  ] as const;
  const standard = {
    ...smallConfig,
    ...{ batchSize: 64, window: 60, epochs: 10 },
    layers: [
      { units: 80, dropout: 0 },
      { units: 100, dropout: 0 },
    ],
  };
  const once = estimateMs(standard, splits, 20);
  // 10 epochs of 100 batches, each the standard batch.
  expect(once - estimateMs({ ...standard, epochs: 5 }, splits, 20)).toBeCloseTo(10_000, 6);
  const tiny = { ...standard, window: 2, layers: [{ units: 1, dropout: 0 }] };
  expect(estimateMs(tiny, splits, 20)).toBeLessThan(once);
  expect(estimateMs(tiny, splits, 20)).toBe(estimateMs(tiny, splits, 10));
});
