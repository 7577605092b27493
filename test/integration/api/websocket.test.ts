/** Subscriptions, as a foreign graphql-ws client meets them. */
import { CloseCode } from "graphql-ws";
import { afterEach, beforeEach, expect, test } from "vitest";
import { WebSocket } from "ws";
import { startTestApi, type TestApi, take } from "../../support/api.ts";
import { createFakeServices, type FakeServices } from "../../support/fake-services.ts";

let services: FakeServices;
let api: TestApi;
beforeEach(async () => {
  services = createFakeServices();
  api = await startTestApi(services);
});
afterEach(() => api.close());

const epoch = (number: number) => ({
  kind: "epoch" as const,
  epoch: {
    epoch: number,
    trainLoss: 0.5 / number,
    validationLoss: null,
    durationMs: 500,
    samplesPerSecond: 4000,
  },
  etaMs: 1000,
});
const status = (to: "RUNNING" | "SUCCEEDED" | "CANCELLED") => ({
  kind: "status" as const,
  status: to,
  message: null,
});

const trainingEvents = `subscription ($runId: ID!, $after: Int) {
  trainingEvents(runId: $runId, after: $after) {
    __typename runId sequence at
    ... on RunStatusChanged { status message }
    ... on EpochCompleted { epoch { epoch trainLoss validationLoss } etaMs }
    ... on RunLogged { level text: message }
  }
}`;

test("a run's events come in order from the first, each as its own type, and end after the final status", async () => {
  const { id: runId } = services.givenRun();
  services.record(runId, status("RUNNING"));
  services.record(runId, epoch(1));
  const told = take(api.subscribe(trainingEvents, { runId }));
  await services.events.untilListeners(1);
  services.record(runId, { kind: "log", level: "WARNING", message: "the loss rose" });
  services.record(runId, status("SUCCEEDED"));
  const at = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  expect(await told).toEqual(
    [
      { __typename: "RunStatusChanged", sequence: 1, status: "RUNNING", message: null },
      {
        __typename: "EpochCompleted",
        sequence: 2,
        epoch: { epoch: 1, trainLoss: 0.5, validationLoss: null },
        etaMs: 1000,
      },
      { __typename: "RunLogged", sequence: 3, level: "WARNING", text: "the loss rose" },
      { __typename: "RunStatusChanged", sequence: 4, status: "SUCCEEDED", message: null },
    ].map((event) => ({ trainingEvents: { ...event, runId, at } })),
  );
});

test("who reconnects with the last sequence seen gets what follows it, and an explicit null means all", async () => {
  const { id: runId } = services.givenRun();
  for (const body of [status("RUNNING"), epoch(1), epoch(2), status("SUCCEEDED")])
    services.record(runId, body);
  const sequences = async (after: number | null) =>
    (await take(api.subscribe(trainingEvents, { runId, after }))).map(
      (data) => (data as { trainingEvents: { sequence: number } }).trainingEvents.sequence,
    );
  expect(await sequences(2)).toEqual([3, 4]);
  expect(await sequences(null)).toEqual([1, 2, 3, 4]);
});

test("runChanges tells a run with the fields of its moment, not those that it first saw", async () => {
  const { id } = services.givenRun();
  const query = "subscription { runChanges { id status epoch priceSeries { symbol } scores { count } } }";
  const told = take(api.subscribe(query), 3);
  await services.runChanges.untilListeners(1);
  for (const body of [status("RUNNING"), epoch(1), epoch(2)]) services.record(id, body);
  const changes = (await told) as { runChanges: { status: string; epoch: number; scores: unknown[] } }[];
  expect(changes.map(({ runChanges }) => runChanges.epoch)).toEqual([0, 1, 2]);
  expect(changes.at(-1)?.runChanges).toMatchObject({
    id,
    status: "RUNNING",
    scores: [{ count: 2 }],
  });
});

test("those who ask the same share one answer, those who ask otherwise get their own", async () => {
  const { id } = services.givenRun();
  const query =
    "subscription ($less: Boolean = false) { runChanges { id epoch scores @skip(if: $less) { count } } }";
  const told = [{}, {}, {}, { less: true }].map((variables) => take(api.subscribe(query, variables), 1));
  told.push(take(api.subscribe("subscription { runChanges { name } }"), 1));
  await services.runChanges.untilListeners(5);
  services.calls.scores = 0;
  services.record(id, epoch(1));
  const whole = [{ runChanges: { id, epoch: 1, scores: [{ count: 1 }] } }];
  const expected = [
    whole,
    whole,
    whole,
    [{ runChanges: { id, epoch: 1 } }],
    [{ runChanges: { name: "a run" } }],
  ];
  expect(await Promise.all(told)).toEqual(expected);
  expect(services.calls.scores).toBe(1);
});

test("queries and mutations are answered over the same socket", async () => {
  const { id } = services.givenRun();
  const query = "mutation ($id: ID!) { cancelTraining(runId: $id) { run { id status } } }";
  const [answer] = await take(api.subscribe(query, { id }));
  expect(answer).toEqual({ cancelTraining: { run: { id, status: "CANCELLED" } } });
});

test("a client that goes away, or completes, is no longer listened for", async () => {
  const staying = api.connect();
  const results = staying.iterate({ query: "subscription { runChanges { id } }" });
  const first = results.next();
  const leaving = api.connect();
  const unheard = leaving.iterate({ query: "subscription { runChanges { id } }" }).next();
  await services.runChanges.untilListeners(2);
  leaving.terminate();
  await expect(unheard).rejects.toBeDefined();
  await services.runChanges.untilListeners(1);
  const { id } = services.givenRun();
  expect(await first).toMatchObject({ value: { data: { runChanges: { id } } } });
  await results.return?.();
  await services.runChanges.untilListeners(0);
});

const errorsOf = async (query: string, variables = {}): Promise<unknown> => {
  try {
    for await (const { errors } of api.subscribe(query, variables)) if (errors) return errors;
  } catch (error) {
    return error;
  }
  return null;
};

test.each([
  [
    "an unknown run",
    trainingEvents,
    { runId: "00000000-0000-4000-8000-000000000001" },
    { code: "NOT_FOUND" },
  ],
  ["an id that is none", trainingEvents, { runId: "x" }, { code: "NOT_FOUND" }],
  ["a missing variable", trainingEvents, {}, { code: "BAD_USER_INPUT", field: "runId" }],
  [
    "a wrong variable",
    trainingEvents,
    { runId: "x", after: 1.5 },
    { code: "BAD_USER_INPUT", field: "after" },
  ],
  ["an unknown field", "subscription { prices { id } }", {}, { code: "GRAPHQL_VALIDATION_FAILED" }],
  ["a document that breaks off", "subscription {", {}, { code: "GRAPHQL_PARSE_FAILED" }],
])(
  "%s is an answer with the same code as over HTTP, and the socket stays open",
  async (_, query, variables, extensions) => {
    expect(await errorsOf(query, variables)).toMatchObject([{ extensions }]);
  },
);

test("a fault of ours while events stream is told by an id, under which the log has the rest", async () => {
  const failure = errorsOf("subscription { runChanges { id } }");
  await services.runChanges.untilListeners(1);
  services.runChanges.fail(new Error("the database at 10.0.0.7 is gone"));
  const [error] = (await failure) as { message: string; extensions: { id: string } }[];
  expect(error?.extensions).toEqual({ code: "INTERNAL_SERVER_ERROR", id: expect.any(String) });
  expect(error?.message).not.toContain("10.0.0.7");
  expect(api.logged).toMatchObject([
    { errorId: error?.extensions.id, err: { message: "the database at 10.0.0.7 is gone" } },
  ]);
});

test("the hundredth subscription of a socket is the last that it gets, and the others go on", async () => {
  const client = api.connect();
  const request = { query: "subscription { runChanges { id } }" };
  const heard = Array.from({ length: 100 }, () => client.iterate(request).next());
  await services.runChanges.untilListeners(100);
  await expect(client.iterate(request).next()).rejects.toMatchObject([
    { extensions: { code: "LIMIT_EXCEEDED" } },
  ]);
  const { id } = services.givenRun();
  const results = await Promise.all(heard);
  expect(results.map(({ value }) => value?.data?.runChanges)).toEqual(Array(100).fill({ id }));
});

test("a message that is no protocol closes that socket only", async () => {
  const { id: runId } = services.givenRun();
  const told = take(api.subscribe(trainingEvents, { runId }), 1);
  await services.events.untilListeners(1);
  const closed = new Promise<number>((resolve, reject) => {
    const socket = new WebSocket(api.endpoint.replace("http", "ws"), "graphql-transport-ws");
    socket.once("open", () => socket.send("hello"));
    socket.once("close", resolve);
    socket.once("error", reject);
  });
  expect(await closed).toBe(CloseCode.BadRequest);
  services.record(runId, status("RUNNING"));
  expect(await told).toHaveLength(1);
});

test("a server that goes away breaks its subscriptions off instead of completing them, frees the port and listens to nothing any more", async () => {
  const closing = await startTestApi(services);
  const client = closing.connect();
  const goodbye = new Promise<unknown>((resolve) => client.on("closed", resolve));
  const result = client.iterate({ query: "subscription { runChanges { id } }" }).next();
  await services.runChanges.untilListeners(1);
  const ended = expect(result).rejects.toMatchObject({ code: 1001 });
  await closing.stop();
  expect(await goodbye).toMatchObject({ code: 1001 });
  await ended;
  await services.runChanges.untilListeners(0);
  await expect(fetch(closing.url)).rejects.toThrow();
});
