/** What was predicted over what came, the test first: with the last value known, and the band that should hold it. */
"use client";
import { useState } from "react";
import { Card } from "../../components/card.tsx";
import { Segmented } from "../../components/segmented.tsx";
import { Empty, Failure, Loading } from "../../components/states.tsx";
import { forecasterName, type NamedForecaster } from "../../entities/run/forecaster.ts";
import { type Target, targetOf } from "../../entities/run/target.ts";
import { pointsFor } from "../../lib/time-range.ts";
import { useApiQuery } from "../../lib/use-api-query.ts";
import { useChartTheme } from "../../lib/use-chart-theme.ts";
import { predictionsQuery } from "./documents.ts";
import { ForecasterChoice } from "./forecaster-choice.tsx";
import { keyOf } from "./leaderboard.ts";
import styles from "./overlay-chart.module.css";
import { OverlayChart } from "./overlay-chart.tsx";
import { type OverlayView, wholeRange } from "./overlay-series.ts";
import type { Run } from "./run.ts";
import { StepChoice } from "./step-choice.tsx";

// The first two keep a redraw under 80 ms; the last is where a browser begins to stutter.
const pointsInSight = 1500;
const mostPoints = 24_000;

const views: readonly { value: OverlayView; name: string }[] = [
  { value: "test", name: "Test" },
  { value: "whole", name: "Whole series" },
];

type Band = "none" | "0.8" | "0.95";
const bands: readonly { value: Band; name: string }[] = [
  { value: "none", name: "No band" },
  { value: "0.8", name: "80%" },
  { value: "0.95", name: "95%" },
];

export function OverlayCard({ run }: { run: Run }) {
  const [view, setView] = useState<OverlayView>("test");
  const [step, setStep] = useState(1);
  const [band, setBand] = useState<Band>("0.95");
  const [laidOver, setLaidOver] = useState("GRU");
  const [maxPoints, setMaxPoints] = useState(pointsInSight);
  const theme = useChartTheme();
  const others = run.leaderboard.filter(({ forecaster }) => forecaster !== "LAST_VALUE");
  const shown = others.find((row) => keyOf(row) === laidOver) ?? { forecaster: "GRU" as const, name: null };
  const { data, error, refetch } = useApiQuery(predictionsQuery, {
    ...{ id: run.id, step, maxPoints, whole: view === "whole" },
    ...{ level: band === "0.8" ? 0.8 : 0.95, forecaster: shown.forecaster, forecasterName: shown.name },
  });
  const predictions = data?.run;
  const whole = predictions && wholeRange(predictions, view);
  const target = targetOf(run.config.target, run.priceSeries.currency);
  const hasBounds = run.coverage.length > 0;

  return (
    <Card
      title={
        view === "test" ? `The test: predicted and real ${target.noun}` : `Predicted and real ${target.noun}`
      }
      note="Each prediction knows what came before it. Drag over the chart to look closer."
      actions={
        <>
          {run.config.horizon > 1 && (
            <StepChoice horizon={run.config.horizon} step={step} onChange={setStep} />
          )}
          {others.length > 1 && (
            <ForecasterChoice
              label="Forecaster laid over"
              forecasters={others}
              target={target}
              value={laidOver}
              onChange={setLaidOver}
            />
          )}
          {hasBounds && <Segmented label="Interval" value={band} choices={bands} onChange={setBand} />}
          <Segmented label="Part in view" value={view} choices={views} onChange={setView} />
        </>
      }
    >
      <div
        className={styles.chart}
        data-testid="overlay-chart"
        data-points={predictions?.test.time.length ?? 0}
        data-band={hasBounds ? band : "none"}
      >
        {error && !predictions && <Failure error={error} onRetry={refetch} />}
        {!error && !predictions && <Loading lines={6} label="Loading predictions" />}
        {predictions && !whole && <Empty title="This run left no predictions" />}
        {predictions && whole && theme && (
          <OverlayChart
            // A view keeps no zoom of the other.
            key={view}
            {...{ predictions, view, whole, theme, target }}
            names={{
              real: `Real ${target.noun}`,
              predicted: predictedName(shown, target),
              last: target.lastValue,
              band: hasBounds && band !== "none" ? `${band === "0.8" ? 80 : 95}% interval` : null,
            }}
            timezone={run.priceSeries.timezone}
            onView={(inView) => setMaxPoints(pointsFor(inView, whole, pointsInSight, mostPoints))}
          />
        )}
      </div>
    </Card>
  );
}

/** A legend is drawn as HTML: the name that somebody gave an outside forecast stays out of it. */
function predictedName(shown: NamedForecaster, target: Target): string {
  if (shown.forecaster === "GRU") return "Predicted";
  return forecasterName(shown.forecaster === "OUTSIDE" ? { ...shown, name: null } : shown, target);
}
