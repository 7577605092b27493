/** What of a price plot is in view, as an SVG. Pure. */
import type { ChartTheme } from "../../lib/chart-theme.ts";
import { axisPrice, barTime, word } from "../../lib/format.ts";
import { svgPlot } from "../../lib/svg-plot.ts";
import type { Overlays } from "./overlays.ts";
import { type PlotBars, pointsOnBars } from "./plot-bars.ts";
import type { UpColour } from "./plot-style.ts";

interface Drawn {
  readonly title: string;
  readonly bars: PlotBars;
  readonly areCandles: boolean;
  readonly upColour: UpColour;
  readonly timezone: string;
  readonly theme: ChartTheme;
  readonly surface: string;
  readonly overlays: Overlays;
}

export function priceSvg(drawn: Drawn): string {
  const { title, bars, areCandles, upColour, timezone, theme, surface, overlays } = drawn;
  const { open, high, low, close } = bars;
  const [up, down] = upColour === "green" ? [theme.up, theme.down] : [theme.down, theme.up];
  const onBars = (points: readonly { readonly time: number; readonly value: number }[]) => {
    const values: (number | null)[] = bars.time.map(() => null);
    for (const { place, value } of pointsOnBars(bars.time, points)) values[place] = value;
    return values;
  };
  const laid = (overlays.lines ?? []).map(({ name, colour, isDashed, points }) => ({
    ...{ name, colour, values: joined(onBars(points)) },
    ...(isDashed && { dash: "6 4" }),
  }));
  const bands = (overlays.bands ?? []).map(({ colour, points }) => ({
    colour,
    lower: onBars(points.map(({ time, lower }) => ({ time, value: lower }))),
    upper: onBars(points.map(({ time, upper }) => ({ time, value: upper }))),
  }));
  const closes = areCandles ? [] : [{ name: word("CLOSE"), colour: theme.train, values: close }];
  return svgPlot({
    ...{ title, count: bars.time.length, font: theme.font },
    label: (place) => barTime(bars.time[place]!, timezone),
    colours: { ink: theme.inkSoft, grid: theme.grid, surface },
    panes: [
      {
        ...{ share: 1, lines: [...closes, ...laid], bands, mark: axisPrice },
        candles: areCandles ? { open, high, low, close, up, down } : null,
      },
    ],
  });
}

/** Points of a line that stand on some bars only are joined over those between them. */
function joined(values: readonly (number | null)[]): (number | null)[] {
  const result = [...values];
  let before = -1;
  values.forEach((value, place) => {
    if (value === null) return;
    const from = before < 0 ? null : values[before]!;
    if (from !== null)
      for (let at = before + 1; at < place; at++)
        result[at] = from + ((value - from) * (at - before)) / (place - before);
    before = place;
  });
  return result;
}
