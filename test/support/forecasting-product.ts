/** Real series of an exchange's days, networks that were really trained on them, and what the API says of both. */
import { afterAll, beforeAll, expect } from "vitest";
import { exchangeCalendars } from "../../server/calendar/exchange-calendars.ts";
import { dayOfText, dayText } from "../../server/calendar/zone-days.ts";
import { WasmEngine } from "../../server/engine/wasm/wasm-engine.ts";
import { garchBars } from "./daily-bars.ts";
import { startTestProduct, type TestProduct } from "./test-product.ts";

const { isSession } = exchangeCalendars.find(({ code }) => code === "XNYS")!;
const firstDay = dayOfText("2025-03-03");
export const sessions = Array.from({ length: 900 }, (_, i) => firstDay + i).filter(isSession);
export const bars = garchBars(sessions.length, 3);
/** Rows [from, to) of the same walk; `change` makes other closes of them. */
export function csvOf(
  from: number,
  to: number,
  change = (close: number, _bar: number) => close,
  hasVolume = true,
): string {
  const rows = Array.from({ length: to - from }, (_, i) => {
    const bar = from + i;
    const close = change(bars.close[bar]!, bar);
    const [high, low] = [Math.max(bars.high[bar]!, close), Math.min(bars.low[bar]!, close)];
    const cells = [dayText(sessions[bar]!), bars.open[bar]!, high, low, close];
    return (hasVolume ? [...cells, 1000 + (bar % 7)] : cells).join(",");
  });
  return `Date,Open,High,Low,Close${hasVolume ? ",Volume" : ""}\n${rows.join("\n")}\n`;
}
export const shownDays = (times: readonly string[]) =>
  times.map((time) => new Date(time).toLocaleDateString("sv", { timeZone: "America/New_York" }));

const recipe = {
  ...{ window: 8, horizon: 2, layers: [{ units: 6 }], epochs: 3, learningRate: 0.01, batchSize: 32 },
  ...{
    testBars: 60,
    validationBars: 30,
    transform: "LOG_RETURN",
    scaler: "STANDARD",
    features: ["CLOSE", "HIGH", "LOW"],
  },
};

const importing = `mutation ($input: ImportPriceSeriesInput!) {
  importPriceSeries(input: $input) { priceSeries { id version { number } } } }`;
const asking = `query ($id: ID!, $steps: Int, $level: Float, $forecaster: Forecaster) { run(id: $id) {
  forecast(steps: $steps, level: $level, forecaster: $forecaster) {
    time step predicted lower upper isBeyondHorizon level modelAgeBars isUnlikeTraining calendar forecaster forecasterName
    recent recentTime
    seriesVersion { number }
  } } }`;

interface Forecast {
  time: string[];
  step: number[];
  predicted: number[];
  lower: (number | null)[];
  upper: (number | null)[];
  isBeyondHorizon: boolean[];
  level: number;
  modelAgeBars: number;
  isUnlikeTraining: boolean;
  calendar: string;
  recent: number[];
  recentTime: string[];
  forecaster: string;
  forecasterName: string | null;
  seriesVersion: { number: number };
}

interface Scored {
  count: number;
  mae: number;
  naiveMae: number;
  coverage95: number | null;
  drift: string | null;
}

/** For a suite: started before its tests, closed after them. */
export function forecastingProduct() {
  let product: TestProduct;
  beforeAll(async () => {
    product = await startTestProduct(new WasmEngine({ threads: 1 }));
  });
  afterAll(() => product.close());

  async function data<T>(query: string, variables: Record<string, unknown> = {}): Promise<T> {
    const answer = await product.api.ask(query, variables);
    expect(answer.errors).toEqual([]);
    return answer.data as T;
  }

  async function importBars(symbol: string, csv: string): Promise<string> {
    const input = { symbol, timezone: "America/New_York", csv };
    type Imported = { importPriceSeries: { priceSeries: { id: string } } };
    return (await data<Imported>(importing, { input })).importPriceSeries.priceSeries.id;
  }

  async function train(priceSeriesId: string, input: Record<string, unknown> = {}): Promise<string> {
    type Started = { startTraining: { run: { id: string } } };
    const { startTraining } = await data<Started>(
      "mutation ($input: StartTrainingInput!) { startTraining(input: $input) { run { id } } }",
      { input: { priceSeriesId, ...recipe, ...input } },
    );
    const events = await product.backend.eventsOf(startTraining.run.id);
    expect(events.at(-1)?.body).toMatchObject({ status: "SUCCEEDED" });
    return startTraining.run.id;
  }

  const forecastOf = async (id: string, asked: Record<string, unknown> = {}) =>
    (await data<{ run: { forecast: Forecast | null } }>(asking, { id, steps: 1, ...asked })).run.forecast;
  const refusal = async (id: string, asked: Record<string, unknown>) =>
    (await product.api.ask(asking, { id, steps: 1, ...asked })).errors[0];

  const recordOf = async (id: string) =>
    (
      await data<{ run: { trackRecord: Scored | null } }>(
        "query ($id: ID!) { run(id: $id) { trackRecord { count mae naiveMae coverage95 drift } } }",
        { id },
      )
    ).run.trackRecord;
  const storedOf = (runId: string) =>
    product.backend.prisma.runForecast.findMany({
      where: { runId },
      orderBy: [{ anchorTime: "asc" }, { step: "asc" }],
    });
  return {
    get backend() {
      return product.backend;
    },
    data,
    importBars,
    train,
    forecastOf,
    refusal,
    recordOf,
    storedOf,
  };
}
