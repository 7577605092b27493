/** The two panes of the test as an SVG. Pure. */
import { axisPrice, barTime } from "../../lib/format.ts";
import { svgPlot } from "../../lib/svg-plot.ts";
import type { PanesData, PanesLook } from "./test-panes.ts";
import { errorOf, meansSoFar, naiveErrorOf, type Words } from "./test-points.ts";

interface Drawn {
  readonly title: string;
  readonly data: PanesData;
  readonly look: PanesLook;
  readonly words: Words;
  readonly surface: string;
}

export function testSvg({ title, data, look, words, surface }: Drawn): string {
  const { points, hasBand, errors } = data;
  const { theme, target, timezone } = look;
  const drawnErrors = (of: number[]) => (errors === "mean" ? meansSoFar(of) : of);
  const mark = target.mark ?? axisPrice;
  const lines = [
    { name: words.real, colour: theme.real },
    { name: words.predicted, colour: theme.model },
    { name: words.naive, colour: theme.ink, dash: "6 4" },
  ] as const;
  const [real, predicted, naive] = lines;
  const band = {
    colour: theme.band,
    lower: points.map(({ lower }) => lower),
    upper: points.map(({ upper }) => upper),
  };
  return svgPlot({
    ...{ title, count: points.length, font: theme.font },
    label: (place) => barTime(points[place]!.time, timezone),
    colours: { ink: theme.inkSoft, grid: theme.grid, surface },
    panes: [
      {
        ...{ share: 0.65, mark, bands: hasBand ? [band] : [] },
        lines: [
          { ...real, values: points.map(({ actual }) => actual) },
          { ...predicted, values: points.map((point) => point.predicted) },
          { ...naive, values: points.map((point) => point.naive) },
        ],
      },
      {
        ...{ share: 0.35, mark },
        lines: [
          { ...predicted, values: drawnErrors(points.map(errorOf)) },
          { ...naive, values: drawnErrors(points.map(naiveErrorOf)) },
        ],
      },
    ],
  });
}
