/** What a subscriber costs that does not keep up: nothing that grows, and nobody but itself any time. */
import { once } from "node:events";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { followRun } from "../../../server/live/follow-run.ts";
import type { Services } from "../../../server/services/services.ts";
import { startTestApi, type TestApi } from "../../support/api.ts";
import { type Backend, givenRun, openTestBackend } from "../../support/backend.ts";
import { createFakeServices } from "../../support/fake-services.ts";

/** Together 30 MB: several times what the system keeps of a connection that nobody reads. */
const eventCount = 2_500;
const eventBytes = 12_000;

let backend: Backend & { drop(): Promise<void> };
let api: TestApi;
/** How many events each follower was handed so far, in the order in which they came. */
const handedTo: number[] = [];

const counted = (follow: Services["followRun"]): Services["followRun"] =>
  async function* (runId, after) {
    const follower = handedTo.push(0) - 1;
    for await (const event of follow(runId, after)) {
      handedTo[follower]!++;
      yield event;
    }
  };

beforeAll(async () => {
  backend = await openTestBackend();
  api = await startTestApi({ ...createFakeServices(), followRun: counted(followRun(backend)) });
});
afterAll(async () => {
  await api.close();
  await backend.drop();
});

/** A run with a long past, as if it had been trained for days. */
async function givenLongStory(): Promise<string> {
  const { id } = await givenRun(backend);
  await backend.pool.query(
    `INSERT INTO run_event (run_id, sequence, kind, body)
     SELECT $1, n, 'log', jsonb_build_object('level', 'INFO', 'message', repeat('x', $3))
     FROM generate_series(1, $2::int) AS n`,
    [id, eventCount, eventBytes],
  );
  await backend.pool.query("UPDATE run SET last_sequence = $2 WHERE id = $1", [id, eventCount]);
  return id;
}

const query = `subscription ($runId: ID!) {
  trainingEvents(runId: $runId, after: 0) { sequence ... on RunLogged { text: message } }
}`;

/** A client that reads only while it is not paused, and the sequences that it has read. */
async function givenReader(runId: string) {
  const socket = new WebSocket(api.endpoint.replace("http", "ws"), "graphql-transport-ws");
  const read: number[] = [];
  const completed = new Promise<void>((resolve) => {
    socket.on("message", (data: Buffer) => {
      const { type, payload } = JSON.parse(data.toString());
      if (type === "connection_ack")
        socket.send(JSON.stringify({ id: "1", type: "subscribe", payload: { query, variables: { runId } } }));
      if (type === "next") read.push(payload.data.trainingEvents.sequence);
      if (type === "complete") resolve();
    });
  });
  await once(socket, "open");
  socket.send('{"type":"connection_init"}');
  return { socket, read, completed };
}

const wholeStory = Array.from({ length: eventCount + 1 }, (_, i) => i + 1);

test("a subscriber that stops reading is waited for, not written for, while others go on; and then it gets all", async () => {
  const runId = await givenLongStory();
  const slow = await givenReader(runId);
  await once(slow.socket, "message");
  slow.socket.pause();

  const quick = await givenReader(runId);
  await backend.transaction(async (tx) => {
    await backend.journal.append(tx, runId, { kind: "status", status: "CANCELLED", message: null });
    await backend.runs.setStatus(tx, runId, "CANCELLED");
  });
  await quick.completed;
  expect(quick.read).toEqual(wholeStory);
  expect(handedTo).toHaveLength(2);
  expect(handedTo[0]).toBeLessThan(eventCount / 2);

  slow.socket.resume();
  await slow.completed;
  expect(slow.read).toEqual(wholeStory);
});
