/** A series' prices: the whole of it thinned to what a screen can show, and every bar of what is looked at closely. */
"use client";
import { useMemo, useState } from "react";
import { Card } from "../../components/card.tsx";
import { barsWithin } from "../../components/price-plot/plot-bars.ts";
import type { PriceLook } from "../../components/price-plot/plot-style.ts";
import { PricePlot } from "../../components/price-plot/price-plot.tsx";
import { Failure, Loading } from "../../components/states.tsx";
import { count, signedPercent } from "../../lib/format.ts";
import { holds, type TimeRange } from "../../lib/time-range.ts";
import { t } from "../../lib/words/t.ts";
import { changeInView } from "./detail.ts";
import { LayRuns } from "./lay-runs.tsx";
import styles from "./series-page.module.css";
import { useLaidRuns } from "./use-laid-runs.ts";
import { useSeriesBars } from "./use-series-bars.ts";

interface Props {
  readonly seriesId: string;
  readonly symbol: string;
  readonly all: TimeRange;
  readonly barCount: number;
  readonly timezone: string;
}

export function PriceChart({ seriesId, symbol, all: { from, to }, barCount, timezone }: Props) {
  const all = useMemo(() => ({ from, to }), [from, to]);
  const [look, setLook] = useState<PriceLook>("line");
  const { bars, whole, view, lookAt, error, refetch } = useSeriesBars(seriesId, all);
  const { runs, laid, overlays, lay } = useLaidRuns(seriesId);
  const inView = useMemo(() => bars && barsWithin(bars, view), [bars, view]);
  const isWhole = whole !== null && holds(whole, view);
  const change = inView && changeInView(inView);
  return (
    <Card
      title={t("Price")}
      note={
        inView
          ? noteOn(inView.time.length, isWhole, change)
          : t("Turn the wheel or pinch to look closer, drag to move along")
      }
    >
      <div
        className={styles.chart}
        data-testid="price-chart"
        data-points={inView?.time.length ?? 0}
        data-whole={isWhole}
      >
        {error && <Failure error={error} onRetry={refetch} />}
        {!error && !bars && <Loading lines={10} label={t("Loading prices")} />}
        {bars && (
          <PricePlot
            {...{ bars, all, whole, timezone, look, barCount }}
            label={t("Prices of {symbol}", { symbol })}
            fileName={symbol.replace(/[^\p{L}\p{N}.-]+/gu, "-")}
            onLook={setLook}
            onView={lookAt}
            overlays={overlays}
          >
            <LayRuns runs={runs} laid={laid} onLay={lay} />
          </PricePlot>
        )}
      </div>
    </Card>
  );
}

function noteOn(points: number, isWhole: boolean, change: number | null): string {
  const shown = isWhole
    ? t("All {n} bars in view", { n: count(points) })
    : t("{n} bars stand for those in view, extremes kept", { n: count(points) });
  return change === null
    ? shown
    : t("{shown}; {change} over this time", { shown, change: signedPercent(change) });
}
