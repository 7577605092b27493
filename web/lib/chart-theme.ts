/** The colours that charts draw with, as values: ApexCharts computes with them and cannot read CSS variables. */

export interface ChartTheme {
  readonly font: string;
  readonly ink: string;
  readonly inkSoft: string;
  readonly line: string;
  readonly grid: string;
  readonly accent: string;
  readonly real: string;
  readonly model: string;
  readonly band: string;
  readonly naive: string;
  readonly train: string;
  readonly validation: string;
  readonly up: string;
  readonly down: string;
}

const variables = {
  font: "--font",
  ink: "--ink",
  inkSoft: "--ink-soft",
  line: "--line-strong",
  grid: "--chart-grid",
  accent: "--accent",
  real: "--chart-real",
  model: "--chart-model",
  band: "--chart-band",
  naive: "--chart-naive",
  train: "--chart-train",
  validation: "--chart-validation",
  up: "--chart-up",
  down: "--chart-down",
} as const satisfies Record<keyof ChartTheme, string>;

export const readChartTheme = (read: (variable: string) => string): ChartTheme =>
  Object.fromEntries(
    Object.entries(variables).map(([name, variable]) => [name, read(variable).trim()]),
  ) as unknown as ChartTheme;
