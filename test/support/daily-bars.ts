/** Daily bars of real markets and of simulated ones, as baselines and intervals take them. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { logVarianceColumn } from "../../server/domain/log-variance.ts";
import type { BarTable } from "../../server/domain/price-series.ts";
import type { Target } from "../../server/forecasting/forecasters/baseline.ts";

export type DailyBars = Pick<BarTable, "time" | "open" | "high" | "low" | "close">;

const root = join(import.meta.dirname, "../..");
const dayMs = 86_400_000;

export const sp500 = (): DailyBars => readDaily(join(root, "prisma/sample-data/sp500-2000.csv"));

const kweichow = join(root, "../shared/data/SH600519.csv");
/** Kweichow Moutai, where its file lies beside the project. */
export const kweichowIsHere = existsSync(kweichow);
export const sh600519 = (): DailyBars => readDaily(kweichow);

function readDaily(path: string): DailyBars {
  const [header, ...lines] = readFileSync(path, "utf8").trim().split(/\r?\n/);
  const names = header!.split(",");
  const rows = lines.map((line) => line.split(","));
  const cells = (name: string) => rows.map((row) => row[names.indexOf(name)]!);
  const numbers = (name: string) => Float64Array.from(cells(name), Number);
  return {
    time: Float64Array.from(cells("date"), (date) => Date.parse(date)),
    open: numbers("open"),
    high: numbers("high"),
    low: numbers("low"),
    close: numbers("close"),
  };
}

/** First bar on a day or after it. */
export const barOf = ({ time }: DailyBars, day: string): number =>
  time.findIndex((at) => at >= Date.parse(day));

/** Values one a day. */
export function targetOf(
  kind: Target["kind"],
  values: Float64Array,
  returns: Float64Array,
  time?: Float64Array,
): Target {
  return { kind, values, returns, time: time ?? values.map((_, bar) => bar * dayMs), timezone: "UTC" };
}

export const returnsOf = (close: Float64Array): Float64Array =>
  close.map((price, bar) => (bar === 0 ? Number.NaN : Math.log(price / close[bar - 1]!)));

export const priceTarget = ({ time, close }: DailyBars): Target =>
  targetOf("PRICE", close, returnsOf(close), time);

export const varianceTarget = (bars: DailyBars): Target =>
  targetOf("LOG_VARIANCE", logVarianceColumn(bars).values, returnsOf(bars.close), bars.time);

/** The product's cuts for a test that begins at a bar: a tenth of what is before it validates. */
export function cutsBefore(testFrom: number) {
  const validationFrom = testFrom - Math.floor(testFrom / 10);
  return { training: { firstBar: 0, endBar: validationFrom }, validationFrom };
}

/** Mulberry32: uniform in (0, 1). */
export function uniform(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (((mixed ^ (mixed >>> 14)) >>> 0) + 0.5) / 2 ** 32;
  };
}

/** Standard normal draws by Box and Muller. */
export function normal(seed: number): () => number {
  const next = uniform(seed);
  return () => Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next());
}

/**
 * Bars whose daily variance follows a GARCH(1, 1) with alpha 0.1 and beta 0.88, 1 % a day in the long run. Each bar is a
 * walk of 40 moves, so that its high and low tell of its variance what a real bar's do.
 */
export function garchBars(count: number, seed: number): DailyBars {
  const draw = normal(seed);
  const columns = { open: [] as number[], high: [] as number[], low: [] as number[], close: [] as number[] };
  let price = 100;
  let variance = 1e-4;
  for (let bar = 0; bar < count; bar++) {
    const move = Math.sqrt(variance / 40);
    let at = 0;
    let highest = 0;
    let lowest = 0;
    for (let i = 0; i < 40; i++) {
      at += move * draw();
      highest = Math.max(highest, at);
      lowest = Math.min(lowest, at);
    }
    columns.open.push(price);
    columns.high.push(price * Math.exp(highest));
    columns.low.push(price * Math.exp(lowest));
    price *= Math.exp(at);
    columns.close.push(price);
    variance = 2e-6 + 0.1 * at * at + 0.88 * variance;
  }
  return {
    time: Float64Array.from({ length: count }, (_, bar) => bar * dayMs),
    open: Float64Array.from(columns.open),
    high: Float64Array.from(columns.high),
    low: Float64Array.from(columns.low),
    close: Float64Array.from(columns.close),
  };
}

/** 1 - MAE / the last value's MAE of one-step forecasts. */
export function skillOf(values: Float64Array, firstAnchor: number, forecasts: Float64Array): number {
  let own = 0;
  let naive = 0;
  forecasts.forEach((forecast, i) => {
    const actual = values[firstAnchor + i + 1]!;
    own += Math.abs(actual - forecast);
    naive += Math.abs(actual - values[firstAnchor + i]!);
  });
  return 1 - own / naive;
}
