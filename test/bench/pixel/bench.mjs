/**
 * Measures the whole way in a real browser: from the moment an epoch is stored to the frame that shows it, on the first
 * page, with one page open and with several. Prints; asserts nothing. Usage:
 * npm run bench:pixel [-- --pages 1,10 --epochs 100 --everyMs 500]
 *
 * An epoch counts from the database's clock (RunEvent.at), which this machine's browser shares, to the animation frame
 * after the one in which its tile's canvas names it: by then it has been painted.
 */
import { randomUUID } from "node:crypto";
import { cpus, loadavg } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { openSite } from "../live/site.mjs";
import { findBrowser, flags } from "./browser.mjs";
import { watchTile } from "./watch-tile.mjs";

const { values } = parseArgs({
  options: {
    pages: { type: "string", default: "1,10" },
    epochs: { type: "string", default: "100" },
    everyMs: { type: "string", default: "500" },
  },
});
const [epochs, everyMs] = [Number(values.epochs), Number(values.everyMs)];

console.log(`${cpus().length} x ${cpus()[0]?.model}, Node ${process.version}, an epoch every ${everyMs} ms`);
const site = await openSite();
const api = await site.startApi();
const browser = await chromium.launch({ executablePath: findBrowser(), args: flags });
try {
  const rows = [];
  for (const pages of values.pages.split(",").map(Number)) rows.push(await measure(pages));
  console.log("\nstored to painted, in milliseconds");
  console.table(rows);
} finally {
  await browser.close();
  await api.stop();
  await site.close();
}

async function measure(pageCount) {
  const { ports } = site;
  const { id } = await site.createRun(`watched by ${pageCount}`);
  // A run that no worker trains goes back to the queue.
  const workerId = randomUUID();
  await ports.workers.register({
    ...{ id: workerId, host: "bench", device: "none", deviceSlot: workerId, engines: [] },
  });
  await ports.workers.beat(workerId, [id]);
  const beating = setInterval(() => ports.workers.beat(workerId, [id]), 1_000);
  await ports.transaction(async (tx) => {
    await ports.journal.append(tx, id, { kind: "status", status: "RUNNING", message: null });
    await ports.runs.setStatus(tx, id, "RUNNING", { attempts: 1, startedAt: new Date(), naiveLoss: 0.5 });
  });
  const pages = [];
  for (let page = 0; page < pageCount; page++) pages.push(await watchTile(browser, api.url, id));
  const storedAt = new Map();
  for (let epoch = 1; epoch <= epochs; epoch++) {
    storedAt.set(epoch, await store(id, epoch));
    await sleep(everyMs);
  }
  await sleep(1_000);
  const delays = [];
  for (const page of pages) {
    const paintedAt = await page.paintedAt();
    for (const [epoch, at] of storedAt) if (paintedAt[epoch]) delays.push(paintedAt[epoch] - at);
    await page.close();
  }
  clearInterval(beating);
  await ports.workers.leave(workerId);
  await ports.transaction((tx) => ports.runs.setStatus(tx, id, "CANCELLED", { finishedAt: new Date() }));
  delays.sort((a, b) => a - b);
  const at = (share) => Math.round(delays[Math.min(delays.length - 1, Math.floor(share * delays.length))]);
  return {
    ...{ pages: pageCount, epochs, painted: delays.length, p50: at(0.5), p95: at(0.95), max: at(1) },
    load: Number(loadavg()[0].toFixed(1)),
  };
}

/** As a worker does. @returns when the database stored it, in milliseconds since 1970 */
async function store(id, number) {
  const { ports } = site;
  const losses = { trainLoss: 1 / number, validationLoss: 1.1 / number };
  const epoch = { epoch: number, ...losses, durationMs: everyMs, samplesPerSecond: 4_000 };
  const event = await ports.transaction(async (tx) => {
    await ports.runs.recordEpochs(tx, id, [epoch]);
    const appended = await ports.journal.append(tx, id, { kind: "epoch", epoch, etaMs: 60_000 });
    await ports.runs.update(tx, id, { epoch: number, etaMs: 60_000 });
    return appended;
  });
  return event.at.getTime();
}
