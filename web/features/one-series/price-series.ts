/** From a chart's columns to the line or the candles that are drawn. Pure. */
import type { SeriesChartQuery } from "../../graphql/generated/graphql.ts";
import type { TimeRange } from "../../lib/time-range.ts";

export type PriceColumns = NonNullable<SeriesChartQuery["priceSeries"]>["chart"];
export type PriceLook = "line" | "candles";

/** More candles than this are thinner than a pixel column and its gap. */
const mostCandles = 400;

const dayMs = 86_400_000;

export const closeLine = ({ time, close }: PriceColumns) => [
  { name: "Close", data: time.map((at, i): [number, number] => [Date.parse(at), close[i] ?? Number.NaN]) },
];

export interface Candle {
  readonly x: number;
  /** Open, high, low, close. */
  readonly y: number[];
}

export const candles = ({
  time,
  open,
  high,
  low,
  close,
}: PriceColumns): { name: string; data: Candle[] }[] => [
  {
    name: "Bars",
    data: time.map((at, i) => ({
      x: Date.parse(at),
      y: [open, high, low, close].map((column) => column[i] ?? Number.NaN),
    })),
  },
];

/**
 * Candles stand for one bar each, so they are drawn only where every bar in view is there and has room.
 * @param inView number of bars stored in the range in view.
 */
export const canDrawCandles = (inView: number, columns: PriceColumns): boolean =>
  inView <= mostCandles && columns.time.length >= inView;

/** The newest part of the series that candles have room for, judged by its average bars a day. */
export function candleRange(all: TimeRange, barCount: number): TimeRange {
  const msPerBar = (all.to - all.from) / Math.max(1, barCount - 1);
  return { from: Math.max(all.from, all.to - msPerBar * mostCandles * 0.45), to: all.to };
}

export type Period = "1M" | "6M" | "1Y" | "5Y" | "All";
const daysOf: Readonly<Record<Exclude<Period, "All">, number>> = {
  "1M": 31,
  "6M": 183,
  "1Y": 366,
  "5Y": 1827,
};
export const periods: readonly Period[] = ["1M", "6M", "1Y", "5Y", "All"];

/** The newest part of the series, that long. */
export const periodRange = (period: Period, all: TimeRange): TimeRange =>
  period === "All" ? all : { from: Math.max(all.from, all.to - daysOf[period] * dayMs), to: all.to };

/** The change from the first to the last price in view, as a share of the first. */
export function changeInView({ close }: PriceColumns): number | null {
  const [first, last] = [close[0], close.at(-1)];
  return first === undefined || last === undefined || first === 0 ? null : last / first - 1;
}
