/** What the forms call each argument of the API. Within a sentence the label stands in small letters. */

export const argumentLabels: Readonly<Record<string, string>> = {
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
  target: "Target",
  transform: "Learned as",
  features: "What the network sees",
  window: "Window",
  horizon: "Horizon",
  layers: "Layers",
  units: "Units",
  dropout: "Dropout",
  resetAfter: "Reset gate",
  epochs: "Epochs",
  batchSize: "Batch size",
  learningRate: "Learning rate",
  clipNorm: "Gradient clipping",
  weightDecay: "Weight decay",
  seed: "Seed",
  testBars: "Test bars",
  validationBars: "Validation bars",
  validateOnTest: "Validation on the test",
  scalerFit: "Scaler fitted on",
  engine: "Engine",
  priority: "Priority",
  idempotencyKey: "The form’s key",
  // Lists and charts.
  maxPoints: "Number of points",
  pageInfo: "Page",
};

/** The label of a path such as layers[1].units or columns.close; null for a path that no form has. */
export function labelOf(path: string): string | null {
  const steps = path.split(".");
  const [first = "", last = ""] = [steps[0], steps.at(-1)];
  const { name, index } = stepOf(first);
  if (name === "layers" && index !== null)
    return steps.length > 1 ? `${argumentLabels[last] ?? last} of layer ${index + 1}` : `Layer ${index + 1}`;
  if (name === "features" && index !== null) return `Field ${index + 1} that the network sees`;
  if ((name === "columns" || name === "columnPositions") && steps.length > 1)
    return `The column for ${argumentLabels[last]?.toLowerCase() ?? last}`;
  return argumentLabels[stepOf(last).name] ?? null;
}

function stepOf(step: string): { name: string; index: number | null } {
  const [, name = step, index] = /^(\w+)\[(\d+)\]$/.exec(step) ?? [];
  return { name, index: index === undefined ? null : Number(index) };
}
