/** How a price plot looks and what a hand may do with it. Pure. */
import type { ChartTheme } from "../../lib/chart-theme.ts";
import { axisPrice, compactCount } from "../../lib/format.ts";
import type { Language } from "../../lib/words/language.ts";

export type PriceLook = "line" | "candles";
export type UpColour = "green" | "red";

/**
 * By the reader's choice, and until there is one by the language of the page: Chinese exchanges paint what rises red.
 * @param kept what the browser keeps of a choice
 */
export const upColourOf = (kept: string | null, spoken: Language): UpColour =>
  kept === "green" || kept === "red" ? kept : spoken === "zh" ? "red" : "green";

export const plotOptions = (theme: ChartTheme) => ({
  autoSize: true,
  layout: {
    background: { color: "transparent" },
    textColor: theme.inkSoft,
    fontFamily: theme.font,
    fontSize: 12,
    attributionLogo: true,
    panes: { separatorColor: theme.grid, enableResize: false },
  },
  grid: { vertLines: { color: theme.grid }, horzLines: { color: theme.grid } },
  rightPriceScale: { borderColor: theme.line },
  timeScale: {
    ...{ borderColor: theme.line, timeVisible: true, secondsVisible: false, minBarSpacing: 0.02 },
    ...{ fixLeftEdge: true, fixRightEdge: true, tickMarkMaxCharacterLength: 9 },
    lockVisibleTimeRangeOnResize: true,
  },
  crosshair: {
    mode: 0,
    vertLine: { color: theme.inkSoft, labelBackgroundColor: theme.ink },
    horzLine: { color: theme.inkSoft, labelBackgroundColor: theme.ink },
  },
  // A finger that moves up or down scrolls the page, wherever it is: D1 of the old chart.
  handleScroll: { mouseWheel: true, pressedMouseMove: true, horzTouchDrag: true, vertTouchDrag: false },
  handleScale: {
    ...{ mouseWheel: true, pinch: true, axisDoubleClickReset: false },
    axisPressedMouseMove: { time: true, price: false },
  },
  kineticScroll: { touch: true, mouse: false },
});

export const lineOptions = (theme: ChartTheme) => ({
  ...{ color: theme.train, lineWidth: 2 as const, priceLineVisible: false, lastValueVisible: true },
  ...{ crosshairMarkerBorderColor: theme.train, priceFormat: priceFormat(axisPrice) },
});

/** Without what a hand may do: told again, a scale's least spacing would take back the range that was just set. */
export function plotColours(theme: ChartTheme) {
  const { layout, grid, crosshair, rightPriceScale } = plotOptions(theme);
  return { layout, grid, crosshair, rightPriceScale, timeScale: { borderColor: theme.line } };
}

/** Hollow where the price rose and filled where it fell, so that they differ without colour, too. */
export function candleOptions(theme: ChartTheme, upColour: UpColour) {
  const [up, down] = upColour === "green" ? [theme.up, theme.down] : [theme.down, theme.up];
  return {
    ...{ upColor: "transparent", downColor: down, borderUpColor: up, borderDownColor: down },
    ...{ wickUpColor: up, wickDownColor: down },
    ...{ priceLineVisible: false, lastValueVisible: false },
    priceFormat: priceFormat(axisPrice),
  };
}

export const volumeOptions = (theme: ChartTheme) => ({
  ...{ color: theme.naive, priceLineVisible: false, lastValueVisible: false },
  priceFormat: priceFormat(compactCount),
});

const priceFormat = (formatter: (value: number) => string) =>
  ({ type: "custom", formatter, minMove: 1e-8 }) as const;
