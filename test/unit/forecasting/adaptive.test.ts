/** Adaptive intervals: their arithmetic, when an outcome counts, and the state that a later forecast begins with. */
import { expect, test } from "vitest";
import { adaptIntervals, type IntervalRun } from "../../../server/forecasting/intervals/adaptive.ts";
import { ResidualWindow } from "../../../server/forecasting/intervals/residual-window.ts";
import { normal } from "../../support/daily-bars.ts";

/** A random walk forecast by its last value, sigma 1 at each step. */
function walkRun(bars: number, horizon: number, anchors = { firstAnchor: 10, endAnchor: bars }): IntervalRun {
  const draw = normal(21);
  let level = 0;
  const values = Float64Array.from({ length: bars }, () => {
    level += draw();
    return level;
  });
  const count = (anchors.endAnchor - anchors.firstAnchor) * horizon;
  const centre = Float64Array.from(
    { length: count },
    (_, i) => values[anchors.firstAnchor + Math.floor(i / horizon)]!,
  );
  return { values, anchors, horizon, centre, sigma: new Float64Array(count).fill(1) };
}

const part = (
  run: IntervalRun,
  firstAnchor: number,
  endAnchor: number,
  bars = run.values.length,
): IntervalRun => {
  const cut = (column: Float64Array) =>
    column.slice(
      (firstAnchor - run.anchors.firstAnchor) * run.horizon,
      (endAnchor - run.anchors.firstAnchor) * run.horizon,
    );
  return {
    ...run,
    values: run.values.slice(0, bars),
    anchors: { firstAnchor, endAnchor },
    centre: cut(run.centre),
    sigma: cut(run.sigma),
  };
};

test("the quantile is the ceil((n + 1)(1 - alpha))-th smallest, the widest beyond, 0 for alpha 1", () => {
  const window = new ResidualWindow([4, 1, 3, 2, 5, 9, 8, 7, 6]);
  expect([0.5, 0.2, 0.11, 0.05, 0, -0.3].map((alpha) => window.quantile(alpha))).toEqual([5, 8, 9, 9, 9, 9]);
  expect([1, 1.4, 0.9].map((alpha) => window.quantile(alpha))).toEqual([0, 0, 1]);
});

test("only the last 500 residuals count, and ties leave one by one", () => {
  const all = Array.from({ length: 1700 }, (_, i) => (i * 7919) % 40);
  const window = new ResidualWindow(all);
  expect(window.oldestFirst()).toEqual(all.slice(-500));
  const sorted = all.slice(-500).sort((a, b) => a - b);
  for (const alpha of [0.01, 0.1, 0.37, 0.5, 0.83])
    expect(window.quantile(alpha)).toBe(sorted[Math.ceil(501 * (1 - alpha)) - 1]);
});

test("alpha falls by 0.02 (1 - alpha) with a miss and rises by 0.02 alpha with a hit", () => {
  // 19 outcomes one sigma away give the first interval, +-1: the next outcome misses it, the one after hits.
  const values = new Float64Array(40).map((_, bar) => (bar === 20 ? 5 : bar === 21 ? 0.5 : 1));
  const run = {
    values,
    anchors: { firstAnchor: 0, endAnchor: 22 },
    horizon: 1,
    centre: new Float64Array(22),
    sigma: new Float64Array(22).fill(1),
  };
  const alphasAfter = (endAnchor: number) => adaptIntervals(part(run, 0, endAnchor)).state.steps[0]!.alphas;
  expect(alphasAfter(20)).toEqual([expect.closeTo(0.2, 12), expect.closeTo(0.05, 12)]);
  expect(alphasAfter(21)).toEqual([expect.closeTo(0.2 - 0.016, 12), expect.closeTo(0.05 - 0.019, 12)]);
  expect(alphasAfter(22)).toEqual([expect.closeTo(0.188, 12), expect.closeTo(0.032, 12)]);
});

test("there is no interval before 19 outcomes of a step are known", () => {
  const { intervals } = adaptIntervals(walkRun(100, 3));
  for (const { lower, upper } of intervals)
    for (const step of [1, 2, 3]) {
      const column = Array.from(
        { length: 90 },
        (_, i) => lower[i * 3 + step - 1]! + upper[i * 3 + step - 1]!,
      );
      expect(column.findIndex((sum) => !Number.isNaN(sum))).toBe(18 + step);
    }
});

test("an interval depends on no bar after its anchor: a forecast h bars ahead counts h bars later", () => {
  const run = walkRun(700, 5);
  const whole = adaptIntervals(run).intervals;
  for (const anchor of [40, 350, 641]) {
    const until = part(run, 10, anchor + 1, anchor + 1);
    const disturbed = {
      ...part(run, 10, anchor + 1),
      values: run.values.map((value, bar) => (bar > anchor ? -value * 9 : value)),
    };
    for (const known of [until, disturbed])
      adaptIntervals(known).intervals.forEach(({ lower, upper }, level) => {
        expect(Array.from(lower)).toEqual(Array.from(whole[level]!.lower.subarray(0, lower.length)));
        expect(Array.from(upper)).toEqual(Array.from(whole[level]!.upper.subarray(0, upper.length)));
      });
  }
});

test("the state goes through JSON, and a run that it begins says what one run would have said", () => {
  const run = walkRun(900, 4);
  const whole = adaptIntervals(run);
  const before = adaptIntervals(part(run, 10, 640, 640));
  const state = JSON.parse(JSON.stringify(before.state));
  const after = adaptIntervals(part(run, 640, 900), state);
  after.intervals.forEach(({ lower, upper }, level) => {
    expect(Array.from(lower)).toEqual(Array.from(whole.intervals[level]!.lower.subarray(630 * 4)));
    expect(Array.from(upper)).toEqual(Array.from(whole.intervals[level]!.upper.subarray(630 * 4)));
  });
  expect(after.state).toEqual(whole.state);
});

test("tomorrow's interval knows the outcomes up to today of forecasts that were made before", () => {
  const run = walkRun(600, 3);
  // Nothing was forecast at the last two bars: their outcomes lack, all others count.
  const { state } = adaptIntervals(part(run, 10, 598, 598));
  const { intervals, state: next } = adaptIntervals(part(run, 599, 600), state);
  expect(next.steps.map(({ residuals }) => residuals.at(-1))).toEqual(
    [1, 2, 3].map((step) => {
      const anchor = Math.min(597, 599 - step);
      return Math.abs(run.values[anchor + step]! - run.values[anchor]!);
    }),
  );
  for (const { lower, upper } of intervals)
    lower.forEach((bound, i) => {
      expect(upper[i]!).toBeGreaterThan(bound);
    });
});

test("a hundred misses in a row open the interval to the widest residual, and hits close it again", () => {
  const values = new Float64Array(900).map((_, bar) =>
    bar < 300 ? bar % 2 : bar < 400 ? bar : bar < 850 ? 0 : 0,
  );
  const run = {
    values,
    anchors: { firstAnchor: 0, endAnchor: 899 },
    horizon: 1,
    centre: new Float64Array(899),
    sigma: new Float64Array(899).fill(1),
  };
  const { lower, upper } = adaptIntervals(run).intervals[1]!;
  expect(upper[398]).toBe(398);
  expect(lower[398]).toBe(-398);
  expect(upper[898]).toBeLessThan(398);
});

test("the interval of 80 % lies within that of 95 %, also after an outcome that only the lower level missed", () => {
  const residuals = Array.from({ length: 500 }, (_, i) => i / 500);
  // 0.939 lies between the two quantiles, 0.936 and 0.942: alpha of 80 % falls to 0.049, below that of 95 %.
  const state = { steps: [{ residuals, alphas: [0.065, 0.059], pending: [] }] };
  const run = {
    values: Float64Array.of(0, 0.939),
    anchors: { firstAnchor: 0, endAnchor: 2 },
    horizon: 1,
    centre: new Float64Array(2),
    sigma: new Float64Array(2).fill(1),
  };
  const { intervals, state: next } = adaptIntervals(run, state);
  expect(next.steps[0]!.alphas).toEqual([expect.closeTo(0.049, 12), expect.closeTo(0.06, 12)]);
  expect(intervals.map(({ upper }) => Array.from(upper))).toEqual([
    [0.936, 0.952],
    [0.942, 0.952],
  ]);
});
