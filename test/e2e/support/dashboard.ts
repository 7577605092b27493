/** For suites in a browser: the built product and a page of it, for all of their tests. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, vi } from "vitest";
import { type LivePage, openBrowser, openPage } from "./browser.ts";
import { findChromium } from "./chromium.ts";
import { type Product, startProduct } from "./product.ts";

const chromiumPath = findChromium();
/** Their suites are skipped then. */
export const noChromium = chromiumPath === null;

export interface Dashboard {
  readonly product: Product;
  readonly browser: Browser;
  readonly live: LivePage;
}

/** @param prepare what the tests find there. */
export function dashboardFixture(prepare: (it: Dashboard) => Promise<unknown> = async () => {}): Dashboard {
  let opened: Dashboard | null = null;
  beforeAll(async () => {
    const [product, browser] = await Promise.all([startProduct(), openBrowser(chromiumPath!)]);
    opened = { product, browser, live: await openPage(browser, product.url) };
    await prepare(opened);
  }, 240_000);
  afterAll(async () => {
    await opened?.browser.close();
    await opened?.product.stop();
  }, 60_000);
  const there = (): Dashboard => {
    if (!opened) throw new Error("the product starts before the first test, not when the suite is read");
    return opened;
  };
  return {
    get product() {
      return there().product;
    },
    get browser() {
      return there().browser;
    },
    get live() {
      return there().live;
    },
  };
}

const countRuns = async ({ query }: Pick<Product, "query">): Promise<number> =>
  (await query<{ runs: { totalCount: number } }>("{ runs { totalCount } }")).runs.totalCount;

/** What the first start trains would hold up what is started or watched here. */
export async function endFirstStart(product: Product): Promise<void> {
  await vi.waitUntil(async () => (await countRuns(product)) === 5, { timeout: 60_000, interval: 200 });
  await product.query("mutation { cancelTrainings(filter: {}) { cancelled } }");
}
