/**
 * The catalogue of indicators: numbers that the network may see of a bar besides its fields, each computed of that bar and
 * those before it alone. server/forecasting/indicators.ts computes them.
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
