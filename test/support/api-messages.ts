/** Real messages of the API: all refusals and warnings that it can give to the import and to a new run. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { buildSchema, coerceInputValue, type GraphQLError, isInputObjectType } from "graphql";
import type { CsvOptions } from "../../server/csv/options.ts";
import { readCsvBars } from "../../server/csv/read-bars.ts";
import { readCsvHere } from "../../server/csv/read-file.ts";
import { seriesIdentity } from "../../server/domain/series-identity.ts";
import { parseTrainingConfig } from "../../server/recipe/parse-request.ts";
import type { TrainingRequest } from "../../server/recipe/training-config.ts";
import { importPriceSeries } from "../../server/services/import-price-series.ts";

const root = join(import.meta.dirname, "../..");
const schema = buildSchema(readFileSync(join(root, "server/schema.graphql"), "utf8"));
const inputs = Object.values(schema.getTypeMap())
  .filter(isInputObjectType)
  .filter(({ name }) =>
    /^(ImportPriceSeries|Column\w+|StartTraining|\w*Layer)\w*Input$|^GruLayer/.test(name),
  );
export const argumentNames = inputs.flatMap((type) => Object.keys(type.getFields()));

/** What an attempt says when it is refused, or in its report. */
async function messagesOf(attempt: () => unknown): Promise<string[]> {
  try {
    const read = (await attempt()) as Partial<{
      problems: readonly { message: string }[];
      warnings: readonly string[];
    }>;
    return [...(read.problems ?? []).map(({ message }) => message), ...(read.warnings ?? [])];
  } catch (error) {
    return [(error as Error).message];
  }
}

const facts = {
  barCount: 500,
  fields: {
    OPEN: { missing: 0, notPositive: 0 },
    HIGH: { missing: 3, notPositive: 0 },
    LOW: { missing: 0, notPositive: 2 },
    CLOSE: { missing: 0, notPositive: 0 },
    ADJUSTED_CLOSE: { missing: 500, notPositive: 0 },
    VOLUME: { missing: 500, notPositive: 0 },
  },
  news: () => ({ seenLowest: 1, seenHighest: 2, unseen: 300 }),
};
const wrongTrainings = [
  ...["window", "horizon", "epochs", "batchSize", "learningRate", "clipNorm", "weightDecay", "seed"].flatMap(
    (field) => [-1, 0, 1.5, 1e9, "many"].map((value) => ({ [field]: value })),
  ),
  ...["testBars", "validationBars"].flatMap((field) =>
    [-1, 1.5, 499, 1e9].map((value) => ({ [field]: value })),
  ),
  ...["target", "transform", "scalerFit", "resetAfter", "validateOnTest"].map((field) => ({
    [field]: "ELSE",
  })),
  { features: [] },
  { features: ["CLOSE", "CLOSE"] },
  { features: ["CLOSE", "VOLUME"] },
  { features: ["HIGH"] },
  { target: "ADJUSTED_CLOSE" },
  { target: "LOW", transform: "LOG_RETURN" },
  { layers: [] },
  { layers: [{ units: 0 }, { units: 4 }] },
  { layers: [{ units: 8 }, { units: 8, dropout: 1 }] },
  { learningRate: 1, weightDecay: 2 },
  { validateOnTest: true, testBars: 0 },
  { validateOnTest: true, validationBars: 100 },
  { testBars: 2, horizon: 5 },
  { testBars: 100, scalerFit: "EACH_SPLIT", validationBars: 60 },
  { window: 512, testBars: 20 },
  { scalerFit: "EACH_SPLIT", testBars: 200, validationBars: 100 },
  { validateOnTest: true },
  { testBars: 0, validationBars: 0, target: "CLOSE", features: ["OPEN"], batchSize: 4096 },
] as unknown as TrainingRequest[];

const header = "Date,Open,High,Low,Close";
const csvOf = (...rows: string[]) => [header, ...rows].join("\n");
const good = "2020-01-02,1,2,0.5,1.5";
const wrongFiles: readonly (readonly [csv: string, options?: Partial<CsvOptions>])[] = [
  [""],
  [header],
  ["\0"],
  ["x".repeat(20_000)],
  [`${header},Volume\n"2020`],
  [csvOf("04/05/2020,1,2,0.5,1.5")],
  [csvOf("24.04.2020 9:30,1,2,0.5,1.5", good, "25.04.2020 9:30,1,2,0.5,1.5")],
  [csvOf("24.04.2020,1,2,0.5,1.5", "04.24.2020,1,2,0.5,1.5")],
  [csvOf("never,1,2,0.5,1.5")],
  [csvOf("2020-02-30,1,2,0.5,1.5")],
  [csvOf("0201-01-01,1,2,0.5,1.5")],
  [csvOf("2020-01-02,1,2,0.5,x", "2020-01-03,,2,0.5,1", "2020-01-04,1,2", "2020-01-05,1,2,0.5,1,9")],
  [csvOf(good, good, "2020-01-03,0,0,0,0", "2020-01-04,1,0.5,2,1", "2020-01-05,3,2,1,1.5")],
  [csvOf("1577923200,1,2,0.5,1.5")],
  [csvOf(good), { timezone: "Mars/Base" }],
  [csvOf(good), { timezone: "" }],
  ...["dd", "", "yMdMd", "yyyy-MM-dd'", "yyyyMdq", "yyyyMMddHHmmssa"].map(
    (dateFormat) => [csvOf(good), { dateFormat }] as const,
  ),
  [csvOf("24/04/2020,1,2,0.5,1.5"), { dateFormat: "M/d/yyyy" }],
  ...["time", "open", "high", "low", "close", "adjustedClose", "volume"].flatMap((column) =>
    ["Nowhere", ""].map((name) => [csvOf(good), { columns: { [column]: name } }] as const),
  ),
  [csvOf(good), { headerLine: 0 }],
  [csvOf(good), { headerLine: 9 }],
  [csvOf(good), { columnPositions: { time: 1, open: 2, high: 3, low: 4, close: 9 } }],
  [csvOf(good), { columnPositions: { time: 1, open: 2, high: 3, low: 4, close: 5 }, headerLine: 1 }],
  [
    csvOf(good),
    { columnPositions: { time: 1, open: 2, high: 3, low: 4, close: 5 }, columns: { close: "Close" } },
  ],
  [csvOf(good), { instrument: "ABC" }],
  ["Date,Close,Close\n2020-01-02,1,2"],
  ["2020-01-02,1,2,0.5,1.5\n2020-01-03,1,2,0.5,1.5"],
  ["Date,Price\n2020-01-02,1"],
  ["a".repeat(50_000_001)],
];
const wrongNames = [
  { symbol: "" },
  { symbol: "a b\nc" },
  { symbol: "X", currency: "Dollars" },
  { symbol: "X", name: "n".repeat(300) },
  { symbol: "X", name: "a\u202eb" },
  { symbol: "X", timezone: "z".repeat(300) },
];
const cases = join(root, "test/fixtures/cases");

/** Each once. It takes some seconds. */
export async function apiMessages(): Promise<string[]> {
  const parts = await Promise.all([
    ...wrongTrainings.map((request) => messagesOf(() => parseTrainingConfig(request, facts))),
    ...wrongFiles.map(([csv, options]) =>
      messagesOf(() => readCsvBars(csv, { timezone: "UTC", ...options })),
    ),
    ...readdirSync(cases).map((file) =>
      messagesOf(() => readCsvBars(readFileSync(join(cases, file), "utf8"), { timezone: "UTC" })),
    ),
    ...wrongNames.map((names) => messagesOf(() => seriesIdentity(names))),
    ...["UTC", null].map((timezone) => messagesOf(() => importTo("America/New_York", timezone))),
    ...inputs.map((type) => wrongKinds(type.name)),
  ]);
  return [...new Set(parts.flat())];
}

/** Plain dates to a series that is kept in a zone. */
async function importTo(zone: string, timezone: string | null) {
  const stored = { symbol: "ABC", timezone: zone };
  const importing = importPriceSeries({
    priceSeries: {
      findBySymbol: async () => stored,
      merge: async () => ({ series: stored, added: 1, updated: 0, unchanged: 0, review: null }),
    } as never,
    readCsv: readCsvHere,
  });
  return (await importing({ symbol: "ABC", csv: csvOf(good), timezone, dryRun: true })).report;
}

/** What GraphQL says of values that are of no field's kind, as it comes with a variable. */
async function wrongKinds(typeName: string): Promise<string[]> {
  const type = schema.getType(typeName);
  if (!isInputObjectType(type)) throw new Error(`expected an input type, got ${typeName}`);
  const found: string[] = [];
  const value = {
    ...Object.fromEntries(Object.keys(type.getFields()).map((field) => [field, { a: 1 }])),
    elseWhat: 1,
  };
  coerceInputValue(value, type, (path, invalid, error: GraphQLError) => {
    found.push(
      `Variable "$input" got invalid value ${JSON.stringify(invalid)} at "input.${path.join(".")}"; ${error.message}`,
    );
  });
  return found;
}
