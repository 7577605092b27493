/** Everything that the contract promises can be asked for of the real product, and answers. */
import { readFileSync } from "node:fs";
import { buildSchema } from "graphql";
import { afterAll, beforeAll, expect, test } from "vitest";
import { everyFieldOf } from "../../support/every-field.ts";
import { startTestProduct, type TestProduct } from "../../support/test-product.ts";

const contract = buildSchema(
  readFileSync(new URL("../../fixtures/contract.graphql", import.meta.url), "utf8"),
);

let product: TestProduct;
beforeAll(async () => {
  product = await startTestProduct();
});
afterAll(() => product.close());
const api = () => product.api;

const small = {
  window: 8,
  layers: [{ units: 6 }],
  epochs: 3,
  batchSize: 64,
  testBars: 20,
  validationBars: 20,
};

/** An experiment's runs have an experiment, whose runs ... */
const endless = ["Experiment.runs"];

/** What may be asked of one run or series, but not for each of a list. */
const heavy = [
  ...endless,
  "Experiment.leaderboard",
  "PriceSeries.bars",
  "PriceSeries.chart",
  "Run.epochs",
  "Run.predictions",
  "Run.forecast",
  "Run.trackRecord",
];

test("everything that the contract promises can be asked for, and answers", async () => {
  const started = await api().ask(
    "mutation ($input: StartTrainingInput!) { startTraining(input: $input) { run { id } } }",
    { input: { priceSeriesId: product.seriesId, ...small } },
  );
  const { id } = (started.data as { startTraining: { run: { id: string } } }).startTraining.run;
  await product.backend.eventsOf(id);
  const { errors, data } = await api().ask(
    `query ($id: ID!) {
      viewer ${everyFieldOf(contract.getType("Viewer"))}
      run(id: $id) ${everyFieldOf(contract.getType("Run"), endless)}
      runs(filter: { status: [SUCCEEDED], search: "walk" }) ${everyFieldOf(contract.getType("RunConnection"), heavy)}
      allPriceSeries(search: "wal") ${everyFieldOf(contract.getType("PriceSeriesConnection"), heavy)}
      engines ${everyFieldOf(contract.getType("EngineInfo"))}
      workers ${everyFieldOf(contract.getType("Worker"), heavy)}
    }`,
    { id },
  );
  expect(errors).toEqual([]);
  expect(data).toMatchObject({
    viewer: { name: "local", role: "ADMIN" },
    run: { id, engine: "WASM", device: "a linear model", forecast: { step: [1], level: 0.95 } },
    engines: expect.arrayContaining([expect.objectContaining({ engine: "WASM", available: true })]),
    workers: [{ host: "test", status: "IDLE", currentRun: null }],
    allPriceSeries: { edges: [{ node: { id: product.seriesId } }] },
  });
});

test("an experiment answers with all that the contract promises of it", async () => {
  const { data, errors } = await api().ask(
    `mutation ($input: StartExperimentInput!) {
      startExperiment(input: $input) {
        experiment ${everyFieldOf(contract.getType("Experiment"), endless)}
        experiment { runs { edges { node { id } } } }
      }
    }`,
    { input: { plan: "SEEDS", seeds: 2, training: { priceSeriesId: product.seriesId, ...small } } },
  );
  expect(errors).toEqual([]);
  const { experiment } = (
    data as { startExperiment: { experiment: { id: string; runs: { edges: Node[] } } } }
  ).startExperiment;
  for (const { node } of experiment.runs.edges) await product.backend.eventsOf(node.id);
  const after = await api().ask(
    "query ($id: ID!) { experiment(id: $id) { status progress leaderboard { forecaster count skillMean } } }",
    { id: experiment.id },
  );
  expect(after).toMatchObject({
    errors: [],
    data: {
      experiment: {
        status: "SUCCEEDED",
        progress: 1,
        leaderboard: expect.arrayContaining([expect.objectContaining({ forecaster: "ENSEMBLE", count: 2 })]),
      },
    },
  });
});
interface Node {
  readonly node: { readonly id: string };
}
