/** Charts as drawings to take away, and what their lines say at a place. */
import { describe, expect, test } from "vitest";
import {
  acrossOf,
  readingInWords,
  readingsData,
  readingsOf,
} from "../../../web/features/compare/readings.ts";
import { svgPlot } from "../../../web/lib/svg-plot.ts";

const colours = { ink: "#111", grid: "#eee", surface: "#fff" };
const drawn = (pane: Partial<Parameters<typeof svgPlot>[0]["panes"][number]>, title = "Prices") =>
  svgPlot({
    ...{ title, count: 3, colours, font: "sans" },
    label: (place) => `bar ${place}`,
    panes: [{ share: 1, lines: [], mark: (value) => `${value} USD`, ...pane }],
  });
const line = (values: (number | null)[]) => ({ name: "Close", colour: "#00f", values });

describe("a drawing", () => {
  test("has a line from the left to the right, lowest at the bottom, with marks of both axes", () => {
    const svg = drawn({ lines: [line([1, 3, 2])] });
    expect(svg).toContain('d="M16 604L553 56L1090 330"');
    expect(svg).toContain(">1 USD<");
    expect(svg).toContain(">3 USD<");
    expect(svg).toContain(">bar 0<");
    expect(svg).toContain(">bar 2<");
  });

  test("leaves a gap where nothing is known", () => {
    expect(drawn({ lines: [line([1, null, 2])] })).toContain('d="M16 604M1090 56"');
  });

  test("fills a band between its ends", () => {
    const bands = [{ colour: "#f80", lower: [1, 1, null], upper: [3, 2, null] }];
    expect(drawn({ bands })).toContain('d="M16 56L553 330L553 604L16 604Z" fill="#f80"');
  });

  test("has candles that are hollow where the price rose and filled where it fell", () => {
    const candles = { open: [1, 3], high: [4, 4], low: [0, 0], close: [3, 1], up: "#0a0", down: "#a00" };
    const svg = drawn({ candles });
    expect(svg).toContain('stroke="#0a0" fill="none"');
    expect(svg).toContain('stroke="#a00" fill="#a00"');
  });

  test("holds names of people without taking them for its own signs, and one value in the middle", () => {
    const svg = drawn({ lines: [line([5, 5, 5])] }, 'S&P <"500">');
    expect(svg).toContain("<title>S&amp;P &lt;&quot;500&quot;&gt;</title>");
    expect(svg).toContain('d="M16 330L553 330L1090 330"');
  });

  test("of nothing is still a drawing", () => {
    expect(svgPlot({ title: "", count: 0, label: String, panes: [], colours, font: "" })).toMatch(
      /^<svg.*<\/svg>$/s,
    );
  });
});

describe("several lines", () => {
  const readings = readingsOf([
    {
      name: "slow",
      data: [
        [1, 0.5],
        [2, 0.4],
      ],
    },
    { name: "fast", data: [[2, 0.3]] },
  ]);
  const words = { place: (epoch: number) => `Epoch ${epoch}`, value: String };

  test("are read at each place that any of them has", () => {
    expect(readings.places).toEqual([1, 2]);
    expect([0, 1].map((place) => readingInWords(readings, place, words))).toEqual([
      "Epoch 1: slow 0.5.",
      "Epoch 2: slow 0.4, fast 0.3.",
    ]);
    expect(readingInWords(readings, 2, words)).toBe("There is nothing to read yet.");
  });

  test("are a table with a column each", () => {
    const data = readingsData(readings, "Epoch", { place: (epoch) => epoch, value: (loss) => loss });
    expect(data).toEqual({
      columns: ["Epoch", "slow", "fast"],
      rows: [
        [1, 0.5, null],
        [2, 0.4, 0.3],
      ],
    });
  });

  test("stand across their axis", () => {
    expect([0, 1, 2].map((place) => acrossOf([10, 15, 20], place))).toEqual([0, 0.5, 1]);
    expect(acrossOf([10], 0)).toBeNull();
  });
});
