/** Texts, times and lists that the database would refuse or mangle: refused by name before it sees them, or understood. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestProduct, type TestProduct } from "../../support/test-product.ts";

let product: TestProduct;
beforeAll(async () => {
  product = await startTestProduct();
});
afterAll(() => product.close());

const start = (input: object) =>
  product.api.ask(
    "mutation ($input: StartTrainingInput!) { startTraining(input: $input) { run { id name } } }",
    {
      input: {
        priceSeriesId: product.seriesId,
        window: 8,
        epochs: 1,
        testBars: 20,
        layers: [{ units: 4 }],
        ...input,
      },
    },
  );
const csv = "date,open,high,low,close\n2020-01-02,1,1,1,1";
const load = (input: object) =>
  product.api.ask(
    "mutation ($input: ImportPriceSeriesInput!) { importPriceSeries(input: $input) { report { rowsRead } } }",
    { input: { symbol: "TEXTS", csv, ...input } },
  );
const runs = (filter: object) =>
  product.api.ask("query ($filter: RunFilter) { runs(filter: $filter) { totalCount } }", { filter });
const listed = (search: string) =>
  product.api.ask("query ($search: String) { allPriceSeries(search: $search) { totalCount } }", { search });
const found = (symbol: string) =>
  product.api.ask("query ($symbol: String) { priceSeries(symbol: $symbol) { id } }", { symbol });
const after = (cursor: string) =>
  product.api.ask(`query ($after: String) { runs(after: $after) { totalCount } }`, { after: cursor });

const places = {
  "a run's name": ["name", (text: string) => start({ name: text })],
  "an idempotency key": ["idempotencyKey", (text: string) => start({ idempotencyKey: text })],
  "a series' name": ["name", (text: string) => load({ name: text })],
  "a symbol to import": ["symbol", (text: string) => load({ symbol: text })],
  "a currency": ["currency", (text: string) => load({ currency: text })],
  "a time zone": ["timezone", (text: string) => load({ timezone: text })],
  "a symbol to find": ["symbol", found],
  "a search of series": ["search", listed],
  "a search of runs": ["search", (text: string) => runs({ search: text })],
  "a cursor": ["after", after],
} as const;
const texts = {
  "a zero byte": "a\0b",
  "a line feed": "a\nb",
  "an escape sequence": "\u001b]0;pwned\u0007",
  "half a pair": "a\ud801b",
  "an override of direction": "a\u202eb",
  "500 characters": "x".repeat(500),
  "half a million characters": "x".repeat(500_000),
};

for (const [place, [field, ask]] of Object.entries(places))
  test.each(Object.entries(texts))(
    `${place} with %s is refused with its field, in plain characters`,
    async (_, text) => {
      const { errors } = await ask(text);
      expect(errors[0]?.extensions).toEqual({ code: "BAD_USER_INPUT", field });
      expect(errors[0]?.message).toContain(`${field} must`);
      expect(errors[0]?.message).toMatch(/^[ -~…]{1,300}$/);
    },
  );

test("ids with such texts name nothing", async () => {
  for (const id of Object.values(texts)) {
    const query =
      "query ($id: ID!) { run(id: $id) { id } priceSeries(id: $id) { id } runs(filter: { priceSeriesId: $id }) { totalCount } }";
    expect(await product.api.ask(query, { id })).toMatchObject({
      errors: [],
      data: { run: null, priceSeries: null, runs: { totalCount: 0 } },
    });
  }
});

test("names that people use are stored as they came", async () => {
  for (const name of ["贵州茅台 GRU 🛢️", "naïve — “test”", "<img src=x onerror=alert(1)>", "100% \\ _"]) {
    const { errors, data } = await start({ name });
    expect(errors).toEqual([]);
    expect(data).toMatchObject({ startTraining: { run: { name } } });
    expect((await runs({ search: name })).data).toEqual({ runs: { totalCount: 1 } });
  }
});

test("a status named forty thousand times is a status", async () => {
  const [one, many] = await Promise.all([
    runs({ status: ["QUEUED"] }),
    runs({ status: Array.from({ length: 40_000 }, () => "QUEUED") }),
  ]);
  expect(many).toEqual(one);
  expect(many.errors).toEqual([]);
});

const bars = (args: string) =>
  product.api.ask(`{ priceSeries(symbol: "WALK") { bars(first: 1, ${args}) { totalCount } } }`);

test.each([
  "0000-01-01T00:00:00Z",
  "0001-01-01T00:00:00+23:59",
  "0001-01-01T00:00:00Z",
  "1200-01-01T00:00:00Z",
])("bars from %s are all bars, and bars to it are none", async (time) => {
  expect(await bars(`from: "${time}"`)).toMatchObject({
    errors: [],
    data: { priceSeries: { bars: { totalCount: 120 } } },
  });
  expect(await bars(`to: "${time}"`)).toMatchObject({
    errors: [],
    data: { priceSeries: { bars: { totalCount: 0 } } },
  });
});

test.each(["-999999999999999", "999999999999999", "-62135596800000", "7258204800000", "1e3", ""])(
  "a cursor of bars that holds %j is none of ours",
  async (position) => {
    const { errors } = await bars(`after: "${Buffer.from(position).toString("base64url")}"`);
    expect(errors[0]?.extensions).toEqual({ code: "BAD_USER_INPUT", field: "after" });
  },
);
