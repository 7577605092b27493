/** What the pages fetch at first, and how soon they show something. */
import { openWatched } from "./watched-page.mjs";

const settledMs = 3_000;
const repeats = 3;

export async function loadPages(browser, url, { seriesId, long, short }) {
  const pages = {
    "/": "/",
    "/runs": "/runs",
    "/runs/ID": `/runs/${short}`,
    "/runs/ID, 10,000 epochs": `/runs/${long}`,
    "/series": "/series",
    "/series/ID, 100,000 bars": `/series/${seriesId}`,
    "/runs/new": "/runs/new",
    "/system": "/system",
  };
  const rows = [];
  for (const [page, path] of Object.entries(pages)) {
    const tries = [];
    for (let i = 0; i < repeats; i++) tries.push(await load(browser, url + path));
    // The machine does other things, too: the middle one of three.
    tries.sort((a, b) => (a.firstChart ?? a.paint) - (b.firstChart ?? b.paint));
    rows.push({
      page,
      ...tries[Math.floor(repeats / 2)],
      shift: Math.max(...tries.map(({ shift }) => shift)),
    });
  }
  return rows;
}

async function load(browser, address) {
  const { page, kilobytes, told, close } = await openWatched(browser);
  await page.goto(address, { waitUntil: "load" });
  await page.waitForTimeout(settledMs);
  const { paint, firstChart, shift } = await told();
  await close();
  const rounded = (ms) => (ms === null ? null : Math.round(ms));
  return {
    ...{ scripts: kilobytes("Script"), styles: kilobytes("Stylesheet"), answers: kilobytes("Fetch") },
    ...{ paint: rounded(paint), firstChart: rounded(firstChart), shift: Number(shift.toFixed(3)) },
  };
}
