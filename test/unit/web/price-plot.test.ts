/** The price plot stands on the bar index, tells the exchange's clock, and finds its way back. */
import { describe, expect, test } from "vitest";
import { axisSeconds, markLabel } from "../../../web/components/price-plot/exchange-clock.ts";
import {
  barsWithin,
  type PlotBars,
  placeOf,
  pointsOnBars,
  timeAt,
  withDetail,
} from "../../../web/components/price-plot/plot-bars.ts";
import { candleOptions, plotOptions, upColourOf } from "../../../web/components/price-plot/plot-style.ts";
import { csvOf, spokenBar } from "../../../web/components/price-plot/plot-words.ts";
import {
  isShown,
  newestPart,
  periodRange,
  periodsOf,
  settledOn,
  stepBack,
  zoomed,
} from "../../../web/components/price-plot/views.ts";
import { changeInView, detailToAsk, drawnBars } from "../../../web/features/one-series/detail.ts";
import { barTime } from "../../../web/lib/format.ts";

const dayMs = 86_400_000;
const start = Date.UTC(2020, 0, 1);
const barsAt = (time: readonly number[]): PlotBars => ({
  ...{ time, open: time.map((_, i) => 10 + i), high: time.map((_, i) => 12 + i) },
  ...{ low: time.map((_, i) => 9 + i), close: time.map((_, i) => 11 + i), volume: time.map(() => null) },
});
const every = (step: number, count: number) =>
  barsAt(Array.from({ length: count }, (_, i) => start + i * step));
const theme = { up: "green", down: "red" } as never;

describe("the exchange's clock", () => {
  test.each([
    ["Asia/Shanghai", "2020-03-02T01:35:00Z", "2 Mar 2020, 09:35"],
    ["America/New_York", "2020-03-02T14:30:00Z", "2 Mar 2020, 09:30"],
    ["America/New_York", "2020-07-02T13:30:00Z", "2 Jul 2020, 09:30"],
    ["Asia/Kolkata", "2020-07-02T03:45:00Z", "2 Jul 2020, 09:15"],
  ])("of %s says the same on the axis as in the legend", (timezone, iso, told) => {
    const [second] = axisSeconds([Date.parse(iso)], timezone);
    expect(barTime(Date.parse(iso), timezone)).toBe(told);
    expect(told.endsWith(markLabel(second! * 1000, "time"))).toBe(true);
    expect(told.startsWith(markLabel(second! * 1000, "day"))).toBe(true);
  });

  test("goes forward where clocks go back: the hour that comes twice stays in the order of time", () => {
    const halfHours = Array.from({ length: 8 }, (_, i) => Date.parse("2020-11-01T04:30:00Z") + i * 1_800_000);
    const seconds = axisSeconds(halfHours, "America/New_York");
    expect(seconds.every((second, i) => i === 0 || second > seconds[i - 1]!)).toBe(true);
    expect(markLabel(seconds.at(-1)! * 1000, "time")).toBe("03:00");
  });
});

describe("bars on their index", () => {
  test("a weekend takes no place: Monday stands beside Friday", () => {
    const [friday, monday] = [Date.UTC(2020, 0, 3), Date.UTC(2020, 0, 6)];
    const times = [friday, monday];
    expect(placeOf(times, monday) - placeOf(times, friday)).toBe(1);
    expect(timeAt(times, 0.5)).toBe((friday + monday) / 2);
    expect(placeOf(times, timeAt(times, 0.25))).toBeCloseTo(0.25);
  });

  test("places beyond the bars are those of the first and the last", () => {
    const { time } = every(dayMs, 3);
    expect([placeOf(time, 0), placeOf(time, start + 99 * dayMs)]).toEqual([0, 2]);
    expect([timeAt(time, -5), timeAt(time, 9)]).toEqual([time[0], time[2]]);
  });

  test("points laid over stand at the nearest bar, once each, and none beyond the bars", () => {
    const { time } = every(10 * dayMs, 3);
    const points = [-5, 0, 9, 11, 21, 40].map((day, value) => ({ time: start + day * dayMs, value }));
    expect(pointsOnBars(time, points)).toEqual([
      { place: 0, value: 1 },
      { place: 1, value: 2 },
    ]);
  });

  test("finer bars stand in place of the coarse ones that they replace, each time once", () => {
    const coarse = every(10 * dayMs, 10);
    const detail = barsWithin(every(dayMs, 100), { from: start + 20 * dayMs, to: start + 40 * dayMs });
    const { time, close } = withDetail(coarse, detail);
    expect(time).toHaveLength(2 + 21 + 5);
    expect(time.every((it, i) => i === 0 || it > time[i - 1]!)).toBe(true);
    expect(close).toHaveLength(time.length);
    expect(close[2]).toBe(31);
  });
});

describe("looks", () => {
  const all = { from: start, to: start + 4999 * dayMs };

  test("go back one by one, and from the first to everything", () => {
    const year = { from: all.to - 366 * dayMs, to: all.to };
    const month = { from: all.to - 31 * dayMs, to: all.to };
    const there = settledOn(settledOn({ current: all, past: [] }, year), month);
    const once = stepBack(there, all);
    expect(once.current).toEqual(year);
    expect(stepBack(once, all).current).toEqual(all);
    expect(stepBack({ current: month, past: [] }, all)).toEqual({ current: all, past: [] });
  });

  test("that hardly moved are no step", () => {
    const views = { current: all, past: [] };
    expect(settledOn(views, { from: all.from + dayMs, to: all.to })).toEqual(views);
  });

  test("of daily bars come in months and years, of 5-minute bars in days, too", () => {
    expect(periodsOf(all, 1.4 * dayMs).map(({ name }) => name)).toEqual(["1M", "6M", "1Y", "5Y", "All"]);
    const quarter = { from: start, to: start + 90 * dayMs };
    expect(periodsOf(quarter, 300_000).map(({ name }) => name)).toEqual(["1D", "5D", "1M", "All"]);
  });

  test("that are a period's say so", () => {
    const [month] = periodsOf(all, 1.4 * dayMs);
    expect(isShown(month!, all, periodRange(month!, all))).toBe(true);
    expect(isShown(month!, all, all)).toBe(false);
  });

  test("come nearer around the middle, and never leave what there is", () => {
    const half = zoomed(all, 0.5, all);
    expect(half.to - half.from).toBeCloseTo((all.to - all.from) / 2);
    expect(zoomed(half, 8, all)).toEqual(all);
  });

  test("at candles show about as many of the newest bars as are wanted", () => {
    const { from, to } = newestPart(all, 5000, 100);
    expect([to, (to - from) / dayMs]).toEqual([all.to, 100]);
  });

  test("ask for more where few points are known, with as much again to each side, and for nothing where all bars are", () => {
    const coarse = { range: all, bars: every(dayMs * 5, 1000), isWhole: false };
    const near = { from: start + 1000 * dayMs, to: start + 1100 * dayMs };
    expect(detailToAsk(all, all, [coarse])).toBeNull();
    expect(detailToAsk(near, all, [coarse])).toEqual({
      from: start + 900 * dayMs,
      to: start + 1200 * dayMs,
    });
    expect(detailToAsk(near, all, [{ ...coarse, isWhole: true }])).toBeNull();
    const part = { range: { from: near.from, to: near.to - dayMs }, bars: coarse.bars, isWhole: true };
    expect(detailToAsk(near, all, [coarse, part])).not.toBeNull();
  });
});

describe("bars drawn after a closer look", () => {
  const all = { from: start, to: start + 4995 * dayMs };
  const near = { from: start + 1000 * dayMs, to: start + 1299 * dayMs };
  const coarse = { range: all, bars: every(dayMs * 5, 1000), isWhole: false };
  const detail = { range: near, bars: barsWithin(every(dayMs, 5000), near), isWhole: true };
  const stepsInView = (view: typeof all) => {
    const { time } = barsWithin(drawnBars(coarse, detail, view).bars, view);
    return [...new Set(time.slice(1).map((it, i) => (it - time[i]!) / dayMs))];
  };

  test("have one step over all that is in view: a year is as wide as any other", () => {
    expect(stepsInView({ from: near.from + 9 * dayMs, to: near.to })).toEqual([1]);
    expect(stepsInView(all)).toEqual([5]);
    expect(stepsInView({ from: near.from - 300 * dayMs, to: near.to })).toEqual([5]);
    expect(stepsInView({ from: near.from + 100 * dayMs, to: near.to + 100 * dayMs })).toEqual([5]);
  });

  test("are all that there are only where the closer ones are drawn", () => {
    expect(drawnBars(coarse, detail, near).whole).toEqual(near);
    expect(drawnBars(coarse, detail, all).whole).toBeNull();
    expect(drawnBars({ ...coarse, isWhole: true }, null, near).whole).toEqual(all);
  });
});

describe("a bar", () => {
  test("that rose is hollow and one that fell is filled; red and green change places by choice", () => {
    expect(candleOptions(theme, "green")).toMatchObject({
      ...{ upColor: "transparent", borderUpColor: "green", downColor: "red" },
    });
    expect(candleOptions(theme, "red")).toMatchObject({
      ...{ upColor: "transparent", borderUpColor: "red", downColor: "green" },
    });
  });

  test("that rose is red on a Chinese page and green on an English one, until the reader chooses", () => {
    expect([upColourOf(null, "zh"), upColourOf(null, "en")]).toEqual(["red", "green"]);
    expect([upColourOf("green", "zh"), upColourOf("red", "en")]).toEqual(["green", "red"]);
    expect(upColourOf("what an older version kept", "zh")).toBe("red");
  });

  test("is read out with its time and values", () => {
    const bar = { time: Date.UTC(2020, 3, 24, 13, 30), open: 1, high: 2, low: 0.5, close: 1.5, volume: 1200 };
    expect(spokenBar(bar, "America/New_York")).toBe(
      "24 Apr 2020, 09:30: open 1.00, high 2.00, low 0.500, close 1.50, volume 1.2K",
    );
  });

  test("is a line of the CSV file, empty where no volume is known", () => {
    expect(csvOf(every(dayMs, 1))).toBe(
      "time,open,high,low,close,volume\n2020-01-01T00:00:00.000Z,10,12,9,11,\n",
    );
  });

  test("beside the first in view tells the change", () => {
    expect(changeInView({ ...every(dayMs, 3), close: [10, 11, 12] })).toBeCloseTo(0.2);
    expect(changeInView({ ...every(dayMs, 2), close: [0, 11] })).toBeNull();
  });
});

test("a finger that moves up or down never moves or zooms the plot", () => {
  const { handleScroll } = plotOptions({} as never);
  expect(handleScroll).toMatchObject({ vertTouchDrag: false, horzTouchDrag: true });
});
