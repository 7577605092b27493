/** Two APIs and a worker, each a process of its own, on one database: it makes no difference which API one asks. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { type Client, createClient } from "graphql-ws";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { ask } from "../support/api.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";

interface Event {
  readonly sequence: number;
  readonly status?: string;
  readonly epoch?: { readonly epoch: number };
}

const built = (file: string) => join(import.meta.dirname, "../../dist/server", file);
let database: TestDatabase;
let endpoints: readonly string[];
let seriesId: string;
const children: ChildProcess[] = [];
const clients: Client[] = [];

/** What it says to whoever started it, once it does its work. */
async function launch(file: string): Promise<{ type: string; url?: string }> {
  const settings = { DATABASE_URL: database.url, PORT: "0", HOST: "127.0.0.1", LOG_LEVEL: "error" };
  const child = fork(built(file), { env: { ...process.env, ...settings } });
  children.push(child);
  for (;;) {
    const [message] = (await once(child, "message")) as [{ type: string; url?: string }];
    if (["listening", "ready"].includes(message.type)) return message;
  }
}

beforeAll(async () => {
  database = await createTestDatabase();
  const [one, other] = await Promise.all([
    launch("main.api.js"),
    launch("main.api.js"),
    launch("main.worker.js"),
  ]);
  endpoints = [`${one.url}/graphql`, `${other.url}/graphql`];
  const rows = Array.from({ length: 200 }, (_, i) => {
    const date = new Date(Date.UTC(2020, 0, 6 + i)).toISOString().slice(0, 10);
    const price = 100 + 10 * Math.sin(i / 5);
    return [date, price, price + 1, price - 1, price].join(",");
  });
  const csv = ["date,open,high,low,close", ...rows].join("\n");
  const mutation = `mutation ($csv: String!) {
    importPriceSeries(input: { symbol: "WAVE", csv: $csv }) { priceSeries { id } }
  }`;
  const answer = await ask(endpoints[0]!, { query: mutation, variables: { csv } });
  seriesId = (answer.data as { importPriceSeries: { priceSeries: { id: string } } }).importPriceSeries
    .priceSeries.id;
}, 60_000);
afterAll(async () => {
  for (const client of clients) await client.dispose();
  for (const child of children) {
    child.kill("SIGKILL");
    await once(child, "exit");
  }
  await database.drop();
});

async function start(endpoint: string, epochs: number): Promise<string> {
  const input = { priceSeriesId: seriesId, window: 8, testBars: 20, layers: [{ units: 8 }], epochs };
  const query = "mutation ($input: StartTrainingInput!) { startTraining(input: $input) { run { id } } }";
  const { data } = await ask(endpoint, { query, variables: { input } });
  return (data as { startTraining: { run: { id: string } } }).startTraining.run.id;
}

async function* eventsAt(endpoint: string, runId: string, after = 0): AsyncGenerator<Event> {
  const client = createClient({
    url: endpoint.replace("http", "ws"),
    webSocketImpl: WebSocket,
    retryAttempts: 0,
  });
  clients.push(client);
  const query = `subscription ($runId: ID!, $after: Int!) {
    trainingEvents(runId: $runId, after: $after) {
      sequence ... on RunStatusChanged { status } ... on EpochCompleted { epoch { epoch trainLoss } }
    }
  }`;
  for await (const { data } of client.iterate<{ trainingEvents: Event }>({
    query,
    variables: { runId, after },
  }))
    if (data) yield data.trainingEvents;
}

async function all(events: AsyncIterable<Event>): Promise<Event[]> {
  const collected: Event[] = [];
  for await (const event of events) collected.push(event);
  return collected;
}

test("what a worker stores reaches the subscribers of every API", async () => {
  const runId = await start(endpoints[0]!, 6);
  const told = await Promise.all(endpoints.map((endpoint) => all(eventsAt(endpoint, runId))));
  const [first, second] = told as [Event[], Event[]];
  expect(first.map(({ sequence }) => sequence)).toEqual(first.map((_, i) => i + 1));
  expect(first.flatMap(({ epoch }) => epoch?.epoch ?? [])).toEqual([1, 2, 3, 4, 5, 6]);
  expect(first.at(-1)?.status).toBe("SUCCEEDED");
  expect(second).toEqual(first);
});

test("who leaves one API in the middle goes on at the other, and a run may be cancelled at either", async () => {
  const runId = await start(endpoints[0]!, 10_000);
  const before: Event[] = [];
  for await (const event of eventsAt(endpoints[0]!, runId)) {
    before.push(event);
    if (event.epoch?.epoch === 3) break;
  }
  const last = before.at(-1)!.sequence;
  const after = all(eventsAt(endpoints[1]!, runId, last));
  const query = "mutation ($runId: ID!) { cancelTraining(runId: $runId) { run { id } } }";
  await ask(endpoints[1]!, { query, variables: { runId } });
  const told = [...before, ...(await after)];
  expect(told.map(({ sequence }) => sequence)).toEqual(told.map((_, i) => i + 1));
  expect(told.at(-1)?.status).toBe("CANCELLED");
});
