/**
 * The catalogue of indicators: numbers that the network may see of a bar besides its fields, each computed of that bar and
 * those before it alone. server/forecasting/indicators/ computes them.
 */
import type { BarField } from "../domain/price-series.ts";

interface IndicatorEntry {
  readonly label: string;
  /** For programs and people: what it is, and where it comes from. */
  readonly meaning: string;
  /** In bars; null for a kind that has no period. */
  readonly period: { readonly usual: number; readonly minimum: number; readonly maximum: number } | null;
  /** Fields that must be there in every bar. */
  readonly needs: readonly BarField[];
  /** Whether these must be above 0. */
  readonly needsPositive: boolean;
  /** Bars before its own that decide its value: what is older changes it by less than a float32 shows. */
  readonly warmUp: (period: number) => number;
}

const fromBarItself = () => 0;
const fromBarBefore = () => 1;
const fromItsBars = (period: number) => period - 1;
/*
 * An average that gives its newest bar the share s has 1 - s of everything older left after each: e^(-s n) after n bars. Of
 * what it started with a float32 (6e-8 of a number) shows nothing once that is 1e-8 = e^-18.4, and so n = 18.4 / s.
 */
const forgottenAfter = 18.4;
/** Exponential: s = 2 / (period + 1). */
const fromExponential = (period: number) => Math.ceil((forgottenAfter / 2) * (period + 1));
/** Wilder's (1978): s = 1 / period. */
const fromWilder = (period: number) => Math.ceil(forgottenAfter * period);
/** The slower average's; its signal line starts 26 bars later, and forgets three times as fast. */
const fromMacd = () => fromExponential(26) + 26;

export const indicatorCatalogue = {
  LOG_RETURN: {
    label: "Log return",
    meaning: "Logarithm of the close's ratio to the close before.",
    period: null,
    needs: ["CLOSE"],
    needsPositive: true,
    warmUp: fromBarBefore,
  },
  ABSOLUTE_RETURN: {
    label: "Size of the log return",
    meaning: "The log return without its sign.",
    period: null,
    needs: ["CLOSE"],
    needsPositive: true,
    warmUp: fromBarBefore,
  },
  LOG_RANGE: {
    label: "Log range",
    meaning: "Logarithm of the bar's highest price over its lowest.",
    period: null,
    needs: ["HIGH", "LOW"],
    needsPositive: true,
    warmUp: fromBarItself,
  },
  LOG_VARIANCE: {
    label: "Log variance",
    meaning: "Logarithm of the bar's variance (Garman and Klass 1980), as a level.",
    period: null,
    needs: ["OPEN", "HIGH", "LOW", "CLOSE"],
    needsPositive: true,
    warmUp: fromBarItself,
  },
  SMA_RATIO: {
    label: "Distance to simple average",
    meaning: "The close over its simple moving average, less 1.",
    period: { usual: 20, minimum: 2, maximum: 250 },
    needs: ["CLOSE"],
    needsPositive: true,
    warmUp: fromItsBars,
  },
  EMA_RATIO: {
    label: "Distance to exponential average",
    meaning: "The close over its exponential moving average (newest share 2 / (period + 1)), less 1.",
    period: { usual: 20, minimum: 2, maximum: 100 },
    needs: ["CLOSE"],
    needsPositive: true,
    warmUp: fromExponential,
  },
  RSI: {
    label: "RSI",
    meaning:
      "Relative strength index of the closes, 0 to 100, with Wilder's smoothing (1978), not the simple average of later variants; 100 where no bar fell.",
    period: { usual: 14, minimum: 2, maximum: 50 },
    needs: ["CLOSE"],
    needsPositive: false,
    warmUp: fromWilder,
  },
  MACD: {
    label: "MACD 12/26/9",
    meaning:
      "Histogram of the moving average convergence divergence (Appel): exponential averages of 12 and 26 closes, less their exponential average of 9, over the close.",
    period: null,
    needs: ["CLOSE"],
    needsPositive: true,
    warmUp: fromMacd,
  },
  BOLLINGER_WIDTH: {
    label: "Bollinger width",
    meaning:
      "Distance of Bollinger's bands, two standard deviations to either side of the simple moving average of the closes, over that average.",
    period: { usual: 20, minimum: 2, maximum: 250 },
    needs: ["CLOSE"],
    needsPositive: true,
    warmUp: fromItsBars,
  },
  ATR: {
    label: "Average true range",
    meaning: "Average true range with Wilder's smoothing (1978), not a simple average, over the close.",
    period: { usual: 14, minimum: 2, maximum: 50 },
    needs: ["HIGH", "LOW", "CLOSE"],
    needsPositive: true,
    warmUp: fromWilder,
  },
  VOLUME_RATIO: {
    label: "Volume ratio",
    meaning:
      "Logarithm of the volume over its simple moving average; less than a hundredth of it, as no volume at all, counts as a hundredth.",
    period: { usual: 20, minimum: 2, maximum: 250 },
    needs: ["VOLUME"],
    needsPositive: false,
    warmUp: fromItsBars,
  },
  WEEKDAY: {
    label: "Weekday",
    meaning: "Day of the week in the time zone of the exchange: Monday 0 to Friday 4, Sunday 6.",
    period: null,
    needs: [],
    needsPositive: false,
    warmUp: fromBarItself,
  },
  MONTH_END: {
    label: "End of the month",
    meaning:
      "1 on the last three weekdays of a month in the time zone of the exchange, holidays counted as days; else 0.",
    period: null,
    needs: [],
    needsPositive: false,
    warmUp: fromBarItself,
  },
} as const satisfies Record<string, IndicatorEntry>;

export type IndicatorKind = keyof typeof indicatorCatalogue;

export const indicatorKinds = Object.keys(indicatorCatalogue) as IndicatorKind[];

export const indicatorEntry = (kind: IndicatorKind): IndicatorEntry => indicatorCatalogue[kind];

/** "RSI 14" */
export function indicatorName({ kind, period }: { kind: IndicatorKind; period: number | null }): string {
  const { label } = indicatorEntry(kind);
  return period === null ? label : `${label} ${period}`;
}

/** Bars before a row's own that its indicators need. */
export const indicatorWarmUp = (
  indicators: readonly { readonly kind: IndicatorKind; readonly period: number | null }[],
): number => Math.max(0, ...indicators.map(({ kind, period }) => indicatorEntry(kind).warmUp(period ?? 0)));
