/** The documents that the dashboard sends, each reckoned with the largest variables that it uses. */
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Kind, parse } from "graphql";
import { reckon } from "../../server/graphql/cost/cost.ts";
import { createSchema } from "../../server/graphql/schema.ts";

const web = resolve(import.meta.dirname, "../../web");

/** As many as a table may show at a time. */
const columns = Array.from({ length: 40 }, (_, at) => `column ${at}`);
/** The most that any page asks for: the longest list, an overlay that is looked at closely. */
const largest = { first: 500, maxPoints: 24_000, step: 1, id: "x", runId: "x", seriesId: "x", columns };
const ofOne: Record<string, object> = {
  KnownSeries: { symbol: "X" },
  StartTraining: { input: { priceSeriesId: "x" } },
  DeleteRuns: { ids: ["x"] },
  Leaderboard: { split: "TEST" },
  Predictions: { level: 0.95, whole: true, forecaster: "GRU", split: "TEST" },
  UpdateRuns: { ids: ["x"], input: {} },
  UnpinBaseline: { priceSeriesId: "x" },
  CancelTraining: { score: true },
  EpochsOfRange: { from: 1, to: 10_000 },
  Standings: { since: "2026-01-01T00:00:00Z" },
  SetPriority: { priority: 1 },
  UpdateSeries: { input: {} },
  Palette: { search: "x" },
  Forecast: { steps: 60, level: 0.95, forecaster: "GRU" },
  StartExperiment: { input: { plan: "SEEDS", training: { priceSeriesId: "x" } } },
  SeriesVersions: { first: 500 },
  RevertSeries: { toVersion: 1 },
  DeleteSeries: { withRuns: true },
  OlderLog: { before: 3 },
  TrainingPreview: { input: { priceSeriesId: "x" } },
  TrainingEvents: { after: 0 },
  BestOfRuns: { runIds: ["x", "y"] },
};

export function everyDashboardDocument() {
  const schema = createSchema();
  const text = ["entities", "features"]
    .flatMap((room) =>
      readdirSync(join(web, room), { recursive: true, encoding: "utf8" }).map((file) =>
        join(web, room, file),
      ),
    )
    .filter((file) => file.endsWith("documents.ts"))
    .map((file) => readFileSync(file, "utf8"))
    .flatMap((source) => [...source.matchAll(/graphql\(`([^`]*)`\)/g)].map(([, found]) => found))
    .join("\n");
  const document = parse(text);
  return document.definitions.flatMap((operation) => {
    if (operation.kind !== Kind.OPERATION_DEFINITION) return [];
    const name = operation.name?.value ?? "";
    const variables = { ...largest, ...ofOne[name] };
    return [{ name, ...reckon({ schema, document, operation, variables }) }];
  });
}
