/** Mounts an ApexCharts chart in the browser only; its options come from pure functions beside the callers. */
"use client";
import type { ApexOptions } from "apexcharts";
import dynamic from "next/dynamic";
import styles from "./chart.module.css";

// Begun beside the data, as soon as a page with charts is read, and not once the data are there.
const early = typeof window === "undefined" ? null : import("react-apexcharts");
// Who asks for it below is told of a failure; here it would be an unhandled one.
early?.catch(() => undefined);
const ApexChart = dynamic(() => early ?? import("react-apexcharts"), { ssr: false });

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
  return (
    <figure className={styles.chart} style={{ minHeight: height }}>
      <figcaption className="visually-hidden">{label}</figcaption>
      <ApexChart type={type} height={height} series={series} options={options} />
    </figure>
  );
}
