/** Twelve runs that begin one after the other while the first page is open, and all go on. */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { openWatched, rhythm } from "./watched-page.mjs";

const runCount = 12;
const betweenStartsMs = 400;
const everyMs = 250;
const measuredMs = 15_000;

export async function watchTiles(browser, url, site) {
  const { ports } = site;
  const { page, told, close } = await openWatched(browser);
  await page.goto(url, { waitUntil: "load" });
  await page.waitForTimeout(1_000);

  const workerId = randomUUID();
  await ports.workers.register({
    ...{ id: workerId, host: "bench", device: "none", deviceSlot: workerId, engines: [] },
  });
  const ids = [];
  const beating = setInterval(() => ports.workers.beat(workerId, ids), 1_000);
  let isOver = false;
  const storing = [];
  for (let i = 0; i < runCount; i++) {
    const { id } = await site.createRun(`live ${i + 1}`);
    ids.push(id);
    await ports.workers.beat(workerId, ids);
    await ports.transaction(async (tx) => {
      await ports.journal.append(tx, id, { kind: "status", status: "RUNNING", message: null });
      await ports.runs.setStatus(tx, id, "RUNNING", { attempts: 1, startedAt: new Date(), naiveLoss: 0.5 });
    });
    storing.push(goOn(ports, id, () => isOver));
    await sleep(betweenStartsMs);
  }
  await page
    .locator("article canvas")
    .nth(runCount - 1)
    .waitFor();
  await page.waitForTimeout(1_000);
  const from = (await told()).frames.at(-1);
  await page.waitForTimeout(measuredMs);
  const { frames, shift } = await told();

  isOver = true;
  await Promise.all(storing);
  clearInterval(beating);
  await ports.workers.leave(workerId);
  for (const id of ids)
    await ports.transaction((tx) => ports.runs.setStatus(tx, id, "CANCELLED", { finishedAt: new Date() }));
  await close();
  return [{ tiles: runCount, ...rhythm(frames, from), shift: Number(shift.toFixed(3)) }];
}

/** Stores epochs as a worker does. */
async function goOn(ports, id, isOver) {
  for (let number = 1; !isOver(); number++) {
    const losses = { trainLoss: 1 / number, validationLoss: 1.1 / number + 0.05 * Math.sin(number) };
    const epoch = { epoch: number, ...losses, durationMs: everyMs, samplesPerSecond: 4_000 };
    await ports.transaction(async (tx) => {
      await ports.runs.recordEpochs(tx, id, [epoch]);
      await ports.journal.append(tx, id, { kind: "epoch", epoch, etaMs: 60_000 });
      await ports.runs.update(tx, id, { epoch: number, etaMs: 60_000 });
    });
    await sleep(everyMs);
  }
}
