/** Follows a run as docs/LIVE.md tells a client to, and writes down everything that it was told. */
import { setTimeout as sleep } from "node:timers/promises";
import { createClient } from "graphql-ws";
import { WebSocket } from "ws";

const query = `subscription ($runId: ID!, $after: Int!) {
  trainingEvents(runId: $runId, after: $after) {
    __typename sequence
    ... on RunStatusChanged { status }
    ... on EpochCompleted { epoch { epoch trainLoss validationLoss } }
  }
}`;
const finalStatuses = new Set(["SUCCEEDED", "FAILED", "CANCELLED"]);
const pauseMs = 150;
/** A frozen socket is noticed by its silence. */
const pingEveryMs = 2_000;
const pongWithinMs = 5_000;

/**
 * @param plan `api` it begins at, `joinsAfterMs`, and after how many events it leaves and comes back (null: never).
 * @param onEvent hears of each event when it is told.
 * @param abandoned aborts when nobody waits for the run any more.
 * @returns the sequences, statuses and epochs that it was told, once it has heard the end.
 */
export async function followRun({ runId, plan, endpoints, complain, count, onEvent, abandoned }) {
  const told = { sequences: [], statuses: [], epochs: [] };
  const who = `the ${plan.kind} follower of ${runId}`;
  let last = 0;
  let isOver = false;

  const hear = ({ trainingEvents: event }) => {
    if (isOver) complain(`${who} heard ${event.sequence} after the end`);
    if (event.sequence !== last + 1) complain(`${who} heard ${event.sequence} after ${last}`);
    last = event.sequence;
    told.sequences.push(event.sequence);
    if (event.status) told.statuses.push(event.status);
    if (event.epoch) told.epochs.push(event.epoch);
    isOver = finalStatuses.has(event.status);
    onEvent(event);
  };

  await sleep(plan.joinsAfterMs);
  for (let attempt = 0; !isOver && !abandoned.aborted; attempt++) {
    if (attempt > 0) count("subscriptions taken up again");
    const endpoint = endpoints[(plan.api + attempt) % endpoints.length];
    const ending = await listenOnce({
      endpoint,
      runId,
      after: last,
      hear,
      leavesAfter: plan.leavesAfter,
      abandoned,
    });
    if (ending.refused) complain(`${who} was refused: ${JSON.stringify(ending.refused)}`);
    if (ending.completed && !isOver)
      complain(`${who} heard the end of the subscription before that of the run`);
    if (!isOver) await sleep(pauseMs);
  }
  return told;
}

/** One connection, until it ends or the follower leaves. */
function listenOnce({ endpoint, runId, after, hear, leavesAfter, abandoned }) {
  let silence;
  const client = createClient({
    url: endpoint.replace("http", "ws"),
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    connectionAckWaitTimeout: 10_000,
    keepAlive: pingEveryMs,
    on: {
      ping: (received) => {
        if (!received) silence = setTimeout(() => client.terminate(), pongWithinMs);
      },
      pong: () => clearTimeout(silence),
    },
  });
  let heard = 0;
  return new Promise((resolve) => {
    let leaves = () => {};
    const end = (ending) => {
      clearTimeout(silence);
      abandoned.removeEventListener("abort", leaves);
      resolve(ending);
      void client.dispose();
    };
    let hasLeft = false;
    const stop = client.subscribe(
      { query, variables: { runId, after } },
      {
        next({ data, errors }) {
          if (hasLeft) return; // it crossed our leaving on the way
          if (errors) return end({ refused: errors });
          hear(data);
          heard++;
          if (heard === leavesAfter) leaves();
        },
        error: (cause) => end(isRefusal(cause) ? { refused: cause } : {}),
        complete: () => end({ completed: !hasLeft }),
      },
    );
    leaves = () => {
      hasLeft = true;
      stop();
    };
    abandoned.addEventListener("abort", leaves);
  });
}

/** The database may be away for longer than the server waits for it: that passes. */
const isRefusal = (cause) =>
  Array.isArray(cause) &&
  cause.some(({ extensions }) => !["INTERNAL_SERVER_ERROR", "UNAVAILABLE"].includes(extensions?.code));
