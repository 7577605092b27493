/**
 * What the forms call each argument of the API. Within a sentence the label stands in small letters. Labels of
 * hyperparameters come from the API, with the form that shows them, and are in Chinese among its sentences (words/zh/api/).
 */
import { said } from "./words/said.ts";

export type Labels = Readonly<Record<string, string>>;

const english: Labels = {
  // The import.
  csv: "The file",
  symbol: "Symbol",
  name: "Name",
  currency: "Currency",
  timezone: "Time zone",
  columns: "Columns",
  columnPositions: "Columns",
  headerLine: "The header’s line",
  instrument: "Instrument",
  dateFormat: "Dates are written as",
  dryRun: "The check",
  time: "Date",
  clock: "Time of day",
  open: "Open",
  high: "High",
  low: "Low",
  close: "Close",
  adjustedClose: "Adjusted close",
  volume: "Volume",
  // A new run.
  priceSeriesId: "Price series",
  preset: "Beginning",
  engine: "Engine",
  priority: "Priority",
  idempotencyKey: "The form’s key",
  // Lists and charts.
  maxPoints: "Number of points",
  pageInfo: "Page",
};

/** In the page's language. */
export const argumentLabels = (): Labels =>
  Object.fromEntries(Object.entries(english).map(([name, label]) => [name, said(label)]));

/** The label of a path such as layers[1].units or columns.close; null for a path that no form has. */
export function labelOf(path: string, labels: Labels = argumentLabels()): string | null {
  const steps = path.split(".");
  const [first = "", last = ""] = [steps[0], steps.at(-1)];
  const { name, index } = stepOf(first);
  if (name === "layers" && index !== null)
    return said(steps.length > 1 ? `${labels[last] ?? last} of layer ${index + 1}` : `Layer ${index + 1}`);
  if (name === "features" && index !== null) return said(`Field ${index + 1} that the network sees`);
  if ((name === "columns" || name === "columnPositions") && steps.length > 1)
    return said(`The column for ${labels[last]?.toLowerCase() ?? last}`);
  return labels[stepOf(last).name] ?? null;
}

function stepOf(step: string): { name: string; index: number | null } {
  const [, name = step, index] = /^(\w+)\[(\d+)\]$/.exec(step) ?? [];
  return { name, index: index === undefined ? null : Number(index) };
}
