/** Lets the reader drag over a chart to look closer; not by finger, which scrolls the page. */
import type { ApexOptions } from "apexcharts";
import type { TimeRange } from "./time-range.ts";

export const zoomOptions = (onZoom: (range: TimeRange) => void): ApexOptions["chart"] => ({
  zoom: { enabled: !isByFinger(), type: "x", allowMouseWheelZoom: false, autoScaleYaxis: false },
  events: {
    zoomed(_chart, { xaxis }: { xaxis: { min?: number; max?: number } }) {
      if (xaxis.min !== undefined && xaxis.max !== undefined) onZoom({ from: xaxis.min, to: xaxis.max });
    },
  },
});

const isByFinger = () => typeof matchMedia === "function" && matchMedia("(pointer: coarse)").matches;
