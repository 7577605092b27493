/** The predicted price over the real one, with the part that the training never saw marked. */
"use client";
import { useMemo, useState } from "react";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { Chart } from "../../components/chart.tsx";
import input from "../../components/input.module.css";
import { Segmented } from "../../components/segmented.tsx";
import { Empty, Failure, Loading } from "../../components/states.tsx";
import type { ChartTheme } from "../../lib/chart-theme.ts";
import { priceAxis } from "../../lib/price-axis.ts";
import { pointsFor, type TimeRange } from "../../lib/time-range.ts";
import { useApiQuery } from "../../lib/use-api-query.ts";
import { useChartTheme } from "../../lib/use-chart-theme.ts";
import { useTimeRange } from "../../lib/use-time-range.ts";
import { predictionsQuery } from "./documents.ts";
import styles from "./overlay-chart.module.css";
import { overlayChartOptions } from "./overlay-chart-options.ts";
import { type OverlayView, overlayLines, type Predictions, rangeOf, wholeRange } from "./overlay-series.ts";
import type { Run } from "./run.ts";

// The first two keep a redraw under 80 ms; the last is where a browser begins to stutter.
const pointsInSight = 1500;
const mostPoints = 24_000;

const views: readonly { value: OverlayView; name: string }[] = [
  { value: "whole", name: "Whole series" },
  { value: "test", name: "Test only" },
];

export function OverlayCard({ run }: { run: Run }) {
  const [view, setView] = useState<OverlayView>("whole");
  const [step, setStep] = useState(1);
  const [hasNaive, setHasNaive] = useState(false);
  const [maxPoints, setMaxPoints] = useState(pointsInSight);
  const theme = useChartTheme();
  const { data, error, refetch } = useApiQuery(predictionsQuery, { id: run.id, step, maxPoints });
  const predictions = data?.run;
  const whole = predictions && wholeRange(predictions, view);

  return (
    <Card
      title="Predicted and real price"
      note="Each prediction knows the true prices before it. Drag over the chart to look closer."
      actions={
        <>
          {run.config.horizon > 1 && (
            <StepChoice horizon={run.config.horizon} step={step} onChange={setStep} />
          )}
          <Segmented
            label="Naive forecast"
            value={hasNaive ? "shown" : "hidden"}
            choices={[
              { value: "hidden", name: "Without naive" },
              { value: "shown", name: "With naive" },
            ]}
            onChange={(choice) => setHasNaive(choice === "shown")}
          />
          <Segmented label="Part in view" value={view} choices={views} onChange={setView} />
        </>
      }
    >
      <div data-testid="overlay-chart" data-points={predictions?.test.time.length ?? 0}>
        {error && !predictions && <Failure error={error} onRetry={refetch} />}
        {!error && !predictions && <Loading lines={6} label="Loading predictions" />}
        {predictions && !whole && <Empty title="This run left no predictions" />}
        {predictions && whole && theme && (
          <Overlay
            // A view keeps no zoom of the other.
            key={view}
            {...{ predictions, view, hasNaive, whole, theme }}
            timezone={run.priceSeries.timezone}
            onView={(inView) => setMaxPoints(pointsFor(inView, whole, pointsInSight, mostPoints))}
          />
        )}
      </div>
    </Card>
  );
}

interface OverlayProps {
  readonly predictions: Predictions;
  readonly view: OverlayView;
  readonly hasNaive: boolean;
  readonly whole: TimeRange;
  readonly theme: ChartTheme;
  readonly timezone: string;
  readonly onView: (inView: TimeRange) => void;
}

function Overlay({ predictions, view, hasNaive, whole, theme, timezone, onView }: OverlayProps) {
  const { inView, isZoomed, zoom, reset } = useTimeRange(whole);
  const lines = useMemo(
    () => overlayLines(predictions, view, inView, hasNaive),
    [predictions, view, inView, hasNaive],
  );
  const axis = useMemo(() => priceAxis(lines.flatMap(({ data }) => data.map(([, price]) => price))), [lines]);
  const isWhole = view === "whole";
  // biome-ignore lint/correctness/useExhaustiveDependencies: onView only asks for more points
  const options = useMemo(
    () =>
      overlayChartOptions({
        theme,
        inView,
        axis,
        timezone,
        validation: isWhole ? rangeOf(predictions.validation) : null,
        test: isWhole ? rangeOf(predictions.test) : null,
        onZoom(range) {
          zoom(range);
          onView(range);
        },
      }),
    [theme, inView, axis, timezone, isWhole, predictions, zoom],
  );
  return (
    <>
      {isWhole && <PartsKey hasValidation={predictions.validation.time.length > 0} />}
      <Chart
        type="line"
        height={380}
        series={lines}
        options={options}
        label="Real and predicted price over time"
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

function StepChoice({
  horizon,
  step,
  onChange,
}: {
  horizon: number;
  step: number;
  onChange: (step: number) => void;
}) {
  return (
    <label className={styles.step}>
      Step ahead
      <select className={input.input} value={step} onChange={(event) => onChange(Number(event.target.value))}>
        {Array.from({ length: horizon }, (_, i) => i + 1).map((choice) => (
          <option key={choice}>{choice}</option>
        ))}
      </select>
    </label>
  );
}
