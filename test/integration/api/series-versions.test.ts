/** Versions of series, asked for as a client does. */
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

const csvOf = (days: number, close: number) =>
  ["Date,Open,High,Low,Close"]
    .concat(
      Array.from({ length: days }, (_, day) => {
        const date = new Date(Date.UTC(2020, 0, 1 + day)).toISOString().slice(0, 10);
        return `${date},${close},${close + 1 + (day % 5)},${close - 1},${close}`;
      }),
    )
    .join("\n");
const version = "version { id number contentHash barCount firstTime lastTime createdAt }";
const importing = `mutation ($symbol: String!, $csv: String!) {
  importPriceSeries(input: { symbol: $symbol, csv: $csv }) { priceSeries { id contentHash ${version} } }
}`;
interface Version {
  readonly id: string;
  readonly number: number;
  readonly contentHash: string;
  readonly barCount: number;
}
interface Series {
  readonly id: string;
  readonly contentHash: string;
  readonly version: Version;
}
const importDays = async (symbol: string, days: number, close = 10): Promise<Series> => {
  const { data, errors } = await api.ask(importing, { symbol, csv: csvOf(days, close) });
  expect(errors).toEqual([]);
  return (data as { importPriceSeries: { priceSeries: Series } }).importPriceSeries.priceSeries;
};
const starting = `mutation ($id: ID!) { startTraining(input: { priceSeriesId: $id, window: 8, epochs: 1, testBars: 20,
  validationBars: 20, layers: [{ units: 4 }] }) { run { id seriesVersion { id number barCount } } } }`;
const start = async (id: string) =>
  (await api.ask(starting, { id })).data as {
    startTraining: { run: { id: string; seriesVersion: Version } };
  };
const deleting = `mutation ($id: ID!, $withRuns: Boolean) { deletePriceSeries(id: $id, withRuns: $withRuns) { deletedIds } }`;

test("each import is a version, a run names its own, and a series goes back to any of them", async () => {
  const first = await importDays("VERSIONS", 120);
  const { run } = (await start(first.id)).startTraining;
  const second = await importDays("VERSIONS", 125, 20);
  expect([first, second].map((series) => series.version)).toMatchObject([
    { number: 1, barCount: 120, contentHash: first.contentHash },
    { number: 2, barCount: 125, contentHash: second.contentHash },
  ]);
  const asked = await api.ask(
    `query ($id: ID!, $run: ID!) {
      priceSeries(id: $id) { versions(first: 1) { totalCount pageInfo { hasNextPage endCursor } edges { node { number } } } }
      run(id: $run) { seriesVersion { id number barCount } }
    }`,
    { id: first.id, run: run.id },
  );
  const { id, number, barCount } = first.version;
  expect(asked.data).toEqual({
    priceSeries: {
      versions: {
        totalCount: 2,
        pageInfo: { hasNextPage: true, endCursor: expect.any(String) },
        edges: [{ node: { number: 2 } }],
      },
    },
    run: { seriesVersion: { id, number, barCount } },
  });
  const reverting = `mutation ($id: ID!, $to: Int!) { revertPriceSeries(id: $id, toVersion: $to) {
    priceSeries { barCount contentHash version { number } bars(first: 1) { totalCount edges { node { close } } } } } }`;
  const { data } = await api.ask(reverting, { id: first.id, to: 1 });
  expect(data).toEqual({
    revertPriceSeries: {
      priceSeries: {
        barCount: 120,
        contentHash: first.contentHash,
        version: { number: 3 },
        bars: { totalCount: 120, edges: [{ node: { close: 10 } }] },
      },
    },
  });
  for (const [to, series] of [
    [9, first.id],
    [0, first.id],
    [1, "01890000-0000-7000-8000-000000000000"],
    [1, "none"],
  ]) {
    const { errors } = await api.ask(reverting, { id: series, to });
    expect(errors[0]?.extensions.code).toBe("NOT_FOUND");
  }
});

test("a series is deleted once it may be: a client is told why not before", async () => {
  const { id } = await importDays("DELETED", 120);
  const { run } = (await start(id)).startTraining;
  const refused = await api.ask(deleting, { id });
  expect(refused.errors[0]).toMatchObject({
    extensions: { code: "CONFLICT" },
    message: expect.stringMatching(/^1 run/),
  });
  await api.ask("mutation ($id: ID!) { cancelTraining(runId: $id) { run { id } } }", { id: run.id });
  const gone = async () => (await api.ask(deleting, { id, withRuns: true })).data;
  // A running one takes until its next batch.
  await expect.poll(gone, { timeout: 10_000 }).toEqual({ deletePriceSeries: { deletedIds: [id] } });
  const { data } = await api.ask(
    "query ($id: ID!, $run: ID!) { priceSeries(id: $id) { id } run(id: $run) { id } }",
    {
      ...{ id, run: run.id },
    },
  );
  expect(data).toEqual({ priceSeries: null, run: null });
  for (const one of [id, "none"])
    expect((await api.ask(deleting, { id: one })).errors[0]?.extensions.code).toBe("NOT_FOUND");
});
