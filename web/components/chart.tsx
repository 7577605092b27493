/** Mounts an ApexCharts chart in the browser only; its options come from pure functions beside the callers. */
"use client";
import type { ApexOptions } from "apexcharts";
import { type ComponentType, useEffect, useState } from "react";
import type { Props as ApexProps } from "react-apexcharts";
import styles from "./chart.module.css";

type ApexChart = ComponentType<ApexProps>;
let loaded: ApexChart | null = null;
const load = async (): Promise<ApexChart> => {
  loaded = (await import("react-apexcharts")).default as unknown as ApexChart;
  return loaded;
};
// Begun beside the data, as soon as a page with charts is read, and not once the data are there.
const early = typeof window === "undefined" ? null : load();
// Who asks for it below is told of a failure; here it would be an unhandled one.
early?.catch(() => undefined);

interface Found {
  readonly chart: ApexChart | null;
  readonly error?: unknown;
}

/** Not by React.lazy: React shows what suspended no sooner than 300 ms after what it showed before. Null until it is there. */
function useApexChart(): ApexChart | null {
  const [found, setFound] = useState<Found>({ chart: loaded });
  useEffect(() => {
    if (found.chart) return;
    let isGone = false;
    const tell = (told: Found) => {
      if (!isGone) setFound(told);
    };
    (early ?? load())
      .catch(load)
      .then((chart) => tell({ chart }))
      .catch((error: unknown) => tell({ chart: null, error }));
    return () => {
      isGone = true;
    };
  }, [found]);
  if (found.error !== undefined) throw found.error;
  return found.chart;
}

interface Props {
  readonly type: "line" | "area" | "candlestick" | "rangeArea";
  readonly height: number;
  readonly series: NonNullable<ApexOptions["series"]>;
  /** Must keep its identity while nothing changes: another object redraws the whole chart. */
  readonly options: ApexOptions;
  /** What the chart shows, for those who cannot see it. */
  readonly label: string;
}

export function Chart({ type, height, series, options, label }: Props) {
  const ApexChart = useApexChart();
  return (
    <figure className={styles.chart} style={{ minHeight: height }}>
      <figcaption className="visually-hidden">{label}</figcaption>
      {ApexChart && <ApexChart type={type} height={height} series={series} options={options} />}
    </figure>
  );
}
