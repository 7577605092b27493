/** The design's colours can be read, by day and by night (WCAG 2.2: 4.5:1 for text, 3:1 for lines of charts). */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const css = readFileSync(join(import.meta.dirname, "../../../web/app/styles/tokens.css"), "utf8");
const [light = "", dark = ""] = css.split(':root[data-theme="dark"]');

const colorsOf = (block: string) =>
  new Map([...block.matchAll(/(--[\w-]+): (#[0-9a-f]{6});/gi)].map(([, name, color]) => [name!, color!]));
const themes = { light: colorsOf(light), dark: new Map([...colorsOf(light), ...colorsOf(dark)]) };

/** Relative luminance of an sRGB colour, 0..1 (WCAG 2.2). */
function luminance(color: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function contrast(a: string, b: string): number {
  const [darker, lighter] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (lighter! + 0.05) / (darker! + 0.05);
}

const texts: [ink: string, on: string[]][] = [
  [
    "--ink",
    [
      "--page",
      "--surface",
      "--surface-sunken",
      "--surface-raised",
      "--chosen",
      "--good-wash",
      "--bad-wash",
      "--caution-wash",
    ],
  ],
  ["--ink-soft", ["--page", "--surface", "--surface-sunken", "--neutral-wash"]],
  ["--ink-faint", ["--surface", "--surface-sunken"]],
  ["--accent", ["--surface", "--accent-wash"]],
  ["--accent-ink", ["--accent", "--accent-hover"]],
  ["--good", ["--surface", "--good-wash"]],
  ["--bad", ["--surface", "--bad-wash"]],
  ["--caution", ["--surface", "--caution-wash"]],
];
const lines = [
  "--chart-real",
  "--chart-model",
  "--chart-naive",
  "--chart-train",
  "--chart-validation",
  "--chart-up",
  "--chart-down",
  "--focus",
];

describe.each(Object.entries(themes))("in the %s", (_theme, colors) => {
  const colorOf = (name: string) => {
    const color = colors.get(name);
    if (!color) throw new Error(`tokens.css has no colour ${name}`);
    return color;
  };

  test.each(texts.flatMap(([ink, on]) => on.map((ground) => [ink, ground])))(
    "%s is read on %s",
    (ink, ground) => {
      expect(contrast(colorOf(ink!), colorOf(ground!))).toBeGreaterThanOrEqual(4.5);
    },
  );

  test.each(lines)("%s is seen on a card", (line) => {
    expect(contrast(colorOf(line), colorOf("--surface"))).toBeGreaterThanOrEqual(3);
  });
});
