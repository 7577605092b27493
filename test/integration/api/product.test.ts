/** The API with its real services and database, and a worker: what a foreign client written against the contract sees. */
import { readFileSync } from "node:fs";
import { buildSchema } from "graphql";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestApi, take } from "../../support/api.ts";
import { everyFieldOf } from "../../support/every-field.ts";
import { startTestProduct, type TestProduct } from "../../support/test-product.ts";

const fileOf = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8");
const contract = buildSchema(fileOf("test/fixtures/contract.graphql"));
const sample = fileOf("prisma/sample-data/sp500-2000.csv");

let product: TestProduct;
let api: TestApi;
beforeAll(async () => {
  product = await startTestProduct();
  api = product.api;
});
afterAll(() => product.close());

const importing = `mutation ($input: ImportPriceSeriesInput!) {
  importPriceSeries(input: $input) ${everyFieldOf(contract.getType("ImportPriceSeriesPayload"))}
}`;
interface Imported {
  importPriceSeries: { priceSeries: { id: string; contentHash: string } };
}
const starting =
  "mutation ($input: StartTrainingInput!) { startTraining(input: $input) { run { id status } } }";
interface Started {
  startTraining: { run: { id: string } };
}
const small = {
  window: 8,
  layers: [{ units: 6 }],
  epochs: 3,
  batchSize: 64,
  testBars: 20,
  validationBars: 20,
};
const following = `subscription ($runId: ID!, $after: Int) {
  trainingEvents(runId: $runId, after: $after) {
    __typename sequence ... on RunStatusChanged { status } ... on EpochCompleted { epoch { epoch trainLoss } }
  }
}`;
interface Told {
  trainingEvents: { __typename: string; sequence: number; status?: string };
}

const start = async (input: Record<string, unknown> = {}): Promise<string> => {
  const { data, errors } = await api.ask(starting, {
    input: { priceSeriesId: product.seriesId, ...small, ...input },
  });
  expect(errors).toEqual([]);
  return (data as Started).startTraining.run.id;
};
const follow = (runId: string, count?: number) =>
  take(api.subscribe(following, { runId }), count) as Promise<Told[]>;

test("the sample series is imported in one request, and importing it again changes nothing", async () => {
  const input = {
    symbol: "SP500",
    name: "S&P 500",
    currency: "USD",
    timezone: "America/New_York",
    csv: sample,
  };
  const first = await api.ask(importing, { input });
  expect(first).toMatchObject({
    errors: [],
    data: {
      importPriceSeries: {
        priceSeries: { symbol: "SP500", barCount: 5105 },
        report: { rowsRead: 5105, rowsAdded: 5105, rowsRejected: 0, problems: [] },
      },
    },
  });
  const again = await api.ask(importing, { input });
  expect(again.data).toMatchObject({ importPriceSeries: { report: { rowsAdded: 0, rowsUnchanged: 5105 } } });
  const hashes = [first, again].map(
    ({ data }) => (data as Imported).importPriceSeries.priceSeries.contentHash,
  );
  expect(hashes[0]).toBe(hashes[1]);
});

test("a chart keeps the highest and the lowest price however few points it may have", async () => {
  const { data } = await api.ask(
    `{ priceSeries(symbol: "SP500") { all: chart(maxPoints: 6000) { high low } few: chart(maxPoints: 50) { time high low } } }`,
  );
  type Columns = { high: number[]; low: number[] };
  const { all, few } = (data as { priceSeries: Record<"all" | "few", Columns> }).priceSeries;
  expect(all.high).toHaveLength(5105);
  expect(few.high.length).toBeLessThanOrEqual(50);
  expect(Math.max(...few.high)).toBe(Math.max(...all.high));
  expect(Math.min(...few.low)).toBe(Math.min(...all.low));
});

test("pages of bars follow one another without a gap, within the times asked for", async () => {
  const query = `query ($after: String) { priceSeries(symbol: "SP500") {
    bars(first: 3, after: $after, from: "2008-09-15T00:00:00-04:00", to: "2008-09-19T23:59:59-04:00") {
      totalCount pageInfo { hasNextPage endCursor } edges { node { time } }
    }
  } }`;
  type Bars = {
    totalCount: number;
    pageInfo: { hasNextPage: boolean; endCursor: string };
    edges: { node: { time: string } }[];
  };
  const page = async (after: string | null) =>
    ((await api.ask(query, { after })).data as { priceSeries: { bars: Bars } }).priceSeries.bars;
  const first = await page(null);
  const second = await page(first.pageInfo.endCursor);
  expect([first.totalCount, first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([
    5,
    true,
    false,
  ]);
  const days = [...first.edges, ...second.edges].map(({ node }) => new Date(node.time).getUTCDate());
  expect(days).toEqual([15, 16, 17, 18, 19]);
});

test("a training is followed from its first event to its scores, which stand beside the naive forecast's", async () => {
  const heardOf = take(api.subscribe("subscription { runChanges { id status epoch } }"), 1);
  const id = await start({ name: "followed" });
  const events = (await follow(id)).map(({ trainingEvents }) => trainingEvents);
  expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1));
  expect(events.filter(({ __typename }) => __typename === "EpochCompleted")).toHaveLength(3);
  const statuses = events.flatMap(({ status }) => status ?? []);
  expect(statuses).toEqual(["QUEUED", "RUNNING", "SUCCEEDED"]);
  expect(await heardOf).toMatchObject([{ runChanges: { id } }]);
  const last = events.at(-1)?.sequence ?? 0;
  const rest = (await take(api.subscribe(following, { runId: id, after: last - 2 }))) as Told[];
  expect(rest.map(({ trainingEvents }) => trainingEvents.sequence)).toEqual([last - 1, last]);

  const { data } = await api.ask(
    `query ($id: ID!) { run(id: $id) {
      status epoch bestEpoch epochs { epoch } stepScores { split step skill model { mase } } scores { split count skill model { mae } naive { mae directionalAccuracy } }
      predictions { time actual predicted naive lower upper } few: predictions(split: TRAIN, maxPoints: 10) { time }
      none: predictions(split: VALIDATION, maxPoints: null, step: null) { time }
    } }`,
    { id },
  );
  const scored = { count: 20, skill: expect.any(Number), model: { mae: expect.any(Number) } };
  const naive = { mae: expect.any(Number), directionalAccuracy: null };
  expect(data).toMatchObject({
    run: { status: "SUCCEEDED", epoch: 3, epochs: [{ epoch: 1 }, { epoch: 2 }, { epoch: 3 }] },
  });
  type Columns = Record<"time" | "actual" | "predicted" | "naive" | "lower" | "upper", unknown[]>;
  // Of one step all scores are those of its only step.
  const { scores, stepScores } = (data as { run: Record<"scores" | "stepScores", object[]> }).run;
  expect(stepScores).toMatchObject(
    scores.map((each) => {
      const { split, skill } = each as { split: string; skill: number };
      return { split, skill, step: 1, model: { mase: expect.any(Number) } };
    }),
  );
  const { run } = data as { run: { scores: unknown[]; predictions: Columns; few: Columns; none: Columns } };
  expect(run.scores.at(-1)).toMatchObject({ split: "TEST", naive, ...scored });
  expect(Object.values(run.predictions).map((column) => column.length)).toEqual(Array(6).fill(20));
  expect([run.few.time.length <= 10, run.none.time.length]).toEqual([true, 20]);
});

test("a run that has ended is opened by one query, and nothing is left to follow", async () => {
  const id = await start({ name: "opened" });
  const events = (await follow(id)).map(({ trainingEvents }) => trainingEvents);
  const { data } = await api.ask(
    `query ($id: ID!) { run(id: $id) {
      status lastSequence epochs(maxPoints: 2) { epoch } log { sequence __typename } newest: log(last: 1) { sequence }
      older: log(last: 1, before: 3) { sequence ... on RunStatusChanged { status } }
    } }`,
    { id },
  );
  const last = events.length;
  const lines = events.filter(({ __typename }) => __typename !== "EpochCompleted");
  expect(data).toEqual({
    run: {
      status: "SUCCEEDED",
      lastSequence: last,
      epochs: [{ epoch: 1 }, { epoch: 3 }],
      log: lines.map(({ sequence, __typename }) => ({ sequence, __typename })),
      newest: [{ sequence: last }],
      older: [{ sequence: 2, status: "RUNNING" }],
    },
  });
  for await (const told of api.subscribe(following, { runId: id, after: last })) expect(told).toBeNull();
});

test("a running training is cancelled, and says so to whoever follows it", async () => {
  const training = new Promise<void>((resolve) => {
    // Holds the epoch until the signal comes, as a long batch would.
    product.worker.engine.beforeBatch = (_epoch, _batch, signal) => {
      resolve();
      return new Promise<void>((go) => signal?.addEventListener("abort", () => go(), { once: true }));
    };
  });
  const id = await start();
  const told = follow(id);
  await training;
  const busy = await api.ask("{ workers { status currentRun { id } } }");
  expect(busy.data).toEqual({ workers: [{ status: "BUSY", currentRun: { id } }] });
  const { errors } = await api.ask(
    "mutation ($id: ID!) { cancelTraining(runId: $id) { run { cancelRequested } } }",
    { id },
  );
  expect(errors).toEqual([]);
  expect((await told).at(-1)).toMatchObject({ trainingEvents: { status: "CANCELLED" } });
  product.worker.engine.beforeBatch = () => undefined;
});

test.each([
  ["are kept with the run, which trains with them", { clipNorm: 0.5, weightDecay: 0.01 }, [0.5, 0.01]],
  ["are none where nobody asked for them", { clipNorm: null, weightDecay: 0 }, [undefined, undefined]],
])("clipping and weight decay %s", async (_, config, trainedWith) => {
  const id = await start(config.clipNorm === null ? {} : config);
  await follow(id);
  const query = "query ($id: ID!) { run(id: $id) { status config { clipNorm weightDecay } } }";
  expect((await api.ask(query, { id })).data).toEqual({ run: { status: "SUCCEEDED", config } });
  const { clipNorm, weightDecay } = product.worker.engine.models.at(-1)!.options;
  expect([clipNorm, weightDecay]).toEqual(trainedWith);
});

test("a repeated request with its key starts nothing new, and another request with that key is a conflict", async () => {
  const first = await start({ idempotencyKey: "once" });
  expect(await start({ idempotencyKey: "once" })).toBe(first);
  const input = { priceSeriesId: product.seriesId, ...small, epochs: 4, idempotencyKey: "once" };
  const { errors } = await api.ask(starting, { input });
  expect(errors[0]?.extensions).toEqual({ code: "CONFLICT" });
  await follow(first);
});

test.each([
  ["a window longer than the series", { window: 200 }, "window"],
  ["no units", { layers: [{ units: 0 }] }, "layers[0].units"],
  ["endless epochs", { epochs: 100_000 }, "epochs"],
  ["the same feature twice", { features: ["CLOSE", "CLOSE"] }, "features[1]"],
  ["a learning rate of none", { learningRate: 0 }, "learningRate"],
  ["a clipping norm of none", { clipNorm: 0 }, "clipNorm"],
  ["a weight decay that turns the weights' sign", { learningRate: 0.1, weightDecay: 11 }, "weightDecay"],
])("%s is refused before anything is queued", async (_, wrong, field) => {
  const input = { priceSeriesId: product.seriesId, ...small, ...wrong };
  const { errors } = await api.ask(starting, { input });
  expect(errors[0]?.extensions).toEqual({ code: "BAD_USER_INPUT", field });
});

test.each([
  ["runs", `{ runs(after: "!") { totalCount } }`],
  ["series", `{ allPriceSeries(after: "") { totalCount } }`],
  ["bars", `{ priceSeries(symbol: "WALK") { bars(after: "bm90IGEgdGltZQ") { totalCount } } }`],
])("a forged cursor of %s is refused", async (_, query) => {
  const { errors } = await api.ask(query);
  expect(errors[0]?.extensions).toEqual({ code: "BAD_USER_INPUT", field: "after" });
});
