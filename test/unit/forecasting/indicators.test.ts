/** Each indicator beside a formula of its own, blind to what comes later, and forgetful as its warm-up promises. */
import { describe, expect, test } from "vitest";
import { type BarTable, barsBetween } from "../../../server/domain/price-series.ts";
import { indicatorColumn } from "../../../server/forecasting/indicators/indicator-column.ts";
import { train } from "../../../server/forecasting/train.ts";
import { indicatorEntry, indicatorKinds, indicatorWarmUp } from "../../../server/recipe/indicators.ts";
import { parseTrainingConfig } from "../../../server/recipe/parse-request.ts";
import type { Indicator } from "../../../server/recipe/recipe-field.ts";
import { seriesFacts } from "../../../server/recipe/series-facts.ts";
import { sp500 } from "../../support/daily-bars.ts";
import { LinearEngine } from "../../support/linear-engine.ts";
import { barsOf, walk } from "../../support/series.ts";

const closes = walk(2500, 7);
/** A walk whose volumes and ranges vary, with bars without volume among them. */
const bars: BarTable = {
  ...barsOf(closes),
  high: Float64Array.from(closes, (close, bar) => close * (1 + 0.01 * (1 + Math.sin(bar) ** 2))),
  low: Float64Array.from(closes, (close, bar) => close * (1 - 0.01 * (1 + Math.cos(bar * 1.7) ** 2))),
  volume: Float64Array.from(closes, (_, bar) => (bar % 97 === 0 ? 0 : 1000 + 900 * Math.sin(bar * 0.7))),
};
const columnOf = (kind: Indicator["kind"], period: number | null = null, table = bars) =>
  indicatorColumn(table, { kind, period }, "UTC");

/** Every kind, with its usual, its shortest and its longest period. */
const all = indicatorKinds.flatMap((kind): Indicator[] => {
  const range = indicatorEntry(kind).period;
  const periods = range === null ? [null] : [range.usual, range.minimum, range.maximum];
  return periods.map((period) => ({ kind, period }));
});

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const last = (count: number, values: readonly number[], bar: number) =>
  values.slice(bar - count + 1, bar + 1);
const mean = (values: readonly number[]) => sum(values) / values.length;
/** All weights spelled out: newest first (1 - share)^k of the share, the rest on the first value. */
const exponential = (share: number, values: readonly number[], first = values[0]!) =>
  sum(values.slice(1).map((value, at) => share * (1 - share) ** (values.length - 2 - at) * value)) +
  (1 - share) ** (values.length - 1) * first;
const ema = (period: number, values: readonly number[]) => exponential(2 / (period + 1), values);
/** Wilder's begins with the simple average of its first values. */
const wilder = (period: number, values: readonly number[]) =>
  exponential(1 / period, values.slice(period - 1), mean(values.slice(0, period)));

describe("by hand", () => {
  const formulas: Partial<Record<Indicator["kind"], (bar: number) => number>> = {
    LOG_RETURN: (bar) => Math.log(closes[bar]!) - Math.log(closes[bar - 1]!),
    ABSOLUTE_RETURN: (bar) => Math.abs(Math.log(closes[bar]!) - Math.log(closes[bar - 1]!)),
    LOG_RANGE: (bar) => Math.log(bars.high[bar]!) - Math.log(bars.low[bar]!),
    SMA_RATIO: (bar) => closes[bar]! / mean(last(20, closes, bar)) - 1,
    EMA_RATIO: (bar) => closes[bar]! / ema(20, closes.slice(0, bar + 1)) - 1,
    RSI: (bar) => {
      const changes = closes.slice(1, bar + 1).map((close, at) => close - closes[at]!);
      const up = wilder(
        14,
        changes.map((change) => Math.max(change, 0)),
      );
      const down = wilder(
        14,
        changes.map((change) => Math.max(-change, 0)),
      );
      return (100 * up) / (up + down);
    },
    MACD: (bar) => {
      const macdAt = (at: number) => ema(12, closes.slice(0, at + 1)) - ema(26, closes.slice(0, at + 1));
      const macds = Array.from({ length: bar - 24 }, (_, at) => macdAt(at + 25));
      return (macds.at(-1)! - ema(9, macds)) / closes[bar]!;
    },
    BOLLINGER_WIDTH: (bar) => {
      const seen = last(20, closes, bar);
      return (4 * Math.sqrt(mean(seen.map((close) => (close - mean(seen)) ** 2)))) / mean(seen);
    },
    ATR: (bar) => {
      const ranges = closes.slice(0, bar + 1).map((_, at) => {
        const before = at === 0 ? Number.NaN : closes[at - 1]!;
        const [high, low] = [bars.high[at]!, bars.low[at]!];
        return at === 0 ? high - low : Math.max(high, before) - Math.min(low, before);
      });
      return wilder(14, ranges) / closes[bar]!;
    },
    VOLUME_RATIO: (bar) => {
      const share = bars.volume[bar]! / mean(last(20, [...bars.volume], bar));
      return Math.log(share < 0.01 ? 0.01 : share);
    },
  };

  test.each(Object.keys(formulas) as Indicator["kind"][])("%s is what its formula says", (kind) => {
    const column = columnOf(kind);
    for (const bar of [40, 97, 133, 388, 400])
      expect(column[bar], `bar ${bar}`).toBeCloseTo(formulas[kind]!(bar), 10);
  });

  test("RSI 14 as in StockCharts' published example", () => {
    const example = [
      44.3389, 44.0902, 44.1497, 43.6124, 44.3278, 44.8264, 45.0955, 45.4245, 45.8433, 46.0826, 45.8931,
      46.0328, 45.614, 46.282, 46.282, 46.0028, 46.0328,
    ];
    const column = columnOf("RSI", 14, barsOf(example));
    for (const [at, published] of [70.53, 66.32, 66.55].entries())
      expect(column[14 + at]).toBeCloseTo(published, 2);
    expect(column.slice(0, 14).every(Number.isNaN)).toBe(true);
  });

  test("a volume of 0 counts as a hundredth of the usual one, and among nothing but zeros as usual", () => {
    const volume = Float64Array.of(100, 100, 100, 0, 0, 0, 0, 0);
    const column = columnOf("VOLUME_RATIO", 3, { ...barsOf([1, 1, 1, 1, 1, 1, 1, 1]), volume });
    expect([...column].slice(2)).toEqual([0, Math.log(0.01), Math.log(0.01), 0, 0, 0]);
  });
});

test("a volume that is not known gives no ratio, until its bar is no part of the average", () => {
  const volume = Float64Array.of(100, 100, Number.NaN, 100, 100);
  const column = columnOf("VOLUME_RATIO", 2, { ...barsOf([1, 1, 1, 1, 1]), volume });
  expect([...column].slice(1)).toEqual([0, Number.NaN, Number.NaN, 0]);
});

describe("the exchange's calendar", () => {
  /** Days of March 2024 as an exchange stamps them: midnight there. */
  const daysIn = (timezone: string, offsetHours: number) => {
    const time = Float64Array.from(
      { length: 31 },
      (_, day) => Date.UTC(2024, 2, day + 1) - offsetHours * 3_600_000,
    );
    const table = { ...barsOf(walk(31)), time };
    const of = (kind: Indicator["kind"]) => [...indicatorColumn(table, { kind, period: null }, timezone)];
    return { weekday: of("WEEKDAY"), monthEnd: of("MONTH_END") };
  };

  test.each([
    ["UTC", 0],
    ["Asia/Shanghai", 8],
    ["America/Phoenix", -7],
  ])("a bar has the weekday of its day in %s", (timezone, offset) => {
    // The 1st of March 2024 was a Friday.
    expect(daysIn(timezone, offset).weekday).toEqual(Array.from({ length: 31 }, (_, day) => (day + 4) % 7));
  });

  test("the last three weekdays of a month are known without its bars", () => {
    // The 29th was a Friday, the 30th and 31st a weekend.
    const ends = daysIn("Asia/Shanghai", 8).monthEnd.flatMap((value, day) => (value === 1 ? [day + 1] : []));
    expect(ends).toEqual([27, 28, 29]);
  });

  test("a year has 36 of them", () => {
    const time = Float64Array.from({ length: 366 }, (_, day) => Date.UTC(2024, 0, 1 + day));
    const table = { ...barsOf(walk(366)), time };
    expect(sum([...indicatorColumn(table, { kind: "MONTH_END", period: null }, "UTC")])).toBe(36);
  });
});

test("a run that sees all of them passes the leak test, warm-ups included", async () => {
  const request = {
    window: 5,
    testBars: 100,
    epochs: 1,
    scaler: "STANDARD",
    indicators: indicatorKinds.map((kind) => ({ kind })),
  } as const;
  const { config } = parseTrainingConfig(request, seriesFacts(bars));
  const options = { timezone: "Asia/Shanghai" };
  for await (const report of train(new LinearEngine(), config, barsBetween(bars, 0, 900), options))
    if (report.kind === "result")
      return expect(report.judgement.leakTest).toMatchObject({ passed: true, checkedCuts: 4 });
  expect.unreachable("the training ended without a result");
});

describe.each(all)("$kind $period", (indicator) => {
  const { kind, period } = indicator;
  const warmUp = indicatorWarmUp([indicator]);
  const whole = columnOf(kind, period);

  test("knows nothing of later bars", () => {
    const cut = 2000;
    const disturbed = (column: Float64Array) =>
      column.map((value, bar) => (bar <= cut ? value : value * (1 + (bar % 5))));
    const { time, open, high, low, close, adjustedClose, volume } = bars;
    const after = columnOf(kind, period, {
      time,
      open: disturbed(open),
      high: disturbed(high),
      low: disturbed(low),
      close: disturbed(close),
      adjustedClose: disturbed(adjustedClose),
      volume: disturbed(volume),
    });
    expect(after.slice(0, cut + 1)).toEqual(whole.slice(0, cut + 1));
  });

  test.each([
    ["a walk", bars],
    ["the S&P 500", { ...sp500(), adjustedClose: sp500().close, volume: sp500().close }],
  ])("has a value from its warm-up on in %s, and a shorter history gives the same", (_, table) => {
    const long = columnOf(kind, period, table);
    const values = [...long.slice(warmUp)];
    expect(values.every(Number.isFinite)).toBe(true);
    const center = mean(values);
    const scale = Math.sqrt(mean(values.map((value) => (value - center) ** 2)));
    for (let bar = warmUp + 50; bar < long.length; bar += 83) {
      const shorter = columnOf(kind, period, barsBetween(table, bar - warmUp, bar + 1));
      expect(Math.abs(shorter.at(-1)! - long[bar]!), `bar ${bar}`).toBeLessThanOrEqual(1e-6 * scale);
    }
  });
});
