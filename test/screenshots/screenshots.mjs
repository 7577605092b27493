/**
 * Pictures of every page, to be looked at: light, dark, on a phone and in Chinese, with what a first start trains and with nothing.
 * They lie in screenshots/, which is not committed. Usage: npm run screenshots [-- --url http://127.0.0.1:4000]
 * Given --url it takes those with data from an installation that runs, instead of starting one and waiting for it.
 */
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { findBrowser, flags } from "../bench/pixel/browser.mjs";
import { startEmpty, startWithData } from "./installations.mjs";
import { pagesOf } from "./pages.mjs";

const { values } = parseArgs({ options: { url: { type: "string" }, only: { type: "string" } } });
const folder = join(import.meta.dirname, "..", "..", "screenshots");
/** Requests and charts have come to rest. */
const settledMs = 1_500;

const looks = {
  light: { viewport: { width: 1280, height: 900 }, colorScheme: "light" },
  dark: { viewport: { width: 1280, height: 900 }, colorScheme: "dark" },
  phone: { viewport: { width: 360, height: 740 }, colorScheme: "light", hasTouch: true, isMobile: true },
  "phone-dark": {
    viewport: { width: 360, height: 740 },
    colorScheme: "dark",
    hasTouch: true,
    isMobile: true,
  },
  chinese: {
    ...{ viewport: { width: 1280, height: 900 }, colorScheme: "light" },
    ...{ locale: "zh-CN", timezoneId: "Asia/Shanghai" },
  },
  "chinese-phone": {
    ...{ viewport: { width: 360, height: 740 }, colorScheme: "light", hasTouch: true, isMobile: true },
    ...{ locale: "zh-CN", timezoneId: "Asia/Shanghai" },
  },
};

const browser = await chromium.launch({ executablePath: findBrowser(), args: flags });
try {
  if (!values.only) await rm(folder, { recursive: true, force: true });
  const full = values.url ? { url: values.url, stop: async () => {} } : await startWithData();
  try {
    await take("data", full.url, await pagesOf(full.url));
  } finally {
    await full.stop();
  }
  const empty = await startEmpty();
  try {
    await take("empty", empty.url, await pagesOf(empty.url));
  } finally {
    await empty.stop();
  }
} finally {
  await browser.close();
}

async function take(kind, url, pages) {
  for (const [look, options] of Object.entries(looks)) {
    const place = join(folder, kind, look);
    await mkdir(place, { recursive: true });
    const context = await browser.newContext({ ...options, reducedMotion: "reduce" });
    const page = await context.newPage();
    page.on("pageerror", (error) => console.log(`${kind}, ${look}, ${page.url()}: ${error.message}`));
    for (const { name, path, prepare } of pages) {
      if (values.only && !name.startsWith(values.only)) continue;
      await page.goto(url + path, { waitUntil: "load" });
      await page.waitForTimeout(settledMs);
      // What is drawn only when it comes near.
      const height = await page.evaluate(() => document.documentElement.scrollHeight);
      for (let y = 0; y < height; y += 500) {
        await page.evaluate((to) => scrollTo(0, to), y);
        await page.waitForTimeout(100);
      }
      await page.waitForTimeout(settledMs);
      await page.evaluate(() => scrollTo(0, 0));
      await prepare?.(page);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (wide > 0) console.log(`${kind}, ${look}, ${path}: ${wide} px wider than the screen`);
      await page.screenshot({ path: join(place, `${name}.png`), fullPage: !prepare });
    }
    await context.close();
    console.log(`${kind}, ${look}: ${place}`);
  }
}
