/** What a socket may send, keep and leave unread, and how it learns of it. */
import { once } from "node:events";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { WebSocket } from "ws";
import { startTestApi, type TestApi } from "../../support/api.ts";
import { createFakeServices, type FakeServices } from "../../support/fake-services.ts";

let services: FakeServices;
let api: TestApi;
const sockets: WebSocket[] = [];
beforeEach(async () => {
  services = createFakeServices();
  api = await startTestApi(services);
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.terminate();
  await api.close();
});

interface Message {
  readonly type: string;
  readonly id?: string;
  readonly payload?: { readonly extensions: Record<string, unknown>; readonly message: string }[];
}

/** A greeted socket, and what comes in on it. */
async function givenSocket(protocol = "graphql-transport-ws", greet = true) {
  const socket = new WebSocket(api.endpoint.replace("http", "ws"), protocol);
  sockets.push(socket);
  const received: Message[] = [];
  const waiting: (() => void)[] = [];
  socket.on("message", (data) => {
    received.push(JSON.parse(String(data)));
    for (const wake of waiting.splice(0)) wake();
  });
  const closed = once(socket, "close").then(([code, reason]) => ({ code, reason: String(reason) }));
  socket.on("error", () => {});
  await once(socket, "open");
  const until = async (fits: (message: Message) => boolean): Promise<Message> => {
    for (;;) {
      const found = received.find(fits);
      if (found) return found;
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
  };
  const send = (message: object) => socket.send(JSON.stringify(message));
  if (greet) {
    send({ type: "connection_init" });
    await until(({ type }) => type === "connection_ack");
  }
  return {
    socket,
    closed,
    received,
    send,
    /** The first message about an operation. */
    subscribe: (payload: object, id = "1") => {
      send({ id, type: "subscribe", payload });
      return until((message) => message.id === id);
    },
    until,
  };
}

const runChanges = "subscription { runChanges { id } }";

test("a message above 1 MiB ends its socket with 1009: imports go over HTTP", async () => {
  const { closed, send } = await givenSocket();
  send({
    id: "1",
    type: "subscribe",
    payload: { query: `subscription{${" ".repeat(2 << 20)}runChanges{id}}` },
  });
  expect((await closed).code).toBe(1009);
});

test("a document above 100 kB is refused by an error, and the socket goes on", async () => {
  const { subscribe } = await givenSocket();
  const refused = await subscribe({ query: `subscription{${" ".repeat(100_000)}runChanges{id}}` });
  expect(refused).toMatchObject({ type: "error", payload: [{ extensions: { code: "LIMIT_EXCEEDED" } }] });
  expect(await subscribe({ query: "{ viewer { name } }" }, "2")).toMatchObject({ type: "next" });
});

test.each(["{a".repeat(2_400), `{a(x:${"[".repeat(2_400)}`, `{a(x:${"{a:".repeat(1_200)}`])(
  "a document that would overflow the parser is refused by an error, over HTTP too",
  async (query) => {
    const { subscribe } = await givenSocket();
    expect(await subscribe({ query })).toMatchObject({
      type: "error",
      payload: [{ extensions: { code: "LIMIT_EXCEEDED" } }],
    });
    const overHttp = await api.ask(query);
    expect([overHttp.status, overHttp.errors[0]?.extensions.code]).toEqual([400, "LIMIT_EXCEEDED"]);
  },
);

test("a hundred subscriptions with 90 kB of blanks and 800 kB of what they do not declare leave next to nothing behind", async () => {
  const { socket, send } = await givenSocket();
  setFlagsFromString("--expose-gc");
  const collectGarbage = runInNewContext("gc") as () => void;
  const memory = () => {
    collectGarbage();
    return process.memoryUsage().heapUsed + process.memoryUsage().external;
  };
  const query = `subscription{${" ".repeat(90_000)}runChanges{id}}`;
  const before = memory();
  for (let i = 0; i < 100; i++) {
    const [text, params] = [String(i).padEnd(400_000, "x"), { a: i }];
    send({
      id: `s${i}`,
      type: "subscribe",
      payload: { query, variables: { text }, extensions: { text, params } },
    });
  }
  await services.runChanges.untilListeners(100);
  await expect.poll(() => memory() - before, { timeout: 20_000, interval: 500 }).toBeLessThan(30e6);
  expect(socket.readyState).toBe(socket.OPEN);
}, 40_000);

test("a subscription may keep 100 kB of variables, a query may have more", async () => {
  const { subscribe } = await givenSocket();
  const variables = { after: "x".repeat(100_000) };
  const follow = "subscription ($after: ID!) { trainingEvents(runId: $after) { sequence } }";
  expect(await subscribe({ query: follow, variables })).toMatchObject({
    type: "error",
    payload: [{ extensions: { code: "LIMIT_EXCEEDED" } }],
  });
  const query = `query ($after: String) { runs(after: $after) { totalCount } }`;
  expect((await subscribe({ query, variables }, "2")).type).not.toBe("error");
});

test("an operation's id may have 1,000 characters", async () => {
  const { subscribe } = await givenSocket();
  expect(await subscribe({ query: runChanges }, "x".repeat(1_001))).toMatchObject({
    type: "error",
    payload: [{ extensions: { code: "LIMIT_EXCEEDED" } }],
  });
});

test("subscribers whose documents differ in blanks only, or in variables that nobody declared, share one answer", async () => {
  const queries = [
    runChanges,
    "subscription{runChanges{id}}",
    "# hello\nsubscription { runChanges { id, } }",
  ];
  services.runChanges.listen();
  const readers = await Promise.all(queries.map(() => givenSocket()));
  const query = "subscription { runChanges { id scores { skill } } }";
  const told = readers.map(({ subscribe }, i) =>
    subscribe({ query: i === 0 ? query : query.replaceAll(" ", "  "), variables: { i } }),
  );
  await services.runChanges.untilListeners(4);
  services.calls.scores = 0;
  services.givenRun();
  for (const answer of await Promise.all(told)) expect(answer.type).toBe("next");
  expect(services.calls.scores).toBe(1);
});

test("a ping's payload comes back up to 1 kB; a larger one ends the socket with 4400", async () => {
  const { send, until, closed } = await givenSocket();
  const payload = { a: "x".repeat(900) };
  send({ type: "ping", payload });
  expect(await until(({ type }) => type === "pong")).toEqual({ type: "pong", payload });
  send({ type: "ping", payload: { a: "x".repeat(2_000) } });
  expect(await closed).toMatchObject({ code: 4400, reason: expect.stringContaining("1000 bytes") });
});

test("a ping without a payload has a pong without one", async () => {
  const { send, until } = await givenSocket();
  send({ type: "ping" });
  expect(await until(({ type }) => type === "pong")).toEqual({ type: "pong" });
});

test("a client that leaves more than 4 MiB unread is cut off", async () => {
  const { socket, closed, received } = await givenSocket();
  socket.pause();
  const ping = JSON.stringify({ type: "ping", payload: { a: "x".repeat(950) } });
  // The system itself keeps some megabytes of what nobody reads.
  for (let sent = 0; sent < 60 && socket.readyState === socket.OPEN; sent++) {
    for (let i = 0; i < 1_000; i++) socket.send(ping, () => {});
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  socket.resume();
  expect((await closed).code).toBe(1006);
  expect(received.length).toBeLessThan(40_000);
}, 40_000);

test("an answer of more than 4 MiB is no reason to cut its reader off, as slow as it may be", async () => {
  const { socket, subscribe } = await givenSocket();
  const text = "x".repeat(6 << 20);
  const { id: runId } = services.givenRun();
  services.record(runId, { kind: "log", level: "INFO", message: text });
  const told = subscribe({
    query: `subscription { trainingEvents(runId: "${runId}") { ... on RunLogged { text: message } } }`,
  });
  socket.pause();
  await new Promise((resolve) => setTimeout(resolve, 500));
  socket.resume();
  expect(await told).toMatchObject({ payload: { data: { trainingEvents: { text } } } });
});

test("a client that leaves in the middle of what it asked writes nothing to the console or the log", async () => {
  const console_ = (["error", "warn", "log"] as const).map((name) => vi.spyOn(console, name));
  const { socket, send } = await givenSocket();
  for (let i = 0; i < 2_000; i++) send({ id: `q${i}`, type: "subscribe", payload: { query: "{ nothing }" } });
  await new Promise((resolve) => setTimeout(resolve, 50));
  socket.terminate();
  await new Promise((resolve) => setTimeout(resolve, 300));
  for (const spy of console_) {
    expect(spy).not.toHaveBeenCalled();
    spy.mockRestore();
  }
  expect(api.logged).toEqual([]);
});

test("a client of the old protocol is told in words, by its own kind of message and by the close reason", async () => {
  const { until, closed } = await givenSocket("graphql-ws", false);
  const error = await until(({ type }) => type === "connection_error");
  expect(error.payload).toMatchObject({
    message: expect.stringMatching(/graphql-transport-ws.*subscriptions-transport-ws/),
  });
  expect(await closed).toMatchObject({ code: 4406, reason: expect.stringContaining("graphql-transport-ws") });
});

// A client that knows LIVE.md takes `next` and `complete` for a lost connection, and comes back for ever.
test.each([
  ["an id that is none", { variables: { runId: "not-a-run", after: 0 } }, "NOT_FOUND"],
  ["a variable that is missing", {}, "BAD_USER_INPUT"],
  ["a variable of another type", { variables: { runId: "not-a-run", after: "abc" } }, "BAD_USER_INPUT"],
  ["an unknown run", { variables: { runId: "00000000-0000-4000-8000-000000000001" } }, "NOT_FOUND"],
])("a subscription with %s fails by an error and nothing else", async (_, rest, code) => {
  const { subscribe, until, send, received } = await givenSocket();
  const query =
    "subscription ($runId: ID!, $after: Int) { trainingEvents(runId: $runId, after: $after) { __typename sequence } }";
  expect(await subscribe({ query, ...rest })).toMatchObject({
    type: "error",
    payload: [{ extensions: { code } }],
  });
  send({ type: "ping" });
  await until(({ type }) => type === "pong");
  expect(received.filter(({ id }) => id === "1")).toHaveLength(1);
});

test("an id that is taken again before its operation has come to its end has one operation, however often", async () => {
  const { send, received } = await givenSocket();
  for (let i = 0; i < 500; i++) {
    send({ id: "1", type: "subscribe", payload: { query: runChanges } });
    if (i < 499) send({ id: "1", type: "complete" });
  }
  send({ id: "2", type: "subscribe", payload: { query: "{ viewer { name } }" } });
  await services.runChanges.untilListeners(1);
  await new Promise((resolve) => setTimeout(resolve, 200));
  const { id } = services.givenRun();
  await expect.poll(() => received.filter((message) => message.id === "1")).not.toEqual([]);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(received.filter((message) => message.id === "1")).toEqual([
    { id: "1", type: "next", payload: expect.objectContaining({ data: { runChanges: { id } } }) },
  ]);
  send({ id: "1", type: "complete" });
  await services.runChanges.untilListeners(0);
});

test("an operation that waits for its id is dropped when it is completed, and a second one that waits ends the socket", async () => {
  const { send, closed, received } = await givenSocket();
  const query = { id: "1", type: "subscribe", payload: { query: "{ viewer { name } }" } };
  const complete = { id: "1", type: "complete" };
  for (const message of [query, complete, query, complete]) send(message);
  send({ type: "ping" });
  await expect.poll(() => received.some(({ type }) => type === "pong")).toBe(true);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(received.filter(({ type }) => type === "next")).toEqual([]);
  for (const message of [query, complete, query, query]) send(message);
  expect((await closed).code).toBe(4409);
});

test("operations that nobody wants any more count until they have come to their end", async () => {
  const { send, received, until } = await givenSocket();
  const refused = () => received.find(({ type }) => type === "error");
  // How many arrive before the first have ended is the network's: one burst of several outruns them.
  for (let burst = 0; burst < 20 && !refused(); burst++) {
    received.length = 0;
    const last = `${burst} 149`;
    for (let i = 0; i < 150; i++) {
      const id = `${burst} ${i}`;
      send({ id, type: "subscribe", payload: { query: runChanges } });
      // Who does not want it any more is not told that it was refused.
      if (id !== last) send({ id, type: "complete" });
    }
    send({ type: "ping" });
    await until(({ type }) => type === "pong");
    await new Promise((resolve) => setTimeout(resolve, 100));
    if (!refused()) send({ id: last, type: "complete" });
  }
  expect(refused()).toMatchObject({ type: "error", payload: [{ extensions: { code: "LIMIT_EXCEEDED" } }] });
});

test.each(["next", "error", "connection_ack"])(
  "a %s, which only servers send, is none of a client's",
  async (type) => {
    const { send, closed } = await givenSocket();
    send({ id: "1", type, payload: [{ message: "x" }] });
    expect((await closed).code).toBe(4400);
  },
);
