/** GraphQL over HTTP, as a foreign client meets it, and what else answers on the port. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { startTestApi, type TestApi } from "../../support/api.ts";
import { createFakeServices, type FakeServices } from "../../support/fake-services.ts";

let services: FakeServices;
let api: TestApi;
beforeEach(async () => {
  services = createFakeServices();
  api = await startTestApi(services);
});
afterEach(() => api.close());

const startTraining = `mutation ($input: StartTrainingInput!) {
  startTraining(input: $input) { run { id status config { window layers { units dropout } seed } } }
}`;

test("a training is started with the contract's defaults, and asking for the run tells the same", async () => {
  const series = services.givenSeries();
  const answer = await api.ask(startTraining, { input: { priceSeriesId: series.id } });
  const layers = [
    { units: 80, dropout: 0.2 },
    { units: 100, dropout: 0.2 },
  ];
  const config = { window: 60, layers, seed: 7 };
  expect(answer.data).toMatchObject({ startTraining: { run: { status: "QUEUED", config } } });
});

test("an explicit null means the default", async () => {
  const series = services.givenSeries();
  const nulls = { window: null, layers: null, engine: null, target: null };
  const started = await api.ask(startTraining, { input: { priceSeriesId: series.id, ...nulls } });
  expect(started).toMatchObject({ errors: [], data: { startTraining: { run: { config: { window: 60 } } } } });
  const listed = await api.ask("{ runs(first: null, after: null, filter: null) { totalCount } }");
  expect(listed.data).toEqual({ runs: { totalCount: 1 } });
});

test("pages follow one another through their cursors", async () => {
  for (const name of ["one", "two", "three"]) services.givenRun({ name });
  const query = `query ($after: String) {
    runs(first: 2, after: $after) {
      edges { node { name } } totalCount pageInfo { hasNextPage hasPreviousPage endCursor }
    }
  }`;
  const first = await api.ask(query);
  expect(first.data).toMatchObject({
    runs: {
      edges: [{ node: { name: "three" } }, { node: { name: "two" } }],
      totalCount: 3,
      pageInfo: { hasNextPage: true, hasPreviousPage: false },
    },
  });
  const { runs } = first.data as { runs: { pageInfo: { endCursor: string } } };
  const second = await api.ask(query, { after: runs.pageInfo.endCursor });
  expect(second.data).toMatchObject({
    runs: { edges: [{ node: { name: "one" } }], pageInfo: { hasNextPage: false, hasPreviousPage: true } },
  });
});

test("what the source does not know is null, in columns too", async () => {
  const { id } = services.givenSeries();
  const answer = await api.ask(
    `query ($id: ID) { priceSeries(id: $id) { chart(maxPoints: 2) { time close volume } } }`,
    {
      id,
    },
  );
  expect(answer.data).toMatchObject({
    priceSeries: {
      chart: { time: ["2020-01-06T00:00:00.000Z", "2020-01-07T00:00:00.000Z"], volume: [null, 1001] },
    },
  });
});

test("intervals that are not computed are columns of nulls, and a forecast is null", async () => {
  const { id } = services.givenRun();
  const fields = "predictions { time lower upper } forecast { predicted }";
  const answer = await api.ask(`query ($id: ID!) { run(id: $id) { ${fields} } }`, { id });
  const unknown = [null, null, null];
  expect(answer.data).toMatchObject({
    run: { predictions: { lower: unknown, upper: unknown }, forecast: null },
  });
});

test("a series is found by id, by symbol, and by both only when both fit", async () => {
  const { id } = services.givenSeries("SPX");
  const answer = await api.ask(
    `query ($id: ID) {
      byId: priceSeries(id: $id) { symbol }
      bySymbol: priceSeries(symbol: "SPX") { id }
      byBoth: priceSeries(id: $id, symbol: "SPX") { id }
      mismatch: priceSeries(id: $id, symbol: "DAX") { id }
      unknown: priceSeries(id: "no-uuid") { id }
    }`,
    { id },
  );
  const found = { byId: { symbol: "SPX" }, bySymbol: { id }, byBoth: { id }, mismatch: null, unknown: null };
  expect(answer.data).toEqual(found);
  expect((await api.ask("{ priceSeries { id } }")).errors[0]?.extensions).toEqual({
    code: "BAD_USER_INPUT",
    field: "id",
  });
});

test("twenty runs with their series and scores cost two reads, not forty", async () => {
  for (let run = 0; run < 20; run++) services.givenRun();
  const answer = await api.ask("{ runs { edges { node { priceSeries { symbol } scores { count } } } } }");
  expect(answer.errors).toEqual([]);
  expect(services.calls).toEqual({ findManySeries: 1, scores: 1 });
});

test("all trainings that match are cancelled by one mutation, and the number is told", async () => {
  const statuses = ["QUEUED", "RUNNING", "SUCCEEDED"] as const;
  for (const status of statuses) services.givenRun({ status });
  const cancel = (filter: object) =>
    api.ask("mutation ($filter: RunFilter!) { cancelTrainings(filter: $filter) { cancelled } }", { filter });
  expect((await cancel({ status: ["RUNNING"] })).data).toEqual({ cancelTrainings: { cancelled: 1 } });
  expect((await cancel({})).data).toEqual({ cancelTrainings: { cancelled: 1 } });
  expect((await cancel({})).data).toEqual({ cancelTrainings: { cancelled: 0 } });
});

test("a busy worker shows the run that it trains", async () => {
  const { id } = services.givenRun({ status: "RUNNING" });
  const answer = await api.ask("{ workers { status currentRun { id } } engines { engine batchMs } }");
  expect(answer.data).toMatchObject({ workers: [{ status: "BUSY", currentRun: { id } }] });
});

test("a person who opens /graphql reads how to ask; a program that lists the fields may", async () => {
  const page = await fetch(api.endpoint, { headers: { accept: "text/html,*/*;q=0.8" } });
  expect(page.headers.get("content-type")).toContain("text/html");
  expect(await page.text()).toContain("curl");
  const answer = await api.ask("{ __schema { queryType { name } } }");
  expect(answer.data).toEqual({ __schema: { queryType: { name: "Query" } } });
});

test("health is 200 while the database answers and 503 while it does not", async () => {
  expect((await fetch(`${api.url}/health`)).status).toBe(200);
  const without = await startTestApi(services, () => Promise.reject(new Error("connection refused")));
  const response = await fetch(`${without.url}/health`);
  await without.close();
  expect(response.status).toBe(503);
  expect(await response.text()).not.toContain("refused");
});

test("health is 503 while the database answers but has no space left", async () => {
  const full = await startTestApi(services, async () => "disk full");
  const response = await fetch(`${full.url}/health`);
  await full.close();
  expect(response.status).toBe(503);
  expect(await response.json()).toEqual({ status: "degraded", database: "disk full" });
});

test("while the dashboard is not built, a browser reads how to build it, and the API answers all the same", async () => {
  const page = await fetch(`${api.url}/series`);
  expect(page.status).toBe(503);
  expect(await page.text()).toContain("npm run build");
  expect((await api.ask("{ viewer { name role } }")).data).toEqual({
    viewer: { name: "local", role: "ADMIN" },
  });
});
