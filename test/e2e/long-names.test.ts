/** Names as long as they may be, without a place to break them: no page becomes wider, and nothing beside them is pushed out. */
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { waitForPoints } from "./support/browser.ts";
import { dashboardFixture, endFirstStart, noChromium } from "./support/dashboard.ts";
import { importWave } from "./support/wave.ts";

const long = (first: string) => first + "W".repeat(199);
const ids = { series: "", live: "", one: "", other: "" };

const dashboard = dashboardFixture(async ({ product }) => {
  await endFirstStart(product);
  ids.series = await importWave(product, 720);
  await product.query(
    "mutation ($id: ID!, $input: UpdatePriceSeriesInput!) { updatePriceSeries(id: $id, input: $input) { priceSeries { id } } }",
    { id: ids.series, input: { name: long("S") } },
  );
  const start = async (name: string, epochs: number) => {
    const { startTraining } = await product.query<{ startTraining: { run: { id: string } } }>(
      "mutation ($input: StartTrainingInput!) { startTraining(input: $input) { run { id } } }",
      { input: { priceSeriesId: ids.series, preset: "quick", epochs, testBars: 100, name } },
    );
    return startTraining.run.id;
  };
  ids.one = await start(long("A"), 2);
  ids.other = await start(long("B"), 2);
  ids.live = await start(long("L"), 10_000);
  await start(long("Q"), 10_000);
});

const rowOf = (id: string) => (page: Page) => page.locator(`[data-run="${id}"]`).first().waitFor();
const places: readonly [name: string, path: () => string, isShown: (page: Page) => Promise<unknown>][] = [
  ["Now", () => "/", (page) => rowOf(ids.live)(page)],
  ["a wall", () => "/?wall=1", (page) => rowOf(ids.live)(page)],
  ["one that is followed", () => "/?follow=newest", (page) => page.locator("[data-run]").first().waitFor()],
  ["Runs", () => "/runs", (page) => rowOf(ids.other)(page)],
  ["a run", () => `/runs/${ids.one}`, (page) => page.getByTestId("verdict").waitFor()],
  ["a run that trains", () => `/runs/${ids.live}`, (page) => waitForPoints(page, "loss-chart", 2)],
  [
    "Compare",
    () => `/compare?runs=${ids.one},${ids.other}`,
    (page) => page.locator("[data-testid=compared-losses] .apexcharts-series path").first().waitFor(),
  ],
  ["All series", () => "/series", (page) => page.locator("tbody tr").nth(1).waitFor()],
  ["a series", () => `/series/${ids.series}`, (page) => rowOf(ids.one)(page)],
  [
    "a new run like it",
    () => `/runs/new?like=${ids.one}`,
    (page) => page.getByRole("heading", { level: 1, name: "New run" }).waitFor(),
  ],
  ["System", () => "/system", (page) => page.getByRole("heading", { name: "Queue" }).waitFor()],
];

describe.skipIf(noChromium).sequential("names of 200 letters", () => {
  test.each(places)("widen %s on no screen, and stand in one line", async (_name, path, isShown) => {
    const { page } = dashboard.live;
    for (const width of [1280, 360]) {
      await page.setViewportSize({ width, height: 800 });
      await page.goto(path());
      await isShown(page);
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
      expect(await page.evaluate(outside), `outside of ${width} px`).toEqual([]);
    }
  });
});

/** What a reader cannot reach: buttons and links beyond the edge, but where something scrolls by itself. */
const outside = `(() => {
const scrolls = (it) => it !== null && (/auto|scroll/.test(getComputedStyle(it).overflowX) || scrolls(it.parentElement));
return [...document.querySelectorAll("main :is(a, button, input, select)")]
  .filter((it) => it.checkVisibility({ visibilityProperty: true }) && it.getBoundingClientRect().width > 1)
  .filter((it) => !it.closest("dialog, [popover]") && !scrolls(it))
  .filter((it) => {
    const { left, width } = it.getBoundingClientRect();
    return left + Math.min(width, 40) > innerWidth + 1; // a name may be cut, what it is pressed by not
  })
  .map((it) => (it.ariaLabel ?? it.textContent).slice(0, 40));
})()`;
