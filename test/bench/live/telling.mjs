/** From stored to received: runs that report epochs, and a process full of subscribers of one API. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const subscribersFile = fileURLToPath(new URL("subscribers.mjs", import.meta.url));
/** For garbage to be collected, and for the last events to arrive. */
const restMs = 2_000;
/** The first ones warm the API up: what it loads and compiles for them is not theirs alone. */
const warmingSockets = 100;

export async function measureTelling(site, { sockets, runs: runCount, eventsASecond, seconds }) {
  const runs = [];
  for (let i = 0; i < runCount; i++) runs.push(await site.createRun(`run ${i}`));
  const api = await site.startApi();
  const subscribers = fork(subscribersFile);
  const hear = async (type) => {
    for (;;) {
      const [message] = await once(subscribers, "message");
      if (message.type === type) return message;
    }
  };
  const residentWith = async (count) => {
    subscribers.send({ type: "subscribe", url: api.url, runIds: runs.map(({ id }) => id), count });
    await hear("subscribed");
    await sleep(restMs);
    return api.rssBytes();
  };
  const rssWarm = await residentWith(warmingSockets);
  const rssAll = await residentWith(sockets - warmingSockets);

  subscribers.send({ type: "measure" });
  const cpuBefore = await api.cpuSeconds();
  const stored = await storeEpochs(site, runs, { eventsASecond, seconds });
  await sleep(restMs);
  const answer = hear("measured");
  subscribers.send({ type: "report", lastSequence: stored.eventsEach + 1 });
  const heard = await answer;
  const apiCpu = (await api.cpuSeconds()) - cpuBefore;
  await api.stop();
  await endRuns(site, runs);
  return {
    sockets,
    runs: runCount,
    "events/s": Math.round(stored.total / stored.seconds),
    "received/s": Math.round(heard.count / stored.seconds),
    p50: heard.p50,
    p95: heard.p95,
    p99: heard.p99,
    max: heard.max,
    lost: heard.lost,
    "kB a socket": Number(((rssAll - rssWarm) / (sockets - warmingSockets) / 1024).toFixed(1)),
    "API µs each": Math.round((apiCpu * 1e6) / heard.count),
    "subscribers' CPU": `${Math.round((heard.cpuSeconds / stored.seconds) * 100)}%`,
  };
}

/** Each run on its own beat, spread over the interval as independent trainings are. */
async function storeEpochs({ ports }, runs, { eventsASecond, seconds }) {
  const eventsEach = seconds * eventsASecond;
  const everyMs = 1000 / eventsASecond;
  const begun = performance.now();
  await Promise.all(
    runs.map(async ({ id }, i) => {
      for (let epoch = 1; epoch <= eventsEach; epoch++) {
        const due = begun + (i / runs.length + epoch - 1) * everyMs;
        await sleep(Math.max(0, due - performance.now()));
        const losses = { trainLoss: 1 / epoch, validationLoss: 1.1 / epoch };
        const body = {
          kind: "epoch",
          epoch: { epoch, ...losses, durationMs: 500, samplesPerSecond: 4_000 },
          etaMs: 1_000,
        };
        await ports.transaction((tx) => ports.journal.append(tx, id, body));
      }
    }),
  );
  return { eventsEach, total: eventsEach * runs.length, seconds: (performance.now() - begun) / 1000 };
}

async function endRuns({ ports }, runs) {
  for (const { id } of runs)
    await ports.transaction(async (tx) => {
      await ports.journal.append(tx, id, { kind: "status", status: "CANCELLED", message: null });
      await ports.runs.setStatus(tx, id, "CANCELLED");
    });
}
