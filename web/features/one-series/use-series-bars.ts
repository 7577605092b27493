/** The bars of a series for its chart: all of it in few points, and more of what is looked at once the look comes to rest. */
"use client";
import { useEffect, useMemo, useRef, useState } from "react";
import type { PlotBars } from "../../components/price-plot/plot-bars.ts";
import type { SeriesChartQuery } from "../../graphql/generated/graphql.ts";
import type { TimeRange } from "../../lib/time-range.ts";
import { useApiQuery } from "../../lib/use-api-query.ts";
import { detailToAsk, drawnBars, type Loaded, pointsAtOnce } from "./detail.ts";
import { seriesChartQuery } from "./documents.ts";

const settleMs = 120;

export function useSeriesBars(id: string, all: TimeRange) {
  const [view, setView] = useState(all);
  /** Where the look came to rest: other bars beneath a hand that drags would tear them away from it. */
  const [rested, setRested] = useState(all);
  const [asked, setAsked] = useState<TimeRange | null>(null);
  const whole = useApiQuery(seriesChartQuery, variables(id, all));
  const part = useApiQuery(seriesChartQuery, variables(id, asked ?? all), { pause: asked === null });
  const coarse = useLoaded(whole.data, all);
  const detail = useLoaded(asked === null ? undefined : part.data, asked ?? all);
  const known = useMemo(() => [coarse, detail].filter((it) => it !== null), [coarse, detail]);
  const drawn = useMemo(() => coarse && drawnBars(coarse, detail, rested), [coarse, detail, rested]);

  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    timer.current = setTimeout(() => {
      setRested(view);
      const range = coarse && detailToAsk(view, all, known);
      if (range) setAsked(range);
    }, settleMs);
    return () => clearTimeout(timer.current);
  }, [view, all, known, coarse]);

  return {
    bars: drawn?.bars ?? null,
    /** Where every bar is there. */
    whole: drawn?.whole ?? null,
    isLoading: part.isFetching,
    error: whole.error ?? part.error,
    refetch: whole.error ? whole.refetch : part.refetch,
    view,
    lookAt: setView,
  };
}

const variables = (id: string, { from, to }: TimeRange) => ({
  ...{ id, maxPoints: pointsAtOnce },
  from: new Date(from).toISOString(),
  to: new Date(to).toISOString(),
});

/** What an answer holds. The bars of the range that was asked for before stay until others have come. */
function useLoaded(data: SeriesChartQuery | undefined, asked: TimeRange): Loaded | null {
  return useMemo(() => {
    const series = data?.priceSeries;
    if (!series) return null;
    const { time, ...columns } = series.chart;
    const times = time.map((at) => Date.parse(at));
    const bars: PlotBars = { time: times, ...columns };
    const isWhole = times.length >= series.bars.totalCount;
    const [from, to] = [times[0], times.at(-1)];
    // Beside the answer, because the range that is asked for may be ahead of it.
    const range = from === undefined || to === undefined ? asked : { from, to };
    return { range, bars, isWhole };
  }, [data, asked]);
}
