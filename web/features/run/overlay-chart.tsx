/** The overlay itself, and the piece of it that is looked at. */
"use client";
import { useMemo } from "react";
import { Button } from "../../components/button.tsx";
import { Chart } from "../../components/chart.tsx";
import type { Target } from "../../entities/run/target.ts";
import type { ChartTheme } from "../../lib/chart-theme.ts";
import { priceAxis } from "../../lib/price-axis.ts";
import type { TimeRange } from "../../lib/time-range.ts";
import { useTimeRange } from "../../lib/use-time-range.ts";
import styles from "./overlay-chart.module.css";
import { overlayChartOptions } from "./overlay-chart-options.ts";
import {
  type OverlayNames,
  type OverlayView,
  overlaySeries,
  type Predictions,
  rangeOf,
  valuesOf,
} from "./overlay-series.ts";

interface Props {
  readonly predictions: Predictions;
  readonly view: OverlayView;
  readonly whole: TimeRange;
  readonly names: OverlayNames;
  readonly target: Target;
  readonly theme: ChartTheme;
  readonly timezone: string;
  readonly onView: (inView: TimeRange) => void;
}

export function OverlayChart({ predictions, view, whole, names, target, theme, timezone, onView }: Props) {
  const { inView, isZoomed, zoom, reset } = useTimeRange(whole);
  const { real, predicted, last, band } = names;
  const series = useMemo(
    () => overlaySeries(predictions, view, inView, { real, predicted, last, band }),
    [predictions, view, inView, real, predicted, last, band],
  );
  const axis = useMemo(() => priceAxis(valuesOf(series)), [series]);
  const isWhole = view === "whole";
  const hasBand = band !== null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: onView only asks for more points, and the target of a run stays
  const options = useMemo(
    () =>
      overlayChartOptions({
        ...{ theme, inView, axis, timezone, hasBand, value: target.value, mark: target.mark },
        validation: isWhole ? rangeOf(predictions.validation) : null,
        test: isWhole ? rangeOf(predictions.test) : null,
        onZoom(range) {
          zoom(range);
          onView(range);
        },
      }),
    [theme, inView, axis, timezone, isWhole, hasBand, predictions, zoom],
  );
  return (
    <>
      {isWhole && <PartsKey hasValidation={(predictions.validation?.time.length ?? 0) > 0} />}
      <Chart
        // ApexCharts keeps what it drew for a series that has become another kind.
        key={String(hasBand)}
        type={hasBand ? "rangeArea" : "line"}
        height={380}
        series={series}
        options={options}
        label={`Real and predicted ${target.noun} over time`}
      />
      {isZoomed && (
        <p className={styles.reset}>
          <Button onClick={reset}>Show everything</Button>
        </p>
      )}
    </>
  );
}

function PartsKey({ hasValidation }: { hasValidation: boolean }) {
  return (
    <p className={styles.key}>
      {hasValidation && <span className={styles.validation}>Validation</span>}
      <span className={styles.test}>Test</span>
    </p>
  );
}
