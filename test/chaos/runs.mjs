/** The series that is trained on, the requests that train it, and what comes of them when nobody disturbs. */
import { followRun } from "./follower.mjs";

const bars = 500;
const day = 86_400_000;

/** A walk that anyone can make again: no clock, no chance. */
function csv() {
  const lines = ["date,open,high,low,close,volume"];
  let price = 100;
  for (let bar = 0; bar < bars; bar++) {
    price *= 1 + 0.012 * Math.sin(bar / 3) + 0.02 * Math.sin(bar * bar);
    const date = new Date(Date.UTC(2020, 0, 6) + bar * day).toISOString().slice(0, 10);
    const [low, high] = [price * 0.99, price * 1.01];
    lines.push([date, price, high, low, price, 1000 + bar].join(","));
  }
  return lines.join("\n");
}

/** @returns the id of the series. */
export async function importSeries(client) {
  const { importPriceSeries } = await client.ask(
    `mutation ($csv: String!) { importPriceSeries(input: { symbol: "STORM", csv: $csv }) { priceSeries { id } } }`,
    { csv: csv() },
  );
  return importPriceSeries.priceSeries.id;
}

/** How a planned run is asked for. */
export const requestsOn = (priceSeriesId, models, engine) => (plan) => ({
  ...{ priceSeriesId, engine, name: plan.name, priority: plan.priority },
  ...models[plan.model],
});

/** Trains each model once in peace. @returns the outcome of each (record.mjs). */
export async function trainUndisturbed({ client, models, requestOf, endpoints, complain, read }) {
  const started = await Promise.all(
    models.map(async (_, model) => {
      const input = requestOf({ name: `undisturbed ${model}`, priority: 0, model });
      const { startTraining } = await client.ask(
        "mutation ($input: StartTrainingInput!) { startTraining(input: $input) { run { id } } }",
        { input },
      );
      return startTraining.run.id;
    }),
  );
  const plan = { kind: "undisturbed", api: 0, joinsAfterMs: 0, leavesAfter: null };
  const abandoned = new AbortController().signal;
  const quiet = { complain, count: () => {}, onEvent: () => {}, abandoned };
  await Promise.all(started.map((runId) => followRun({ runId, plan, endpoints, ...quiet })));
  const records = await Promise.all(started.map(read));
  for (const { run } of records)
    if (run.status !== "SUCCEEDED") throw new Error(`without a storm a run ${run.status}`);
  return records.map(({ outcome }) => outcome);
}
