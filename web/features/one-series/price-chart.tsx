/** A series' prices: the whole of it thinned to what a screen can show, and every bar of what is looked at closely. */
"use client";
import { useMemo, useState } from "react";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { Chart } from "../../components/chart.tsx";
import { Segmented } from "../../components/segmented.tsx";
import { Failure, Loading } from "../../components/states.tsx";
import { count, signedPercent } from "../../lib/format.ts";
import { priceAxis } from "../../lib/price-axis.ts";
import type { TimeRange } from "../../lib/time-range.ts";
import { useApiQuery } from "../../lib/use-api-query.ts";
import { useChartTheme } from "../../lib/use-chart-theme.ts";
import { useTimeRange } from "../../lib/use-time-range.ts";
import { seriesChartQuery } from "./documents.ts";
import { priceChartOptions } from "./price-chart-options.ts";
import {
  canDrawCandles,
  candleRange,
  candles,
  changeInView,
  closeLine,
  type PriceLook,
  periodRange,
  periods,
} from "./price-series.ts";

const maxPoints = 1200;

interface Props {
  readonly seriesId: string;
  readonly all: TimeRange;
  readonly barCount: number;
  readonly timezone: string;
}

export function PriceChart({ seriesId, all, barCount, timezone }: Props) {
  const [wantedLook, setWantedLook] = useState<PriceLook>("line");
  const { inView, zoom } = useTimeRange(all);
  const theme = useChartTheme();
  const { data, error, refetch } = useApiQuery(seriesChartQuery, {
    id: seriesId,
    from: new Date(inView.from).toISOString(),
    to: new Date(inView.to).toISOString(),
    maxPoints,
  });
  const columns = data?.priceSeries?.chart;
  const barsInView = data?.priceSeries?.bars.totalCount ?? 0;
  const look =
    wantedLook === "candles" && columns && canDrawCandles(barsInView, columns) ? "candles" : "line";

  const series = useMemo(() => {
    if (!columns) return [];
    return look === "candles" ? candles(columns) : closeLine(columns);
  }, [columns, look]);
  const axis = useMemo(() => {
    if (!columns) return priceAxis([]);
    return priceAxis(look === "candles" ? [...columns.low, ...columns.high] : columns.close);
  }, [columns, look]);
  const options = useMemo(
    () => theme && priceChartOptions(look, { theme, inView, axis, timezone, onZoom: zoom }),
    [theme, inView, axis, timezone, look, zoom],
  );

  const choose = (wanted: PriceLook) => {
    setWantedLook(wanted);
    if (wanted === "candles" && columns && !canDrawCandles(barsInView, columns))
      zoom(candleRange(all, barCount));
  };
  return (
    <Card
      title="Price"
      note={
        columns
          ? noteOn(columns.time.length, barsInView, changeInView(columns))
          : "Drag over the chart to look closer"
      }
      actions={
        <>
          {periods.map((period) => (
            <Button kind="quiet" key={period} onClick={() => zoom(periodRange(period, all))}>
              {period}
            </Button>
          ))}
          <Segmented
            label="Drawn as"
            value={wantedLook}
            choices={[
              { value: "line", name: "Line" },
              { value: "candles", name: "Candles" },
            ]}
            onChange={choose}
          />
        </>
      }
    >
      <div
        data-testid="price-chart"
        data-points={columns?.time.length ?? 0}
        data-bars={barsInView}
        data-look={look}
      >
        {error && !columns && <Failure error={error} onRetry={refetch} />}
        {!error && !columns && <Loading lines={6} label="Loading prices" />}
        {columns && options && (
          <Chart
            key={look}
            type={look === "candles" ? "candlestick" : "line"}
            height={380}
            series={series}
            options={options}
            label="Price over time"
          />
        )}
        {wantedLook === "candles" && look === "line" && columns && (
          <p>Candles need fewer bars in view: drag over a shorter part.</p>
        )}
      </div>
    </Card>
  );
}

function noteOn(points: number, bars: number, change: number | null): string {
  const shown =
    points < bars
      ? `${count(points)} of ${count(bars)} bars, extremes kept. Drag over the chart to see every bar`
      : `All ${count(bars)} bars in view`;
  return change === null ? shown : `${shown}; ${signedPercent(change)} over this time`;
}
