/** What was predicted beside what came and the naive forecast, the test first, with the errors of both beneath. */
"use client";
import { useMemo, useState } from "react";
import { Card } from "../../components/card.tsx";
import { Segmented } from "../../components/segmented.tsx";
import { Empty, Failure, Loading } from "../../components/states.tsx";
import { forecasterName, type NamedForecaster } from "../../entities/run/forecaster.ts";
import { type Target, targetOf } from "../../entities/run/target.ts";
import type { Split } from "../../graphql/generated/graphql.ts";
import { useChartTheme } from "../../lib/use-chart-theme.ts";
import { t } from "../../lib/words/t.ts";
import { ForecasterChoice } from "./forecaster-choice.tsx";
import { keyOf } from "./leaderboard.ts";
import type { Run } from "./run.ts";
import { StepChoice } from "./step-choice.tsx";
import styles from "./test-card.module.css";
import { TestPlot } from "./test-plot.tsx";
import { usePredictions } from "./use-predictions.ts";

const splitNames = (): Readonly<Record<Split, string>> => ({
  TEST: t("Test"),
  VALIDATION: t("Validation"),
  TRAIN: t("Train"),
});
const splits: readonly Split[] = ["TEST", "VALIDATION", "TRAIN"];

type Band = "none" | "0.8" | "0.95";
const bands = (): readonly { value: Band; name: string }[] => [
  { value: "none", name: t("No band") },
  { value: "0.8", name: "80%" },
  { value: "0.95", name: "95%" },
];
const errorKinds = () =>
  [
    { value: "each", name: t("Each error") },
    { value: "mean", name: t("Mean so far") },
  ] as const;

export function TestCard({ run }: { run: Run }) {
  const [split, setSplit] = useState<Split>("TEST");
  const [step, setStep] = useState(1);
  const [band, setBand] = useState<Band>("0.95");
  const [laidOver, setLaidOver] = useState("GRU");
  const [errors, setErrors] = useState<"each" | "mean">("each");
  const theme = useChartTheme();
  const others = run.leaderboard.filter(({ forecaster }) => forecaster !== "LAST_VALUE");
  // Of the training part the network's predictions alone are kept.
  const chosen = split === "TRAIN" ? undefined : others.find((row) => keyOf(row) === laidOver);
  const shown: NamedForecaster = chosen ?? { forecaster: "GRU", name: null };
  const scored = run.scores.find((one) => one.split === split)?.count ?? 0;
  const { points, isWhole, isLoaded, error, refetch, look } = usePredictions({
    ...{ id: run.id, split, step, level: band === "0.8" ? 0.8 : 0.95 },
    ...{ forecaster: shown.forecaster, forecasterName: shown.name, bars: scored / run.config.horizon },
  });
  const { currency, timezone } = run.priceSeries;
  const target = useMemo(() => targetOf(run.config.target, currency), [run.config.target, currency]);
  const hasBounds = run.coverage.length > 0 && split !== "TRAIN";
  const hasBand = hasBounds && band !== "none";
  // A mean over chosen bars would be one over the extremes.
  const drawnErrors = isWhole ? errors : "each";
  const data = useMemo(() => ({ points, hasBand, errors: drawnErrors }), [points, hasBand, drawnErrors]);
  const predicted = predictedName(shown, target);
  const words = useMemo(
    () => ({
      real: t("Real {noun}", { noun: target.word }),
      predicted,
      naive: t("{lastValue} (naive)", { lastValue: target.lastValue }),
    }),
    [target, predicted],
  );
  const title = t("{split}: predicted and real {noun}", { split: splitNames()[split], noun: target.word });

  return (
    <Card
      title={title}
      note={t(
        "Each prediction knows what came before it. Beneath, how far the network and the naive forecast are off.",
      )}
      actions={
        <>
          {run.config.horizon > 1 && (
            <StepChoice horizon={run.config.horizon} step={step} onChange={setStep} />
          )}
          {others.length > 1 && split !== "TRAIN" && (
            <ForecasterChoice
              label={t("Forecaster laid over")}
              forecasters={others}
              target={target}
              value={laidOver}
              onChange={setLaidOver}
            />
          )}
          {hasBounds && <Segmented label={t("Interval")} value={band} choices={bands()} onChange={setBand} />}
          {isWhole && (
            <Segmented label={t("Errors")} value={errors} choices={errorKinds()} onChange={setErrors} />
          )}
          <Segmented
            label={t("Part in view")}
            value={split}
            choices={splits
              .filter((one) => run.scores.some((scores) => scores.split === one))
              .map((one) => ({ value: one, name: splitNames()[one] }))}
            onChange={setSplit}
          />
        </>
      }
    >
      <div
        className={styles.chart}
        data-testid="overlay-chart"
        data-points={points.length}
        data-band={hasBounds ? band : "none"}
        data-whole={isWhole}
      >
        {error && !isLoaded && <Failure error={error} onRetry={refetch} />}
        {!error && !isLoaded && <Loading lines={6} label={t("Loading predictions")} />}
        {isLoaded && points.length === 0 && <Empty title={t("This run left no predictions")} />}
        {points.length > 0 && theme && (
          <TestPlot
            // A part keeps no view of another.
            key={split}
            {...{ label: title, data, words, onView: look }}
            look={{ theme, target, timezone }}
            bandName={hasBand ? t("{level}% interval", { level: band === "0.8" ? 80 : 95 }) : null}
          />
        )}
      </div>
    </Card>
  );
}

/** The name that somebody gave an outside forecast may be long. */
function predictedName(shown: NamedForecaster, target: Target): string {
  if (shown.forecaster === "GRU") return t("Predicted");
  return forecasterName(shown.forecaster === "OUTSIDE" ? { ...shown, name: null } : shown, target);
}
