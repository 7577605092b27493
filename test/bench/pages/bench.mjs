/**
 * Measures the dashboard in a real browser: what each page fetches, when its first chart stands, how far it shifts, and
 * how it holds under twelve live tiles, a run over 100,000 bars and a list of 5,000. Prints; asserts nothing. Usage:
 * npm run bench:pages [-- --parts load,live,look,list]
 */
import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { openSite } from "../live/site.mjs";
import { findBrowser, flags } from "../pixel/browser.mjs";
import { scrollList } from "./list.mjs";
import { watchTiles } from "./live.mjs";
import { loadPages } from "./load.mjs";
import { lookCloser } from "./look.mjs";
import { train } from "./trained.mjs";

const { values } = parseArgs({ options: { parts: { type: "string", default: "load,live,look,list" } } });
const parts = new Set(values.parts.split(","));

console.log(`${cpus().length} x ${cpus()[0]?.model}, Node ${process.version}`);
const site = await openSite();
const browser = await chromium.launch({ executablePath: findBrowser(), args: flags });
try {
  const trained = await train(site);
  const api = await site.startApi();
  const table = (what, rows) => {
    console.log(`\n${what} (load ${loadavg()[0].toFixed(1)})`);
    console.table(rows);
  };
  if (parts.has("load"))
    table("first load, nothing cached: kB as sent, milliseconds", await loadPages(browser, api.url, trained));
  if (parts.has("live"))
    table("twelve runs begin and go on, 4 epochs a second each", await watchTiles(browser, api.url, site));
  if (parts.has("look"))
    table(
      "closer looks into a test of 20,000 bars, wheel to picture",
      await lookCloser(browser, api.url, trained.wide),
    );
  if (parts.has("list"))
    table("5,000 runs, wheel from the first to the last", await scrollList(browser, api.url, site, trained));
  await api.stop();
} finally {
  await browser.close();
  await site.close();
}
