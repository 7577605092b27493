/** What an import says of the bars that it changes, what versions and series say of theirs, and a series' other names. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { TestApi } from "../../support/api.ts";
import { startTestProduct, type TestProduct } from "../../support/test-product.ts";

let product: TestProduct;
let api: TestApi;
beforeAll(async () => {
  product = await startTestProduct();
  api = product.api;
});
afterAll(() => product.close());

const csvOf = (...closes: readonly number[]) =>
  ["Date,Open,High,Low,Close"]
    .concat(closes.map((c, day) => `2020-01-0${day + 1},${c},${c + 1},${c - 1},${c}`))
    .join("\n");
const importing = `mutation ($symbol: String!, $csv: String!, $dryRun: Boolean) {
  importPriceSeries(input: { symbol: $symbol, csv: $csv, dryRun: $dryRun }) {
    priceSeries { id contentHash }
    report { rowsAdded rowsUpdated review {
      changedBars { time changes { field before after } } jumps { time before after splitRatio } jumpCount
      outline { time low high close } } }
  }
}`;
interface Imported {
  readonly importPriceSeries: {
    readonly priceSeries: { readonly id: string; readonly contentHash: string };
    readonly report: Record<string, unknown>;
  };
}
const importCsv = async (symbol: string, csv: string, dryRun = false) => {
  const { data, errors } = await api.ask(importing, { symbol, csv, dryRun });
  expect(errors).toEqual([]);
  return (data as Imported).importPriceSeries;
};

test("a dry run tells each bar that would change, and the fall beside a stored bar; it changes none", async () => {
  const { priceSeries } = await importCsv("REVIEW", csvOf(100, 101, 102));
  const { report, priceSeries: after } = await importCsv("REVIEW", csvOf(100, 50, 102, 103), true);
  expect(after).toEqual(priceSeries);
  expect(report).toMatchObject({
    rowsAdded: 1,
    rowsUpdated: 1,
    review: {
      changedBars: [
        {
          time: "2020-01-02T00:00:00.000Z",
          changes: [
            { field: "open", before: 101, after: 50 },
            { field: "high", before: 102, after: 51 },
            { field: "low", before: 100, after: 49 },
            { field: "close", before: 101, after: 50 },
          ],
        },
      ],
      jumps: [
        { time: "2020-01-02T00:00:00.000Z", before: 100, after: 50, splitRatio: 2 },
        { time: "2020-01-03T00:00:00.000Z", before: 50, after: 102, splitRatio: 2 },
      ],
      jumpCount: 2,
      outline: { low: [99, 49, 101, 102], high: [101, 51, 103, 104], close: [100, 50, 102, 103] },
    },
  });
});

test("a volume that a file brings for the first time was not known before", async () => {
  await importCsv("VOLUMES", csvOf(100));
  const csv = "Date,Open,High,Low,Close,Volume\n2020-01-01,100,101,99,100,7";
  expect((await importCsv("VOLUMES", csv, true)).report).toMatchObject({
    review: { changedBars: [{ changes: [{ field: "volume", before: null, after: 7 }] }] },
  });
});

test("versions say what their imports added and changed, and one that went back says neither", async () => {
  const { priceSeries } = await importCsv("COUNTED", csvOf(100, 101));
  await importCsv("COUNTED", csvOf(100, 99, 102));
  const { id } = priceSeries;
  const { data: reverted } = await api.ask(
    "mutation ($id: ID!) { revertPriceSeries(id: $id, toVersion: 1) { priceSeries { contentHash } } }",
    { id },
  );
  expect(reverted).toEqual({ revertPriceSeries: { priceSeries: { contentHash: priceSeries.contentHash } } });
  const { data } = await api.ask(
    "query ($id: ID!) { priceSeries(id: $id) { versions { edges { node { number rowsAdded rowsChanged } } } } }",
    { id },
  );
  expect(data).toEqual({
    priceSeries: {
      versions: {
        edges: [
          { node: { number: 3, rowsAdded: null, rowsChanged: null } },
          { node: { number: 2, rowsAdded: 1, rowsChanged: 1 } },
          { node: { number: 1, rowsAdded: 2, rowsChanged: 0 } },
        ],
      },
    },
  });
});

test("the list of series has the course, the newest close, what was found and the runs of each", async () => {
  await importCsv("LISTED", csvOf(100, 101, 50, 51));
  const { data, errors } = await api.ask(`{ allPriceSeries(first: 100, search: "LISTED") { edges { node {
    runCount bestTestSkill bestTestTarget
    quality { sparkline lastClose previousClose gapCount gaps { from to } jumpCount jumps { before after splitRatio } }
  } } } }`);
  expect(errors).toEqual([]);
  expect(data).toEqual({
    allPriceSeries: {
      edges: [
        {
          node: {
            ...{ runCount: 0, bestTestSkill: null, bestTestTarget: null },
            quality: {
              ...{ sparkline: [100, 101, 50, 51], lastClose: 51, previousClose: 50, gapCount: 0, gaps: [] },
              ...{ jumpCount: 1, jumps: [{ before: 101, after: 50, splitRatio: 2 }] },
            },
          },
        },
      ],
    },
  });
});

const renaming = `mutation ($id: ID!, $input: UpdatePriceSeriesInput!) {
  updatePriceSeries(id: $id, input: $input) { priceSeries { symbol name currency contentHash } } }`;

test("a series gets other names and keeps its bars; what is left out stays, what is empty goes", async () => {
  const { priceSeries } = await importCsv("BEFORE", csvOf(100));
  const { id, contentHash } = priceSeries;
  const rename = async (input: object) => (await api.ask(renaming, { id, input })).data;
  expect(await rename({ symbol: "AFTER", name: "A name", currency: "usd" })).toEqual({
    updatePriceSeries: { priceSeries: { symbol: "AFTER", name: "A name", currency: "USD", contentHash } },
  });
  expect(await rename({ name: "" })).toEqual({
    updatePriceSeries: { priceSeries: { symbol: "AFTER", name: null, currency: "USD", contentHash } },
  });
});

test("no two series get one symbol, no symbol is none, and a series that is not there is not renamed", async () => {
  await importCsv("TAKEN", csvOf(100));
  const { priceSeries } = await importCsv("OTHER", csvOf(100));
  const codeOf = async (id: string, input: object) =>
    (await api.ask(renaming, { id, input })).errors.map(({ extensions }) => extensions?.code);
  expect(await codeOf(priceSeries.id, { symbol: "TAKEN" })).toEqual(["CONFLICT"]);
  expect(await codeOf(priceSeries.id, { symbol: " " })).toEqual(["BAD_USER_INPUT"]);
  expect(await codeOf("00000000-0000-4000-8000-000000000000", { name: "x" })).toEqual(["NOT_FOUND"]);
});
