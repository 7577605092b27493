/** What a bar of a price plot is in words and as rows of a file. Pure but for the page's language. */
import { barTime, compactCount, price, word } from "../../lib/format.ts";
import { t } from "../../lib/words/t.ts";
import type { PlotBar, PlotBars } from "./plot-bars.ts";

/** Each value with its name, as the legend and the table have them. */
export function barValues({
  open,
  high,
  low,
  close,
  volume,
}: PlotBar): readonly (readonly [string, string])[] {
  const values = [
    [word("OPEN"), price(open)],
    [word("HIGH"), price(high)],
    [word("LOW"), price(low)],
    [word("CLOSE"), price(close)],
  ] as const;
  return volume === null ? values : [...values, [word("VOLUME"), compactCount(volume)] as const];
}

/** "24 Apr 2020: open 2,812.6, high 2,842.7, …" */
export const spokenBar = (bar: PlotBar, timezone: string): string =>
  t("{time}: {values}", {
    time: barTime(bar.time, timezone),
    values: barValues(bar)
      .map(([name, value]) => `${name.toLowerCase()} ${value}`)
      .join(t(", ")),
  });

/** With times as the API has them, so that the file can be imported again. */
export const csvOf = ({ time, open, high, low, close, volume }: PlotBars): string =>
  [
    "time,open,high,low,close,volume",
    ...time.map((at, i) =>
      [new Date(at).toISOString(), open[i], high[i], low[i], close[i], volume[i] ?? ""].join(","),
    ),
    "",
  ].join("\n");
