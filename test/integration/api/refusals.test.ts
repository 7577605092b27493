/** What the API refuses, and how it says so: the contract's codes, the field to blame, and never a stack trace. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { Conflict, InvalidInput, LimitExceeded } from "../../../server/domain/errors.ts";
import { startTestApi, type TestApi } from "../../support/api.ts";
import { createFakeServices, type FakeServices } from "../../support/fake-services.ts";

let services: FakeServices;
let api: TestApi;
beforeEach(async () => {
  services = createFakeServices();
  api = await startTestApi(services);
});
afterEach(() => api.close());

const startTraining =
  "mutation ($input: StartTrainingInput!) { startTraining(input: $input) { run { id } } }";

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

test("a refusal that can be answered brings what there is to choose from", async () => {
  Object.assign(services, {
    importPriceSeries: async () => {
      throw new InvalidInput("instrument", "say which one to take", ["AAX", "ZZX"]);
    },
  });
  const { errors } = await api.ask(
    `mutation { importPriceSeries(input: { symbol: "A", csv: "x" }) { report { rowsRead } } }`,
  );
  expect(errors[0]?.extensions).toEqual({
    code: "BAD_USER_INPUT",
    field: "instrument",
    choices: ["AAX", "ZZX"],
  });
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
