/**
 * The subscribers, a process of their own: as little client as the protocol allows, so that they cost less than what
 * they measure. Reports how long events took, and whether each came once and in order.
 */
import { WebSocket } from "ws";

const connectingAtOnce = 100;
const query = `subscription ($runId: ID!) {
  trainingEvents(runId: $runId, after: 0) {
    sequence at
    ... on EpochCompleted { etaMs epoch { epoch trainLoss validationLoss durationMs samplesPerSecond } }
  }
}`;

/** The last sequence that each socket received. */
const last = [];
let outOfOrder = 0;
let latencies = [];
let cpuBefore = process.cpuUsage();

const now = () => performance.timeOrigin + performance.now();

function subscribe(url, runId, socketNumber) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${url.replace("http", "ws")}/graphql`, "graphql-transport-ws", {
      perMessageDeflate: false,
      skipUTF8Validation: true,
    });
    socket.once("error", reject);
    socket.once("open", () => socket.send('{"type":"connection_init"}'));
    socket.on("message", (data) => {
      const received = now();
      const { type, payload } = JSON.parse(data.toString());
      if (type === "connection_ack")
        return socket.send(
          JSON.stringify({ id: "1", type: "subscribe", payload: { query, variables: { runId } } }),
        );
      if (type !== "next") return reject(new Error(data.toString()));
      const { sequence, at } = payload.data.trainingEvents;
      if (sequence !== last[socketNumber] + 1) outOfOrder++;
      last[socketNumber] = sequence;
      latencies.push(received - Date.parse(at));
      resolve();
    });
  });
}

async function subscribeAll({ url, runIds, count }) {
  const first = last.length;
  last.push(...Array(count).fill(0));
  let next = first;
  const connect = async () => {
    for (let number = next++; number < first + count; number = next++)
      await subscribe(url, runIds[number % runIds.length], number);
  };
  await Promise.all(Array.from({ length: connectingAtOnce }, connect));
}

function measured(lastSequence) {
  const sorted = Float64Array.from(latencies).sort();
  const percentile = (share) =>
    Number(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]?.toFixed(1));
  const missing = last.reduce((sum, sequence) => sum + Math.abs(lastSequence - sequence), 0);
  const { user, system } = process.cpuUsage(cpuBefore);
  return {
    ...{ count: sorted.length, lost: missing + outOfOrder, cpuSeconds: (user + system) / 1e6 },
    ...{ p50: percentile(0.5), p95: percentile(0.95), p99: percentile(0.99), max: percentile(1) },
  };
}

process.on("message", async (message) => {
  if (message.type === "subscribe") {
    await subscribeAll(message);
    process.send({ type: "subscribed" });
  }
  if (message.type === "measure") {
    latencies = [];
    cpuBefore = process.cpuUsage();
  }
  if (message.type === "report") {
    process.send({ type: "measured", ...measured(message.lastSequence) }, () => process.exit(0));
  }
});
