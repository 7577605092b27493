/** Those of the corpus that have no test elsewhere, against the built product: see corpus.test.ts. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { ask } from "../support/api.ts";
import { exchange } from "./support/http-exchange.ts";
import { startVictim, type Victim } from "./support/victim.ts";

let victim: Victim;
/** Opened first, for it takes the server 24 s to be sure. */
let silentSince: number;
let silentClosed: Promise<number>;
beforeAll(async () => {
  victim = await startVictim();
  const silent = new WebSocket(socketUrl(), "graphql-transport-ws", { autoPong: false });
  silentSince = performance.now();
  silentClosed = new Promise((resolve) =>
    silent.once("close", () => resolve(performance.now() - silentSince)),
  );
  silent.on("error", () => {});
  silent.once("open", () => silent.send('{"type":"connection_init"}'));
}, 60_000);
afterAll(async () => {
  const troubles = victim?.troubles ?? [];
  await victim?.close();
  expect(troubles).toEqual([]);
});

const socketUrl = () => `${victim.url.replace("http", "ws")}/graphql`;
const gql = (query: string, variables = {}) => ask(`${victim.url}/graphql`, { query, variables });
const line = "POST /graphql HTTP/1.1\r\n";
const json = "content-type: application/json\r\n";
const body = '{"query":"{viewer{name}}"}';
const statusesOf = async (bytes: string) =>
  [...(await exchange(victim.port, { bytes })).matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) =>
    Number(status),
  );

test.each<[string, number, string]>([
  [
    "a length and chunks",
    400,
    `${line}host: localhost\r\n${json}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`,
  ],
  [
    "two lengths",
    400,
    `${line}host: localhost\r\n${json}content-length: 5\r\ncontent-length: 6\r\n\r\n${body}`,
  ],
  [
    "line feeds alone",
    400,
    `POST /graphql HTTP/1.1\nhost: localhost\ncontent-type: application/json\ncontent-length: 0\n\n`,
  ],
  [
    "two Hosts",
    400,
    `${line}host: localhost\r\nhost: evil.example\r\n${json}connection: close\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  ],
  ["no Host", 400, `${line}${json}content-length: ${body.length}\r\n\r\n${body}`],
  ["a header of 20 kB", 431, `${line}host: localhost\r\nx: ${"x".repeat(20_000)}\r\n\r\n`],
  [
    "a second request in the length of the first",
    400,
    `${line}host: localhost\r\n${json}content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET /health HTTP/1.1\r\nhost: localhost\r\n\r\n`,
  ],
])("a request with %s is answered with %i", async (_, status, bytes) => {
  expect(await statusesOf(bytes)).toEqual([status]);
});

test("a mutation by GET is refused", async () => {
  const query = encodeURIComponent("mutation { cancelTrainings(filter: {}) { cancelled } }");
  const { status } = await fetch(`${victim.url}/graphql?query=${query}`, {
    headers: { "content-type": "application/json" },
  });
  expect(status).toBe(405);
});

test.each(["*", "///", "/runs/%ff", "/%", "http://[", "//"])(
  "an address that is none is not found: %s",
  async (path) => {
    const [status] = await statusesOf(`GET ${path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`);
    expect(status).toBeGreaterThanOrEqual(300);
    expect(status).toBeLessThan(500);
  },
);

const upgrade = (...origins: string[]) =>
  [
    "GET /graphql HTTP/1.1",
    `host: 127.0.0.1:${victim.port}`,
    ...[
      "connection: upgrade",
      "upgrade: websocket",
      "sec-websocket-version: 13",
      "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==",
    ],
    "sec-websocket-protocol: graphql-transport-ws",
    ...origins.map((origin) => `origin: ${origin.replace("HOST", `127.0.0.1:${victim.port}`)}`),
    "\r\n",
  ].join("\r\n");

test.each([
  [["null"]],
  [["http://127.0.0.1:1"]],
  [["http://HOST.evil.example"]],
  [["http://HOST@evil.example"]],
  [["http://HOST", "http://evil.example"]],
  [[""]],
  [["http://HOST, http://evil.example"]],
])("no page of the origin %j opens a socket", async (origins) => {
  const [status] = await statusesOf(upgrade(...origins));
  // Node keeps the first of two; the second is then not ours to see, and no browser sends it.
  expect(origins.length > 1 ? [101, 403] : [403]).toContain(status);
});

/** A greeted socket, and how it ends. */
async function greeted(options = {}) {
  const socket = new WebSocket(socketUrl(), "graphql-transport-ws", options);
  const messages: { type: string; id?: string; payload?: unknown }[] = [];
  const closed = new Promise<number>((resolve) => socket.once("close", resolve));
  socket.on("error", () => {});
  socket.on("message", (data) => messages.push(JSON.parse(String(data))));
  await new Promise((resolve) => socket.once("open", resolve));
  socket.send('{"type":"connection_init"}');
  await expect.poll(() => messages.length).toBe(1);
  return { socket, messages, closed };
}

test.each<[string, string | Buffer]>([
  ["binary", Buffer.from([1, 2, 3])],
  ["a list", "[]"],
  ["an operation whose id is a number", `{"id":1,"type":"subscribe","payload":${body}}`],
  ["null", "null"],
  ["of a type that a prototype has", '{"type":"__proto__"}'],
])("a message that is %s ends its socket with 4400", async (_, message) => {
  const { socket, closed } = await greeted();
  socket.send(message);
  expect(await closed).toBe(4400);
});

test.each<[string, number, string]>([
  ["frames without a mask", 1002, "810568656c6c6f"],
  ["frames with a reserved bit", 1002, "f18000000000"],
  ["frames of an unknown kind", 1002, "838000000000"],
  ["frames of 2^63 bytes", 1009, "81ffffffffffffffffff00000000"],
  ["frames that are no UTF-8", 1007, "818200000000c328"],
])("%s end a socket with %i", async (_, code, hex) => {
  const { socket, closed } = await greeted();
  (socket as unknown as { _socket: { write(bytes: Buffer): void } })._socket.write(Buffer.from(hex, "hex"));
  expect(await closed).toBe(code);
});

const importing = `mutation ($input: ImportPriceSeriesInput!) { importPriceSeries(input: $input) { priceSeries { id } report { rowsRejected } } }`;
async function givenSeries(symbol: string, price: (at: number) => number): Promise<string> {
  const rows = Array.from({ length: 60 }, (_, at) => {
    const date = new Date(Date.UTC(2020, 0, 1 + at)).toISOString().slice(0, 10);
    return [date, ...Array(4).fill(price(at))].join(",");
  });
  const csv = ["date,open,high,low,close", ...rows].join("\n");
  const { data, errors } = await gql(importing, { input: { symbol, csv } });
  expect(errors).toEqual([]);
  return (data as { importPriceSeries: { priceSeries: { id: string } } }).importPriceSeries.priceSeries.id;
}
async function trained(priceSeriesId: string, more: object = {}): Promise<string> {
  const input = {
    priceSeriesId,
    window: 4,
    layers: [{ units: 8 }],
    epochs: 3,
    testBars: 10,
    validationBars: 10,
    batchSize: 16,
    ...more,
  };
  const { data, errors } = await gql(
    "mutation ($input: StartTrainingInput!) { startTraining(input: $input) { run { id } } }",
    { input },
  );
  expect(errors).toEqual([]);
  const { id } = (data as { startTraining: { run: { id: string } } }).startTraining.run;
  await expect.poll(() => statusOf(id), { timeout: 30_000, interval: 100 }).not.toMatch(/QUEUED|RUNNING/);
  return id;
}
const statusOf = async (id: string) =>
  (
    (await gql("query ($id: ID!) { run(id: $id) { status error { code } } }", { id })).data as {
      run: { status: string };
    }
  ).run.status;

const everything = `query ($id: ID!) { run(id: $id) {
  status name warnings error { code message } config { window } priceSeries { bars { edges { node { open close } } } chart { close } }
  scores { split skill model { mae rmse mape mase directionalAccuracy } naive { mae } } epochs { epoch trainLoss validationLoss }
  predictions(split: TEST) { time actual predicted naive }
} }`;

test.each<[string, (at: number) => number]>([
  ["the largest numbers, up and down", (at) => (at % 2 ? 1e308 : -1e308)],
  ["one price", () => 100],
  ["zeros", () => 0],
  ["the smallest number", () => 5e-324],
  ["1e300", (at) => 1e300 * (1 + at / 100)],
  ["a jump of 1e9", (at) => (at < 45 ? 1 : 1e9)],
])(
  "a series of %s is trained or diverges, and all of it can be read",
  async (what, price) => {
    const id = await trained(await givenSeries(`EDGE${what.length}`, price));
    const { data, errors } = await gql(everything, { id });
    expect(errors).toEqual([]);
    const { run } = data as { run: { status: string; error: { code: string } | null } };
    expect(run.error?.code ?? run.status).toMatch(/^(SUCCEEDED|DIVERGED)$/);
    expect((await gql("{ runs { edges { node { scores { skill } } } } }")).errors).toEqual([]);
  },
  60_000,
);

test("a run on prices that overflow ends DIVERGED, and its worker is never lost", async () => {
  const id = await trained(await givenSeries("DIVERGES", (at) => 1e200 * Math.sin(at)), {
    window: 2,
    layers: [{ units: 128 }, { units: 128 }],
  });
  const { data } = await gql("query ($id: ID!) { run(id: $id) { error { code } } workers { status } }", {
    id,
  });
  expect(data).toEqual({ run: { error: { code: "DIVERGED" } }, workers: [{ status: "IDLE" }] });
  expect(victim.troubles).toEqual([]);
}, 60_000);

const follow =
  "subscription ($id: ID!, $after: Int) { trainingEvents(runId: $id, after: $after) { sequence } }";
async function told(variables: object) {
  const { socket, messages } = await greeted();
  socket.send(JSON.stringify({ id: "1", type: "subscribe", payload: { query: follow, variables } }));
  await expect.poll(() => messages.at(-1)?.type, { timeout: 10_000 }).toMatch(/complete|error/);
  socket.close();
  return messages.slice(1);
}

test.each([-1, null, 0])(
  "an ended run is told whole after %j",
  async (after) => {
    const id = await trained(await givenSeries("FOLLOWED", (at) => 100 + (at % 5)));
    const messages = await told({ id, after });
    const numbers = messages.flatMap(
      ({ payload }) =>
        (payload as { data?: { trainingEvents: { sequence: number } } })?.data?.trainingEvents.sequence ?? [],
    );
    expect(numbers.length).toBeGreaterThan(4);
    expect(numbers).toEqual(numbers.map((_, at) => at + 1));
    expect(await told({ id, after: 2 ** 31 - 1 })).toEqual([{ id: "1", type: "complete" }]);
  },
  60_000,
);

test.each([2 ** 31, 2 ** 53, "x", 1.5, true, {}])("after %j is an error", async (after) => {
  const messages = await told({ id: "00000000-0000-4000-8000-000000000001", after });
  expect(messages).toMatchObject([
    { type: "error", payload: [{ extensions: { code: "BAD_USER_INPUT", field: "after" } }] },
  ]);
});

test("three thousand idle sockets keep nobody waiting", async () => {
  const sockets: WebSocket[] = [];
  for (let opened = 0; opened < 3_000; opened += 100)
    await Promise.all(
      Array.from({ length: 100 }, async () => {
        const socket = new WebSocket(socketUrl(), "graphql-transport-ws");
        sockets.push(socket);
        await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
        socket.send('{"type":"connection_init"}');
      }),
    );
  const waits: number[] = [];
  for (let asked = 0; asked < 50; asked++) {
    const begun = performance.now();
    await gql("{ viewer { name } }");
    waits.push(performance.now() - begun);
  }
  for (const socket of sockets) socket.terminate();
  // 7 ms where the machine is idle.
  expect(waits.sort((a, b) => a - b)[25]).toBeLessThan(200);
}, 60_000);

test("a client that answers no ping is cut off", async () => {
  expect(await silentClosed).toBeLessThan(40_000);
  expect(performance.now() - silentSince).toBeGreaterThan(12_000);
}, 60_000);
