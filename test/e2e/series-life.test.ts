/** A series from its file to its end: dropped, looked at, taken back to an earlier version, deleted with its runs. */
import type { Page, Route } from "playwright-core";
import { describe, expect, test } from "vitest";
import { dropFile, eventually, openPage, pointsOf, waitForPoints } from "./support/browser.ts";
import { dashboardFixture, endFirstStart, noChromium } from "./support/dashboard.ts";
import { importWave, waveCsv } from "./support/wave.ts";

const dashboard = dashboardFixture(({ product }) => endFirstStart(product));

// One story in its order: the file that is dropped first makes the series of the others.
describe.skipIf(noChromium).sequential("a series and its file", () => {
  test("takes a file that is dropped while the page's scripts are on their way", async () => {
    const { page } = dashboard.live;
    const held: Route[] = [];
    await page.route("**/_next/static/**/*.js", (route) => void held.push(route));
    await page.goto("/series", { waitUntil: "commit" });
    await dropFile(page, "drop-zone", "early.csv", waveCsv(60));
    expect(held.length).toBeGreaterThan(0);
    // What is held goes on then.
    await page.unroute("**/_next/static/**/*.js");
    await page.getByRole("dialog").getByRole("heading", { name: "early.csv" }).waitFor();
  });

  test("previews a dropped file with the line of its bad row, and stores the good ones", async () => {
    const { page } = dashboard.live;
    await page.goto("/series");
    await dropFile(page, "drop-zone", "wave_daily.csv", waveCsv(700));
    const report = page.getByTestId("import-report");
    await report.waitFor();
    const problem = report.getByRole("row").filter({ hasText: "close" });
    expect(await problem.getByRole("cell").first().innerText()).toBe("4");
    const rows = (
      await dashboard.product.query<{ allPriceSeries: { totalCount: number } }>(
        "{ allPriceSeries { totalCount } }",
      )
    ).allPriceSeries.totalCount;
    expect(rows).toBe(1);

    await page.getByRole("button", { name: "Import 699 rows" }).click();
    await page.getByText("Stored as WAVE.").waitFor();
    await page.getByRole("link", { name: "Open the series" }).click();
    await waitForPoints(page, "price-chart", 699);
    await page.locator("[data-testid=price-plot][data-drawn=true] canvas").first().waitFor();
  });

  test("zooms the price chart to every bar of what is in view", async () => {
    const { page } = dashboard.live;
    await page.goto("/series");
    await page.getByRole("link", { name: "S&P 500" }).first().click();
    await waitForPoints(page, "price-chart", 500);
    const plot = page.locator("[data-testid=price-plot][data-drawn=true]");
    await plot.waitFor();
    const whole = () => page.getByTestId("price-chart").getAttribute("data-whole");
    expect(await whole()).toBe("false");

    const canvas = (await page.getByRole("application").boundingBox())!;
    await page.mouse.move(canvas.x + canvas.width * 0.6, canvas.y + 50);
    await page.keyboard.down("Shift");
    await page.mouse.move(canvas.x + canvas.width * 0.6 + 2, canvas.y + 50);
    await page.getByTestId("select-layer").waitFor();
    await page.mouse.down();
    await page.mouse.move(canvas.x + canvas.width * 0.68, canvas.y + 60, { steps: 4 });
    await page.mouse.up();
    await page.keyboard.up("Shift");
    await eventually(whole).toBe("true");
    await eventually(() => pointsOf(page, "price-chart")).toBeGreaterThan(200);
    await page.getByRole("radio", { name: "Candles" }).check();
    await page.locator("[data-testid=price-plot][data-look=candles]").waitFor();
  });

  test("goes back to an earlier version of a series, after a question, by keyboard alone", async () => {
    const { page } = dashboard.live;
    await page.goto(`/series/${await importWave(dashboard.product, 720)}`);
    const versions = page.getByTestId("versions").locator("tbody tr");
    await eventually(() => versions.count()).toBe(2);
    expect(await versions.nth(0).innerText()).toMatch(/20 rows: 20 added\s+719 bars\s+As it is now/);
    await waitForPoints(page, "price-chart", 719);

    await versions
      .nth(1)
      .getByRole("button", { name: /^Go back to this: .*, 699 bars$/ })
      .press("Enter");
    const question = page.getByRole("dialog", { name: "Go back to this version?" });
    await question.waitFor();
    await page.keyboard.press("Escape");
    await question.waitFor({ state: "detached" });
    // The question gives the focus back to what asked it.
    const undo = versions.nth(1).getByRole("button");
    await eventually(() => undo.and(page.locator(":focus")).count()).toBe(1);
    await undo.press("Enter");
    await page.getByRole("button", { name: "Go back to it" }).press("Enter");
    await eventually(() => versions.count()).toBe(3);
    expect(await versions.nth(0).innerText()).toMatch(/Back to the bars of .*\s+699 bars\s+As it is now/);
    await eventually(() => pointsOf(page, "price-chart")).toBe(699);
  });

  test("deletes a series, asks for its runs where it has some, and who looks at them elsewhere hears of it", async () => {
    const { page } = dashboard.live;
    const id = await importWave(dashboard.product, 720);
    const { startTraining } = await dashboard.product.query<{ startTraining: { run: { id: string } } }>(
      "mutation ($input: StartTrainingInput!) { startTraining(input: $input) { run { id } } }",
      { input: { priceSeriesId: id, preset: "quick", epochs: 1, testBars: 100 } },
    );
    const run = `[data-run="${startTraining.run.id}"]`;
    const other = await page.context().newPage();
    await other.goto("/runs");
    await other.locator(`${run} td [data-status=SUCCEEDED]`).waitFor();

    const sameBrowser = await page.context().newPage();
    await sameBrowser.goto(`/runs/${startTraining.run.id}`);
    const otherBrowser = await openPage(dashboard.browser, dashboard.product.url);
    const itsSeries = await otherBrowser.page.context().newPage();
    await otherBrowser.page.goto(`/runs/${startTraining.run.id}`);
    await itsSeries.goto(`/series/${id}`);
    for (const one of [sameBrowser, otherBrowser.page])
      await one.getByRole("button", { name: "Delete run" }).waitFor();
    await itsSeries.getByRole("button", { name: "Delete series" }).waitFor();

    await page.goto(`/series/${id}`);
    await page.getByRole("button", { name: "Delete series" }).press("Enter");
    await page.getByRole("button", { name: "Keep it" }).click();
    await page.getByRole("button", { name: "Delete series" }).press("Enter");
    await page.getByRole("button", { name: "Delete the series", exact: true }).click();
    await page.getByText("1 run trained with this series would go with it").waitFor();
    await page.getByRole("button", { name: "Delete the series and its runs" }).click();
    await page.waitForURL(/\/series$/);
    await page.getByRole("link", { name: "S&P 500" }).waitFor();
    expect(await page.getByRole("link", { name: "WAVE" }).count()).toBe(0);
    await eventually(() => other.locator(run).count()).toBe(0);
    const told = (one: Page, title: string) =>
      one.getByText(title, { exact: true }).filter({ visible: true }).last().waitFor();
    await told(sameBrowser, "This run was deleted");
    await told(otherBrowser.page, "This run was deleted");
    await told(itsSeries, "This series was deleted");
    expect(await itsSeries.getByRole("button", { name: "Delete series" }).count()).toBe(0);
    await otherBrowser.page.getByRole("link", { name: "All runs" }).waitFor();
    await otherBrowser.page.context().close();
    for (const one of [other, sameBrowser]) await one.close();
    const left = await dashboard.product.query<{ run: object | null }>(
      "query ($id: ID!) { run(id: $id) { id } }",
      {
        id: startTraining.run.id,
      },
    );
    expect(left.run).toBeNull();
  });

  test("has thrown no error on the way", () => {
    // A refused request is answered as GraphQL over HTTP asks, which Chromium reports in its console.
    expect(dashboard.live.failures.filter((failure) => !failure.includes("status of 400"))).toEqual([]);
  });
});
