/** What an operation may ask for: reckoned before anything runs, over HTTP and WebSocket alike, and told with every answer. */
import { getIntrospectionQuery } from "graphql";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiError, startTestApi, type TestApi } from "../../support/api.ts";
import { everyDashboardDocument } from "../../support/dashboard-documents.ts";
import { createFakeServices, type FakeServices } from "../../support/fake-services.ts";

let services: FakeServices;
let api: TestApi;
let id: string;
let reads = 0;
beforeAll(async () => {
  services = createFakeServices();
  const counted =
    <Rest extends unknown[], Result>(read: (...rest: Rest) => Result) =>
    (...rest: Rest) => {
      reads++;
      return read(...rest);
    };
  api = await startTestApi({
    ...services,
    chartBars: counted(services.chartBars),
    startTraining: counted(services.startTraining),
    runs: { ...services.runs, list: counted(services.runs.list) },
  });
  id = services.givenSeries("SPX").id;
  services.givenRun({ seriesId: id, status: "RUNNING" });
});
afterAll(() => api.close());

type Cost = { requested: number; allowed: number };
type Told = { data: unknown; errors: readonly ApiError[]; extensions: { cost: Cost } };

async function overHttp(query: string, variables: object = {}): Promise<Told & { status: number }> {
  const response = await fetch(api.endpoint, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query, variables }),
  });
  const { data = null, errors = [], extensions } = (await response.json()) as Told;
  return { status: response.status, data, errors, extensions };
}

/** The first answer; a refusal comes without data. */
async function overWebSocket(query: string, variables: Record<string, unknown> = {}): Promise<Told> {
  try {
    for await (const { data, errors, extensions } of api.subscribe(query, variables))
      return { data, errors: (errors ?? []) as never, extensions: extensions as never };
  } catch (refused) {
    return { data: null, errors: refused as ApiError[], extensions: {} as never };
  }
  throw new Error("there was no answer");
}

const aliases = (count: number, field: string) =>
  Array.from({ length: count }, (_, i) => `a${i}: ${field}`).join(" ");
const allowed = 200_000;

const dear: [string, string, string][] = [
  [
    "a hundred charts",
    `{ priceSeries(symbol: "SPX") { ${aliases(100, "chart(maxPoints: 100000) { time close }")} } }`,
    "PriceSeries.chart may be asked for at most 4 times in one operation, got 100",
  ],
  [
    "a fifth chart",
    `{ priceSeries(symbol: "SPX") { ${aliases(5, "chart { close }")} } }`,
    "at most 4 times in one operation, got 5",
  ],
  [
    "charts by way of fragments",
    `{ a: priceSeries(symbol: "SPX") { ...F } b: priceSeries(symbol: "SPX") { ...F ... { ...F } } } fragment F on PriceSeries { ${aliases(2, "chart { close }")} }`,
    "got 6",
  ],
  [
    "three charts of the most points",
    `{ priceSeries(symbol: "SPX") { ${aliases(3, "chart(maxPoints: 100000) { close }")} } }`,
    "at most 200,000 points, got 300,000, most of them for PriceSeries.chart",
  ],
  [
    "a chart for each run of a list",
    `{ runs(first: 500) { edges { node { priceSeries { chart { close } } } } } }`,
    "PriceSeries.chart may not be asked for under RunConnection.edges, once for each entry",
  ],
  [
    "a chart for the only run of a list",
    `{ runs(first: 1) { edges { node { priceSeries { chart(maxPoints: 2) { close } } } } } }`,
    "under RunConnection.edges",
  ],
  [
    "bars for each series of a list",
    `{ allPriceSeries { edges { node { bars(first: 1) { totalCount } } } } }`,
    "PriceSeries.bars may not be asked for under PriceSeriesConnection.edges",
  ],
  [
    "epochs of what each worker trains",
    `{ workers { currentRun { epochs { trainLoss } } } }`,
    "Run.epochs may not be asked for under Query.workers",
  ],
  [
    "a list's values by a thousand aliases",
    `{ runs(first: 500) { edges { node { ${aliases(1500, "epoch")} } } } }`,
    "200,000 points",
  ],
  [
    "the schema a hundred times",
    `{ ${aliases(100, "__schema { types { name } }")} }`,
    "most of them for Query.__schema",
  ],
  [
    "a schema that unfolds",
    `{ __schema { types { ${aliases(40, "fields { type { fields { args { type { name } } } } }")} } } }`,
    "200,000 points",
  ],
  [
    "more reads than a page has parts",
    `{ ${aliases(101, "runs(first: 1) { totalCount }")} }`,
    "at most 100 fields of Query, got 101",
  ],
];

test.each(dear)("%s: refused before anything is read, over HTTP", async (_, query, said) => {
  reads = 0;
  const began = performance.now();
  const { status, data, errors, extensions } = await overHttp(query);
  expect(performance.now() - began).toBeLessThan(1_000);
  expect({ status, data, reads }).toEqual({ status: 400, data: null, reads: 0 });
  expect(errors[0]).toMatchObject({ extensions: { code: "LIMIT_EXCEEDED", cost: { allowed } } });
  expect(errors[0]?.message).toContain(said);
  expect(extensions.cost.allowed).toBe(allowed);
});

test.each(dear)("%s: refused with the same words over a WebSocket", async (_, query, said) => {
  reads = 0;
  const { errors } = await overWebSocket(query);
  expect(reads).toBe(0);
  expect(errors[0]).toMatchObject({ extensions: { code: "LIMIT_EXCEEDED", cost: { allowed } } });
  expect(errors[0]?.message).toContain(said);
});

test("fragments that double each other thirty times are refused in no time, over both transports", async () => {
  const doubling = Array.from(
    { length: 30 },
    (_, i) => `fragment F${i} on PriceSeries { ...F${i + 1} ...F${i + 1} }`,
  );
  const query = `{ priceSeries(symbol: "SPX") { ...F0 } } ${doubling.join(" ")} fragment F30 on PriceSeries { id }`;
  const began = performance.now();
  expect((await overHttp(query)).errors[0]?.extensions.code).toBe("GRAPHQL_VALIDATION_FAILED"); // Apollo's own rule
  const [refusal] = (await overWebSocket(query)).errors;
  expect(performance.now() - began).toBeLessThan(1_000);
  expect(refusal?.extensions.code).toBe("LIMIT_EXCEEDED");
  expect(refusal?.message).toContain("at most 10,000 fields and fragments");
});

test("the epochs of a run cost the points that are asked for, and all of them what the longest run has", async () => {
  const runId = services.givenRun({ seriesId: id }).id;
  const costOf = async (fields: string) =>
    (await overHttp(`{ run(id: "${runId}") { ${fields} } }`)).extensions.cost.requested;
  expect(await costOf("epochs(maxPoints: 500) { trainLoss }")).toBe(500);
  expect(await costOf("epochs { trainLoss }")).toBe(10_000);
  // 20 lines, each with one value.
  expect(await costOf("log(last: 20) { sequence }")).toBe(30);
});

test("a heavy field at each event of a subscription is refused", async () => {
  for (const field of ["priceSeries { chart { close } }", "epochs { trainLoss }", "...F"]) {
    const query = `subscription { runChanges { ${field} } } fragment F on Run { predictions { time } }`;
    const { errors } = await overWebSocket(field === "...F" ? query : (query.split("fragment")[0] as string));
    expect(errors[0]?.extensions.code).toBe("LIMIT_EXCEEDED");
    expect(errors[0]?.message).toContain("under Subscription.runChanges, once for each event");
  }
});

test("eleven mutations in one operation are refused, and not one of them is done", async () => {
  reads = 0;
  const start = `startTraining(input: { priceSeriesId: "${id}", epochs: 1 }) { run { id } }`;
  for (const ask of [overHttp, overWebSocket]) {
    const { errors } = await ask(`mutation { ${aliases(11, start)} }`);
    expect(errors[0]?.extensions.code).toBe("LIMIT_EXCEEDED");
    expect(errors[0]?.message).toContain("at most 10 mutations, got 11");
  }
  expect(reads).toBe(0);
  expect((await overHttp(`mutation { ${aliases(10, start)} }`)).errors).toEqual([]);
  expect(reads).toBe(10);
});

test.each([
  ["nothing to speak of", "{ viewer { name } }", 1],
  ["a chart's points", `{ priceSeries(symbol: "SPX") { chart(maxPoints: 300) { time close } } }`, 300],
  ["the usual points", `{ priceSeries(symbol: "SPX") { chart { time close } } }`, 1_000],
  ["the usual points, as null", `{ priceSeries(symbol: "SPX") { chart(maxPoints: null) { close } } }`, 1_000],
  [
    "points of a variable's default",
    `query ($n: Int = 40) { priceSeries(symbol: "SPX") { chart(maxPoints: $n) { close } } }`,
    40,
  ],
  [
    "two charts of the most points",
    `{ priceSeries(symbol: "SPX") { a: chart(maxPoints: 100000) { close } b: chart(maxPoints: 100000) { close } } }`,
    200_000,
  ],
  ["a page of bars", `{ priceSeries(symbol: "SPX") { bars { edges { node { close } } } } }`, 150],
  [
    "what is left out",
    `{ priceSeries(symbol: "SPX") { id ${aliases(9, "chart(maxPoints: 100000) @skip(if: true) { close }")} ... @include(if: false) { chart { close } } } }`,
    1,
  ],
  ["a page with a lookup for each", `{ runs(first: 100) { edges { node { priceSeries { id } } } } }`, 250],
])("%s costs what is asked for, told over both transports", async (_, query, requested) => {
  for (const ask of [overHttp, overWebSocket]) {
    const { errors, extensions } = await ask(query);
    expect(errors).toEqual([]);
    expect(extensions.cost).toEqual({ requested, allowed });
  }
});

test("every result of a subscription tells its cost", async () => {
  const results = api.subscribe("subscription { runChanges { id priceSeries { symbol } } }");
  const next = results.next();
  const change = setInterval(() => services.givenRun({ seriesId: id }), 20);
  expect((await next).value?.extensions).toEqual({ cost: { requested: 2, allowed } });
  clearInterval(change);
  await results.return?.();
});

test("a request that is wrong is told so, whatever it would have cost, and its cost is none", async () => {
  const query =
    'query ($n: Int, $split: Split = TEST) { run(id: "x") { predictions(maxPoints: $n, split: $split) { time } } }';
  const wrongVariable = await overHttp(query, { n: "many" });
  expect(wrongVariable).toMatchObject({ status: 400, extensions: { cost: { requested: 0, allowed } } });
  expect(wrongVariable.errors[0]?.extensions).toEqual({ code: "BAD_USER_INPUT", field: "n" });
  expect((await overWebSocket(query, { n: "many" })).errors[0]?.extensions).toEqual({
    code: "BAD_USER_INPUT",
    field: "n",
  });
  // Only its value shows that it may not stand there; it hides nothing that is dear.
  const hidden = `query ($split: Split = TEST) { run(id: "x") { predictions(split: $split) { time } } priceSeries(symbol: "SPX") { ${aliases(100, "chart { close }")} } }`;
  for (const ask of [overHttp, overWebSocket])
    expect((await ask(hidden, { split: null })).errors[0]?.message).toContain('"Split!" must not be null');
  for (const wrong of ["{", "{ nobody }"])
    expect((await overHttp(wrong)).extensions.cost).toEqual({ requested: 0, allowed });
});

test.each([1, 0, -5, 100_001, 2 ** 31 - 1])(
  "maxPoints %i is told to be out of range, not too dear",
  async (maxPoints) => {
    const { errors } = await overHttp(
      `{ priceSeries(symbol: "SPX") { chart(maxPoints: ${maxPoints}) { close } } }`,
    );
    expect(errors[0]?.extensions).toEqual({ code: "BAD_USER_INPUT", field: "maxPoints" });
  },
);

test("of a document's operations the one that is asked for is reckoned, and a fragment may have any name", async () => {
  const body = {
    query: `query Dear { priceSeries(symbol: "SPX") { ${aliases(9, "chart { close }")} } }
      query Cheap { viewer { ...__schema } } fragment __schema on Viewer { name }`,
    operationName: "Cheap",
  };
  expect((await api.post(JSON.stringify(body))).errors).toEqual([]);
  const { errors } = await api.post(JSON.stringify({ ...body, operationName: "Dear" }));
  expect(errors[0]?.extensions.code).toBe("LIMIT_EXCEEDED");
});

test("what tools ask of the schema passes, with all that they may ask", async () => {
  const options = {
    specifiedByUrl: true,
    directiveIsRepeatable: true,
    schemaDescription: true,
    inputValueDeprecation: true,
    oneOf: true,
  };
  const { errors, extensions } = await overHttp(getIntrospectionQuery(options));
  expect(errors).toEqual([]);
  expect(extensions.cost.requested).toBeLessThan(allowed / 2);
});

test("what the dashboard asks for costs less than half of what is allowed", () => {
  const costs = everyDashboardDocument();
  expect(costs.length).toBeGreaterThan(10);
  for (const { name, errors, cost } of costs) {
    expect(errors, name).toEqual([]);
    expect(cost.requested, name).toBeLessThan(allowed / 2);
  }
});
