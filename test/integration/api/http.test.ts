/** GraphQL over HTTP, as a foreign client meets it: answers, errors, and what is no request at all. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { Conflict, LimitExceeded } from "../../../server/domain/errors.ts";
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

test("twenty runs with their series and epochs cost two reads, not forty", async () => {
  for (let run = 0; run < 20; run++) services.givenRun();
  const answer = await api.ask("{ runs { edges { node { priceSeries { symbol } epochs { epoch } } } } }");
  expect(answer.errors).toEqual([]);
  expect(services.calls).toEqual({ findManySeries: 1, epochs: 1 });
});

test("a busy worker shows the run that it trains", async () => {
  const { id } = services.givenRun({ status: "RUNNING" });
  const answer = await api.ask("{ workers { status currentRun { id } } engines { engine batchMs } }");
  expect(answer.data).toMatchObject({ workers: [{ status: "BUSY", currentRun: { id } }] });
});

const id = "00000000-0000-4000-8000-000000000001";
test.each([
  ["a page of none", `{ runs(first: 0) { totalCount } }`, "first", "1..500, got 0"],
  ["a page too large", `{ allPriceSeries(first: 501) { totalCount } }`, "first", "1..500, got 501"],
  ["a cursor of nobody", `{ runs(after: "x") { totalCount } }`, "after", "got x"],
  ["a word for a number", `{ runs(first: "many") { totalCount } }`, "first", `"many"`],
  ["an unknown word", `{ runs(filter: { status: [DONE] }) { totalCount } }`, "status[0]", `"DONE"`],
  [
    "a fraction of units",
    `mutation { startTraining(input: { priceSeriesId: "${id}", layers: [{ units: 8 }, { units: 1.5 }] }) { run { id } } }`,
    "layers[1].units",
    "1.5",
  ],
  [
    "a missing file",
    `mutation { importPriceSeries(input: { symbol: "A" }) { report { rowsRead } } }`,
    "csv",
    "was not provided",
  ],
  [
    "a file without rows",
    `mutation { importPriceSeries(input: { symbol: "A", csv: "Date,Close" }) { report { rowsRead } } }`,
    "csv",
    "got none",
  ],
  [
    "an unknown field",
    `mutation { importPriceSeries(input: { symbol: "A", csv: "x", color: 1 }) { report { rowsRead } } }`,
    "color",
    `"color" is not defined`,
  ],
])("%s is refused with its field, what was expected and what came", async (_, query, field, said) => {
  const { data, errors } = await api.ask(query);
  expect(data).toBeNull();
  expect(errors[0]?.extensions).toEqual({ code: "BAD_USER_INPUT", field });
  expect(errors[0]?.message).toContain(said);
});

test.each([
  ["a number's", { epochs: "many" }, "epochs"],
  ["an item's", { features: ["CLOSE", "COLOUR"] }, "features[1]"],
  ["a layer's", { layers: [{ units: 8, dropout: "some" }] }, "layers[0].dropout"],
  ["a missing one's", { layers: [{ dropout: 0.1 }] }, "layers[0].units"],
  ["an unknown one's", { windows: 60 }, "windows"],
  ["one that only the service can check, its", { epochs: 0 }, "epochs"],
])("%s field is named when it comes in a variable", async (_, wrong, field) => {
  const { id: priceSeriesId } = services.givenSeries();
  const { errors } = await api.ask(startTraining, { input: { priceSeriesId, ...wrong } });
  expect(errors[0]?.extensions).toEqual({ code: "BAD_USER_INPUT", field });
});

test("a time without an offset is refused", async () => {
  const { id } = services.givenSeries();
  const query =
    "query ($id: ID, $from: DateTime) { priceSeries(id: $id) { bars(from: $from) { totalCount } } }";
  const { errors } = await api.ask(query, { id, from: "2020-01-06T00:00:00" });
  expect(errors[0]?.extensions).toEqual({ code: "BAD_USER_INPUT", field: "from" });
  expect((await api.ask(query, { id, from: "2020-01-06T00:00:00+08:00" })).errors).toEqual([]);
});

test("what does not exist is null in a query and NOT_FOUND in a mutation, whatever the id looks like", async () => {
  for (const unknown of [id, "no-uuid", ""]) {
    const query = `query ($id: ID!, $series: ID) {
      run(id: $id) { id } priceSeries(id: $series) { id } runs(filter: { priceSeriesId: $series }) { totalCount }
    }`;
    const asked = await api.ask(query, { id: unknown, series: unknown });
    expect(asked).toMatchObject({ errors: [], data: { run: null, priceSeries: null } });
    const cancelled = await api.ask("mutation ($id: ID!) { cancelTraining(runId: $id) { run { id } } }", {
      id: unknown,
    });
    expect(cancelled.errors[0]?.extensions).toEqual({ code: "NOT_FOUND" });
    const started = await api.ask(startTraining, { input: { priceSeriesId: unknown } });
    expect(started.errors[0]?.extensions).toEqual({ code: "NOT_FOUND" });
  }
});

test.each([
  [new Conflict("the key was used for another request"), "CONFLICT"],
  [new LimitExceeded("1,000 runs are waiting already"), "LIMIT_EXCEEDED"],
])("%s keeps its words and its code", async (error, code) => {
  const { id: priceSeriesId } = services.givenSeries();
  const failing = await startTestApi({ ...services, startTraining: () => Promise.reject(error) });
  const { errors } = await failing.ask(startTraining, { input: { priceSeriesId } });
  await failing.close();
  expect(errors[0]).toMatchObject({ message: error.message, extensions: { code } });
});

test("a fault of ours is told by nothing but an id, under which the log has the rest", async () => {
  const secret = "password authentication failed for user gatecast";
  const failing = await startTestApi({ ...services, listEngines: () => Promise.reject(new Error(secret)) });
  const response = await fetch(failing.endpoint, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query: "{ engines { engine } }" }),
  });
  const text = await response.text();
  await failing.close();
  const { errors } = JSON.parse(text) as { errors: { extensions: Record<string, unknown> }[] };
  const { extensions } = errors[0] ?? { extensions: {} };
  expect(extensions).toEqual({ code: "INTERNAL_SERVER_ERROR", id: expect.any(String) });
  expect(text).not.toMatch(/password|stack|\.ts/);
  expect(failing.logged).toMatchObject([
    { errorId: extensions.id, err: { message: secret }, path: "engines" },
  ]);
});

test("a number that JSON cannot hold is a fault of ours, not the caller's", async () => {
  const { id } = services.givenRun({ etaMs: Number.NaN });
  const { errors } = await api.ask("query ($id: ID!) { run(id: $id) { etaMs } }", { id });
  expect(errors[0]?.extensions.code).toBe("INTERNAL_SERVER_ERROR");
  expect(api.logged).toHaveLength(1);
});

test.each([
  ["JSON that breaks off", "{", 400, "BAD_USER_INPUT"],
  ["no query", "{}", 400, "BAD_REQUEST"],
  ["a query that is no text", `{"query": 7}`, 400, "BAD_REQUEST"],
  ["a document that breaks off", `{"query": "{"}`, 400, "GRAPHQL_PARSE_FAILED"],
  ["a field that does not exist", `{"query": "{ prices }"}`, 400, "GRAPHQL_VALIDATION_FAILED"],
  ["a subscription over HTTP", `{"query": "subscription { runChanges { id } }"}`, 400, "BAD_REQUEST"],
  [
    "a document of 6,000 words",
    JSON.stringify({ query: `{ ${"a: viewer { name } ".repeat(1000)} }` }),
    400,
    "GRAPHQL_PARSE_FAILED",
  ],
])("%s is answered in GraphQL's form, not with a stack trace", async (_, body, status, code) => {
  const answer = await api.post(body);
  expect(answer.status).toBe(status);
  expect(answer.errors[0]?.extensions.code).toBe(code);
});

test("a file of 20 MB is taken, a request above 64 MB is refused with both numbers", async () => {
  const importing =
    "mutation ($input: ImportPriceSeriesInput!) { importPriceSeries(input: $input) { report { rowsRead } } }";
  const csv = `Date,Close\n${"2020-01-06,100.25\n".repeat(1_100_000)}`;
  const taken = await api.ask(importing, { input: { symbol: "BIG", csv } });
  expect(taken.data).toEqual({ importPriceSeries: { report: { rowsRead: 1_100_000 } } });
  const refused = await api.post(" ".repeat(64 * 1024 * 1024 + 1));
  expect(refused.status).toBe(413);
  expect(refused.errors[0]).toMatchObject({ extensions: { code: "LIMIT_EXCEEDED" } });
  expect(refused.errors[0]?.message).toMatch(/at most 67108864 bytes, got 67108865/);
});

test("a refused value of any size is quoted in part only", async () => {
  const importing =
    "mutation ($input: ImportPriceSeriesInput!) { importPriceSeries(input: $input) { report { rowsRead } } }";
  const { errors } = await api.ask(importing, { input: { csv: "x".repeat(1_000_000) } });
  expect(errors[0]?.extensions).toEqual({ code: "BAD_USER_INPUT", field: "symbol" });
  expect(errors[0]?.message.length).toBeLessThan(1000);
});

test("another site's form cannot make a browser send a mutation", async () => {
  const body = JSON.stringify({ query: "{ viewer { name } }" });
  const answer = await api.post(body, { "content-type": "text/plain" });
  expect(answer).toMatchObject({ status: 400, data: null });
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

test("while the dashboard is not built, a browser reads how to build it, and the API answers all the same", async () => {
  const page = await fetch(`${api.url}/series`);
  expect([page.status, page.headers.get("content-security-policy")]).toEqual([503, "frame-ancestors 'none'"]);
  expect(await page.text()).toContain("npm run build");
  expect((await api.ask("{ viewer { name role } }")).data).toEqual({
    viewer: { name: "local", role: "ADMIN" },
  });
});
