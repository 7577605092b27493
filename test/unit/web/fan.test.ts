/** A forecast as it is drawn. */
import { describe, expect, test } from "vitest";
import { fanOf } from "../../../web/features/run/fan.ts";

const drawn = { recent: [10, 20], predicted: [30, 40], lower: [20, null], upper: [50, null] };

describe("a fan", () => {
  test("goes on from the last real value, and its interval ends where none is known", () => {
    expect(fanOf(drawn)).toEqual({
      ...{ real: "M0.0 200.0L213.3 150.0", predicted: "M213.3 150.0L426.7 100.0L640.0 50.0" },
      ...{ band: "M213.3 150.0L426.7 0.0L426.7 150.0Z", now: 1 / 3, lowest: 10, highest: 50 },
    });
  });

  test("without an interval has its lines alone", () => {
    expect(fanOf({ ...drawn, lower: [null, null], upper: [null, null] })).toMatchObject({
      band: "",
      highest: 40,
    });
  });

  test("of values that are all the same lies in the middle", () => {
    expect(fanOf({ recent: [5], predicted: [5], lower: [5], upper: [5] })?.predicted).toBe(
      "M0.0 100.0L640.0 100.0",
    );
  });

  test("is not drawn where nothing is known before it", () => {
    expect(fanOf({ ...drawn, recent: [] })).toBeNull();
  });
});
