/** Numbers, times and documents at and beyond their bounds: each refused by its name, or taken and carried through. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { take } from "../../support/api.ts";
import { startTestProduct, type TestProduct } from "../../support/test-product.ts";

let product: TestProduct;
beforeAll(async () => {
  product = await startTestProduct();
});
afterAll(() => product.close());

const small = {
  window: 8,
  epochs: 2,
  batchSize: 16,
  testBars: 20,
  validationBars: 10,
  layers: [{ units: 4 }],
};
const start = (input: object) =>
  product.api.ask("mutation ($input: StartTrainingInput!) { startTraining(input: $input) { run { id } } }", {
    input: { priceSeriesId: product.seriesId, ...small, ...input },
  });

test.each<[object, string]>([
  [{ learningRate: 0 }, "learningRate"],
  [{ learningRate: -0 }, "learningRate"],
  [{ learningRate: 1e308 }, "learningRate"],
  [{ learningRate: "NaN" }, "learningRate"],
  [{ seed: 2 ** 31 }, "seed"],
  [{ seed: -1 }, "seed"],
  [{ layers: [{ units: 0 }] }, "layers[0].units"],
  [{ layers: [{ units: 513 }] }, "layers[0].units"],
  [{ layers: [{ units: 4, dropout: 1 }] }, "layers[0].dropout"],
  [{ priority: 11 }, "priority"],
])("%j is refused, and the field named", async (wrong, field) => {
  expect((await start(wrong)).errors[0]?.extensions).toEqual({ code: "BAD_USER_INPUT", field });
});

test("a number too large for a float is refused", async () => {
  const input = `{ priceSeriesId: "${product.seriesId}", learningRate: 1e999 }`;
  const { errors } = await product.api.ask(`mutation { startTraining(input: ${input}) { run { id } } }`);
  expect(errors[0]?.extensions).toEqual({ code: "BAD_USER_INPUT", field: "learningRate" });
});

test.each<[object]>([
  [{ clipNorm: 5e-324 }],
  [{ clipNorm: 1e308 }],
  [{ weightDecay: 1e308, learningRate: 1e-308 }],
  [{ layers: [{ units: 4, dropout: 0.9999999999999999 }] }],
])("%j is taken, and the run comes to an end", async (extreme) => {
  const { errors, data } = await start(extreme);
  expect(errors).toEqual([]);
  const { id } = (data as { startTraining: { run: { id: string } } }).startTraining.run;
  const follow =
    "subscription ($id: ID!) { trainingEvents(runId: $id) { ... on RunStatusChanged { status } } }";
  const told = await take(product.api.subscribe(follow, { id }));
  expect(told.at(-1)).toEqual({ trainingEvents: { status: "SUCCEEDED" } });
});

const ofSeries = (fields: string) => `{ priceSeries(symbol: "WALK") { ${fields} } }`;
test.each([
  ["maxPoints", ofSeries("chart(maxPoints: 1) { close }")],
  ["maxPoints", ofSeries("chart(maxPoints: 2147483647) { close }")],
  ["first", ofSeries("bars(first: 0) { totalCount }")],
  ["first", ofSeries("bars(first: 501) { totalCount }")],
  ["first", "{ runs(first: 2147483647) { totalCount } }"],
  ["first", "{ runs(first: 2147483648) { totalCount } }"],
  ...[
    "+275760-09-13T00:00:00Z",
    "2020-01-01T23:59:60Z",
    "2020-01-01T24:00:01Z",
    "2020-02-30T00:00:00Z",
    "2020-01-01",
    "0",
  ].map((time): [string, string] => ["from", ofSeries(`bars(from: "${time}") { totalCount }`)]),
  ["from", ofSeries("chart(from: 0) { close }")],
])("%s is to blame in %s", async (field, query) => {
  expect((await product.api.ask(query)).errors[0]?.extensions).toEqual({ code: "BAD_USER_INPUT", field });
});

test.each([0, 2, -1])("step %i of a run that predicts one is refused", async (step) => {
  const { data } = await start({});
  const { id } = (data as { startTraining: { run: { id: string } } }).startTraining.run;
  const query = `{ run(id: "${id}") { predictions(step: ${step}) { time } } }`;
  expect((await product.api.ask(query)).errors[0]?.extensions).toEqual({
    code: "BAD_USER_INPUT",
    field: "step",
  });
});

test("a key is one request: in another order, with its defaults spelled out, twenty times at once", async () => {
  const idempotencyKey = "one request";
  const forms = [
    { ...small, idempotencyKey },
    Object.fromEntries(Object.entries({ ...small, idempotencyKey }).reverse()),
    {
      ...small,
      idempotencyKey,
      target: "CLOSE",
      transform: "PRICE",
      horizon: 1,
      seed: 7,
      weightDecay: 0,
      engine: "AUTO",
    },
  ];
  const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => start(forms[i % 3]!)));
  expect(new Set(answers.map(({ data }) => JSON.stringify(data))).size).toBe(1);
  expect(answers.flatMap(({ errors }) => errors)).toEqual([]);
  expect((await start({ idempotencyKey, seed: 8 })).errors[0]?.extensions).toEqual({ code: "CONFLICT" });
});

test.each([
  ["a field twelve hundred times", `{ ${"viewer { name } ".repeat(1_200)} }`],
  ["a value five thousand times", `{ viewer { ${"name ".repeat(4_990)} } }`],
  [
    "fragments that never end",
    "{ viewer { ...A } } fragment A on Viewer { ...B } fragment B on Viewer { ...A }",
  ],
])("%s does not pass validation, in half a second", async (_, query) => {
  const began = performance.now();
  const { errors } = await product.api.ask(query);
  expect(performance.now() - began).toBeLessThan(1_000);
  expect(errors[0]?.extensions.code).toBe("GRAPHQL_VALIDATION_FAILED");
});

test.each([
  [
    "an id",
    "mutation ($text: String!) { cancelTraining(runId: $text) { run { id } } }".replace("String", "ID"),
  ],
  ["a status", "query ($text: [RunStatus!]) { runs(filter: { status: $text }) { totalCount } }"],
  ["an operation's name", "query A { viewer { name } } query B { viewer { role } }"],
])("%s that turns the direction of text is not repeated as it is", async (_, query) => {
  const text = "\u202e\u009bpwned";
  const body = JSON.stringify({
    query,
    variables: { text },
    operationName: query.includes("$text") ? undefined : text,
  });
  const { errors } = await product.api.post(body);
  expect(errors[0]?.message).toBeTruthy();
  expect(errors[0]?.message).toMatch(/^[ -~]*$/);
});
