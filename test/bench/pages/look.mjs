/** Closer looks into the test of a long run: from the turn of the wheel to the picture with the bars that were fetched. */
import { openWatched } from "./watched-page.mjs";

/** Where the wheel is turned, from the left to the right edge. */
const places = [0.15, 0.3, 0.45, 0.6, 0.75, 0.9];
const turns = 24;
const patienceMs = 3_000;

export async function lookCloser(browser, url, runId) {
  const { page, close } = await openWatched(browser);
  await page.goto(`${url}/runs/${runId}`, { waitUntil: "load" });
  const card = page.getByTestId("overlay-chart");
  await card.scrollIntoViewIfNeeded();
  await card.locator('[data-drawn="true"] canvas').first().waitFor();
  await page.waitForTimeout(1_000);
  const rows = [];
  for (const place of places) {
    const look = await card.evaluate(turnWheel, { place, turns, patienceMs });
    rows.push({ place, ...look });
    await page.getByRole("button", { name: "Show everything" }).last().click();
    await page.waitForTimeout(1_000);
  }
  await close();
  return rows;
}

/** Runs in the page. @returns how long it took, and how much of that the API's answer */
async function turnWheel(card, { place, turns, patienceMs }) {
  const canvas = card.querySelector('[data-drawn="true"] canvas');
  const { left, top, width, height } = canvas.getBoundingClientRect();
  const at = { clientX: left + place * width, clientY: top + height / 2 };
  const before = Number(card.dataset.points);
  const painted = new Promise((resolve) => {
    const watcher = new MutationObserver(() => {
      if (Number(card.dataset.points) <= before) return;
      watcher.disconnect();
      // The frame after the one in which it is drawn: by then it has been painted.
      requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now())));
    });
    watcher.observe(card, { attributes: true, attributeFilter: ["data-points"] });
    setTimeout(() => resolve(null), patienceMs);
  });
  const turned = performance.now();
  for (let turn = 0; turn < turns; turn++)
    canvas.dispatchEvent(new WheelEvent("wheel", { ...at, deltaY: -240, bubbles: true, cancelable: true }));
  const until = await painted;
  const answer = performance
    .getEntriesByType("resource")
    .findLast(({ name, startTime }) => name.endsWith("/graphql") && startTime > turned);
  return {
    points: Number(card.dataset.points),
    ms: until === null ? "nothing was fetched" : Math.round(until - turned),
    ofItTheAnswer: answer ? Math.round(answer.responseEnd - answer.startTime) : null,
  };
}
