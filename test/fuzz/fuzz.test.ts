/**
 * Ten thousand requests of all kinds against the built product, through every door. Whatever they say: no fault of ours,
 * no process that dies or falls silent, nobody else who waits, no row lost or doubled, no line that a log must not hold.
 * The values are the same each time; PROPERTY_SEED=any tries others, PROPERTY_SEED=<number> those of an earlier run.
 */
import { request } from "node:http";
import fc from "fast-check";
import {
  buildClientSchema,
  type GraphQLSchema,
  getIntrospectionQuery,
  type IntrospectionQuery,
} from "graphql";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Answer, type Books, openBooks } from "./support/books.ts";
import { casesTried, fault, fuzz } from "./support/fuzz.ts";
import { jsonOf } from "./support/hostile.ts";
import { httpCases } from "./support/http-cases.ts";
import { answerTrouble, exchange } from "./support/http-exchange.ts";
import { inputFor } from "./support/inputs.ts";
import { mutations, type Operation, queries } from "./support/operations.ts";
import { anyCsv } from "./support/price-files.ts";
import { type Probe, patienceMs, startProbe } from "./support/probe.ts";
import { conversationTrouble, converse, socketCases } from "./support/socket-cases.ts";
import { startVictim, type Victim } from "./support/victim.ts";

const cases = { mutations: 4_000, queries: 1_500, files: 2_000, sockets: 1_500, http: 2_500 };

let victim: Victim;
let probe: Probe;
let schema: GraphQLSchema;
let books: Books;

beforeAll(async () => {
  victim = await startVictim({ MAX_WAITING_RUNS: "30" });
  books = openBooks();
  const { data } = await ask({ query: getIntrospectionQuery(), variables: {}, mutations: [] });
  schema = buildClientSchema(data as unknown as IntrospectionQuery);
  probe = startProbe(victim.url);
}, 60_000);
afterAll(() => victim?.close());

function post(body: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(
      `${victim.url}/graphql`,
      {
        agent: victim.agent,
        method: "POST",
        headers: { "content-type": "application/json", "content-length": Buffer.byteLength(body) },
      },
      (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (part: string) => {
          text += part;
        });
        response.once("end", () => resolve({ status: response.statusCode ?? 0, text }));
        response.once("error", reject);
      },
    );
    sent.once("error", reject);
    sent.setTimeout(20_000, () => sent.destroy(new Error("the API was silent for 20 s")));
    sent.end(body);
  });
}

const written = ({ query, variables }: Operation): string => books.fillIn(jsonOf({ query, variables }));

async function ask(operation: Operation, body = written(operation)): Promise<Answer> {
  const { status, text } = await post(body).catch((error: Error) =>
    Promise.reject(fault(error.message, body, "nothing")),
  );
  const answer: Answer = { ...(JSON.parse(text) as Omit<Answer, "status">), status };
  const internal = answer.errors?.some(
    ({ extensions }) => extensions?.code === "INTERNAL_SERVER_ERROR" || extensions?.code === undefined,
  );
  const unavailable = answer.errors?.every(
    ({ extensions }) => extensions?.code !== "UNAVAILABLE" || (extensions.retryAfterMs ?? 0) > 0,
  );
  if (internal || unavailable === false || (status >= 500 && status !== 503))
    throw fault("a fault of ours", body, text);
  return answer;
}

async function mutate(operation: Operation) {
  const body = written(operation);
  books.note(operation, body, await ask(operation, body));
}

test("mutations with whatever their schema takes, and much that it does not", async () => {
  await fuzz("mutations", { cases: cases.mutations, together: 20 }, mutations(schema), mutate);
  expect(books.counts().series).toBeGreaterThan(5);
  expect(books.counts().runs).toBeGreaterThan(20);
}, 120_000);

test("queries of any depth, with any arguments", async () => {
  await fuzz("queries", { cases: cases.queries, together: 20 }, queries(schema), async (operation) => {
    await ask(operation);
  });
}, 120_000);

test("price files made of what breaks readers, with any options", async () => {
  const input = schema.getType("ImportPriceSeriesInput");
  const query = `mutation ($input: ImportPriceSeriesInput!) {
    m0: importPriceSeries(input: $input) {
      priceSeries { id } report { rowsRead rowsAdded rowsRejected problems { line column message } columns { column field } warnings }
    }
  }`;
  const file = fc.tuple(inputFor(input as never), anyCsv).map(([given, csv]): Operation => {
    const whole =
      typeof given === "object" && given !== null && !Array.isArray(given)
        ? { ...given, csv }
        : { symbol: "FUZZ0", csv };
    return { query, variables: { input: whole }, mutations: [{ name: "importPriceSeries", input: whole }] };
  });
  await fuzz("price files", { cases: cases.files, together: 10 }, file, mutate);
}, 120_000);

test("WebSockets with any messages, frames, ids and protocols", async () => {
  await fuzz(
    "WebSockets",
    { cases: cases.sockets, together: 25 },
    socketCases(queries(schema)),
    async (given) => {
      const heard = await converse(victim.url, given, books.fillIn).catch((error: Error) =>
        Promise.reject(fault(error.message, given, "silence")),
      );
      const trouble = conversationTrouble(heard);
      if (trouble !== null) throw fault(trouble, given, heard);
    },
  );
}, 120_000);

test("HTTP with any methods, addresses, headers, lengths and bodies", async () => {
  await fuzz("HTTP", { cases: cases.http, together: 100 }, httpCases(victim.port), async (given) => {
    const answer = await exchange(victim.port, given).catch((error: Error) =>
      Promise.reject(fault(error.message, given, "silence")),
    );
    const trouble = answerTrouble(answer);
    if (trouble !== null) throw fault(trouble, given, answer);
  });
}, 120_000);

test("after all that every process lives, nobody else waited, no row is lost or doubled, and the logs are clean", async () => {
  await mutate({
    query: "mutation { m0: cancelTrainings(filter: {}) { cancelled } }",
    variables: {},
    mutations: [{ name: "cancelTrainings", input: {} }],
  });
  const waiting = async () => {
    const { data } = await ask({
      query: "{ runs(filter: { status: [QUEUED, RUNNING] }) { totalCount } }",
      variables: {},
      mutations: [],
    });
    return (data?.runs as { totalCount: number } | undefined)?.totalCount;
  };
  await expect.poll(waiting, { timeout: 30_000, interval: 200 }).toBe(0);
  const { asked, wrong, worstMedianMs, medianMs } = await probe.stop();
  await books.compare(victim.databaseUrl);
  const { busyMs, rss } = victim.worst;
  process.stdout.write(
    `fuzz: ${casesTried()} cases; another client asked ${asked} times, ${medianMs.toFixed(0)} ms in the middle, ${worstMedianMs.toFixed(0)} ms at worst; ` +
      `the API computed for ${busyMs.toFixed(0)} ms at most without giving way and had ${(rss / 1e6).toFixed(0)} MB; ${JSON.stringify(books.counts())}\n`,
  );
  expect(victim.troubles).toEqual([]);
  expect(wrong).toEqual([]);
  expect(worstMedianMs).toBeLessThan(patienceMs);
  expect(busyMs).toBeLessThan(patienceMs);
  expect(casesTried()).toBeGreaterThanOrEqual(10_000);
}, 60_000);
