/**
 * Indicators that trading-signals computes: it is handed one bar after the other, so none can know a later one. NaN until it
 * has seen enough. Where they measure prices they are taken relative to one, to mean the same at any level.
 */
import { ATR, BollingerBands, BollingerBandsWidth, EMA, MACD, RSI, SMA } from "trading-signals";
import type { BarTable } from "../../domain/price-series.ts";

/** What `next` says of each bar, in their order; NaN where it has nothing to say yet. */
function streamed(length: number, next: (bar: number) => number | null): Float64Array {
  const values = new Float64Array(length);
  for (let bar = 0; bar < length; bar++) values[bar] = next(bar) ?? Number.NaN;
  return values;
}

export function smaRatio({ close }: BarTable, period: number): Float64Array {
  const average = new SMA(period);
  return streamed(close.length, (bar) => distance(close[bar]!, average.add(close[bar]!)));
}

export function emaRatio({ close }: BarTable, period: number): Float64Array {
  const average = new EMA(period);
  return streamed(close.length, (bar) => distance(close[bar]!, average.add(close[bar]!)));
}

const distance = (price: number, average: number | null): number | null =>
  average === null ? null : price / average - 1;

/** Wilder's smoothing is what the library takes unless it is told otherwise. */
export function rsi({ close }: BarTable, period: number): Float64Array {
  const index = new RSI(period);
  return streamed(close.length, (bar) => index.add(close[bar]!));
}

export function macd({ close }: BarTable): Float64Array {
  const index = new MACD(new EMA(12), new EMA(26), new EMA(9));
  return streamed(close.length, (bar) => {
    const result = index.add(close[bar]!);
    return result && result.histogram / close[bar]!;
  });
}

/** Two standard deviations (of the population, as Bollinger has it) to either side. */
export function bollingerWidth({ close }: BarTable, period: number): Float64Array {
  const width = new BollingerBandsWidth(new BollingerBands(period, 2));
  return streamed(close.length, (bar) => width.add(close[bar]!));
}

/** The first bar's true range is its range alone: it has no close before it. */
export function atr({ high, low, close }: BarTable, period: number): Float64Array {
  const range = new ATR(period);
  return streamed(close.length, (bar) => {
    const average = range.add({ high: high[bar]!, low: low[bar]!, close: close[bar]! });
    return average && average / close[bar]!;
  });
}

/** A bar without trades has no logarithm: what is less than this share of the average counts as this share. */
const leastVolumeShare = 0.01;

export function volumeRatio({ volume }: BarTable, period: number): Float64Array {
  const average = new SMA(period);
  return streamed(volume.length, (bar) => {
    const usual = average.add(volume[bar]!);
    if (usual === null) return null;
    // Nothing was traded in any of the bars: this one is as usual. A volume that is not known stays unknown.
    return usual === 0 ? 0 : Math.log(Math.max(volume[bar]! / usual, leastVolumeShare));
  });
}
