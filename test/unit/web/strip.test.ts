/** The strip beneath the losses, under a hand. */
import { describe, expect, test } from "vitest";
import { gripAt, rangeOf } from "../../../web/entities/run-history/strip.ts";

const range = { from: 200, to: 600 };
const lastEpoch = 1000;

describe("a hand on the strip", () => {
  test("takes an end that is near, the window within, and marks anew elsewhere", () => {
    const grips = [0.1, 0.19, 0.21, 0.4, 0.61, 0.8].map((at) => gripAt(at, range, lastEpoch));
    expect(grips).toEqual(["new", "from", "from", "window", "to", "new"]);
    expect(gripAt(0.4, null, lastEpoch)).toBe("new");
  });

  test("marks epochs in either direction, within the run; a press alone shows all", () => {
    expect(rangeOf("new", null, { began: 0.5, at: 0.25, lastEpoch })).toEqual({ from: 250, to: 500 });
    expect(rangeOf("new", range, { began: 0.9, at: 1.4, lastEpoch })).toEqual({ from: 900, to: 1000 });
    expect(rangeOf("new", range, { began: 0.9, at: 0.9, lastEpoch })).toBeNull();
  });

  test("moves an end, never past the other", () => {
    expect(rangeOf("from", range, { began: 0.2, at: 0.3, lastEpoch })).toEqual({ from: 300, to: 600 });
    expect(rangeOf("from", range, { began: 0.2, at: 0.9, lastEpoch })).toEqual({ from: 599, to: 600 });
    expect(rangeOf("to", range, { began: 0.6, at: 0.1, lastEpoch })).toEqual({ from: 200, to: 201 });
  });

  test("moves the window along and no further than the run, its width kept", () => {
    expect(rangeOf("window", range, { began: 0.4, at: 0.5, lastEpoch })).toEqual({ from: 300, to: 700 });
    expect(rangeOf("window", range, { began: 0.4, at: 1, lastEpoch })).toEqual({ from: 600, to: 1000 });
    expect(rangeOf("window", range, { began: 0.4, at: 0, lastEpoch })).toEqual({ from: 0, to: 400 });
  });
});
