/** The dashboard as its users meet it: the built product, a real browser, nothing replaced. */
import { describe, expect, test } from "vitest";
import { eventually, figureOf, pointsOf, waitForPoints } from "./support/browser.ts";
import { dashboardFixture, noChromium } from "./support/dashboard.ts";
import { importWave } from "./support/wave.ts";

if (noChromium)
  process.stderr.write(
    "Browser tests are skipped: no Chromium was found. Install one, or set CHROMIUM_PATH.\n",
  );

const dashboard = dashboardFixture();

// One story in its order: the first start's training is watched, cut off and cancelled before another one starts.
describe.skipIf(noChromium).sequential("the dashboard", () => {
  test("shows the first training at the first visit, and its losses arrive without a reload", async () => {
    const { page } = dashboard.live;
    await page.goto("/");
    // The recipes of the first start stand side by side; the last of them trains the longest.
    await eventually(() => page.locator("[data-recipe]").count()).toBe(3);
    // The first page draws it in its place, and so does its own page.
    const tile = page.getByRole("article", { name: "Original recipe" });
    await tile.getByRole("button", { name: "Stop Original recipe" }).waitFor();
    await eventually(async () =>
      Number(await tile.locator("canvas").getAttribute("data-newest")),
    ).toBeGreaterThan(0);
    await eventually(() => page.getByTestId("headline").innerText()).toMatch(/1 of 1 worker busy/);
    await tile.getByRole("link", { name: "Original recipe" }).click();
    await page.waitForURL(/\/runs\/[0-9a-f-]{36}$/);
    await waitForPoints(page, "loss-chart", 1);
    const points = await pointsOf(page, "loss-chart");
    await waitForPoints(page, "loss-chart", points + 2);
    await page.locator("[data-testid=loss-chart] .apexcharts-series path").first().waitFor();
    expect(await page.title()).toMatch(/^\d+% /);
    expect(await page.getByTestId("progress").innerText()).toMatch(/Epoch \d+ of 50/);
  });

  test("switches the losses between linear and logarithmic", async () => {
    const { page } = dashboard.live;
    const marks = page.locator("[data-testid=loss-chart] .apexcharts-yaxis-label tspan");
    const logarithmic = await marks.allTextContents();
    await page.getByRole("radio", { name: "Linear" }).check();
    await eventually(() => marks.allTextContents()).not.toEqual(logarithmic);
    await eventually(() => marks.allTextContents()).toContain("0");
    await page.getByRole("radio", { name: "Log" }).check();
  });

  test("says that the connection is lost, and catches up without a gap when it is back", async () => {
    const { page } = dashboard.live;
    const runId = new URL(page.url()).pathname.split("/").at(-1)!;
    const epochsTrained = async () =>
      (
        await dashboard.product.query<{ run: { epoch: number } }>(
          "query ($id: ID!) { run(id: $id) { epoch } }",
          {
            id: runId,
          },
        )
      ).run.epoch;
    await dashboard.live.cut();
    await page.getByText(/Connection lost, trying again/).waitFor();
    const before = await pointsOf(page, "loss-chart");
    // Something must be missed, or nothing can be caught up with.
    await eventually(epochsTrained).toBeGreaterThan(before + 1);
    expect(await pointsOf(page, "loss-chart")).toBeLessThanOrEqual(before + 1);

    dashboard.live.restore();
    await page.getByRole("button", { name: "Try now" }).click();
    await page.getByText("Connected again").waitFor();
    await waitForPoints(page, "loss-chart", before + 2);
    // A gap would leave fewer points than the newest epoch's number.
    await eventually(
      async () => (await figureOf(page, "loss-chart", "newest-epoch")) - (await pointsOf(page, "loss-chart")),
    ).toBe(0);
  });

  test("discards a run once that is confirmed, and goes on with it where it stopped", async () => {
    const { page } = dashboard.live;
    const stop = page.getByRole("button", { name: "Stop", exact: false }).first();
    await stop.click();
    await page.getByRole("button", { name: "Stop and discard" }).click();
    await page.getByRole("button", { name: "Let it go on" }).click();
    expect(await page.locator("[data-status=RUNNING]").count()).toBe(1);
    await stop.click();
    await page.getByRole("button", { name: "Stop and discard" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Stop and discard" }).click();
    await page.locator("[data-status=CANCELLED]").waitFor();
    const before = await pointsOf(page, "loss-chart");
    expect(before).toBeGreaterThan(0);
    await page.getByRole("button", { name: "Resume" }).click();
    await page.locator("[data-status=RUNNING]").waitFor();
    await waitForPoints(page, "loss-chart", before + 1);
    // The button that was pressed is gone.
    expect(await page.getByRole("button", { name: "Resume" }).count()).toBe(0);
    await eventually(() => page.evaluate("document.activeElement.tagName")).not.toBe("BODY");
  });

  test("stops a run and scores its best epoch, and the page says when it was stopped", async () => {
    const { page } = dashboard.live;
    await page.getByRole("button", { name: "Stop", exact: false }).first().click();
    await page.getByRole("button", { name: "Stop and score the best epoch" }).click();
    await page.locator("[data-status=SUCCEEDED]").waitFor();
    await page
      .getByText(/Stopped by request after epoch \d+ of 50/)
      .first()
      .waitFor();
    await waitForPoints(page, "overlay-chart", 100);
    await page.goto("/");
    await page
      .getByRole("list", { name: "Ended since you looked" })
      .locator("[data-status=SUCCEEDED]")
      .first()
      .waitFor();
    for (const recipe of ["volatility", "careful"])
      await page.locator(`[data-recipe=${recipe}]`, { hasText: "%" }).waitFor();
  });

  test("reads the values of a chart by keyboard, shows them as a table and hands them over as a file", async () => {
    const { page } = dashboard.live;
    await page.goBack();
    const slider = page.getByRole("slider", { name: "Values of: Loss by epoch" });
    await slider.focus();
    await slider.press("Home");
    await eventually(() => slider.getAttribute("aria-valuetext")).toMatch(/^Epoch 1: train/);
    await slider.press("ArrowRight");
    await eventually(() => slider.getAttribute("aria-valuetext")).toMatch(/^Epoch 2: train/);
    await page.getByRole("button", { name: "Show as table" }).first().click();
    await page.getByTestId("chart-table").getByRole("rowheader", { name: "1", exact: true }).waitFor();
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Loss by epoch as CSV" }).click();
    expect((await download).suggestedFilename()).toBe("loss-by-epoch.csv");
    // Chromium takes a second file only once the first is there and the reader has done something since.
    await (await download).path();
    await slider.press("Home");
    const picture = page.waitForEvent("download");
    await page.getByRole("button", { name: "Loss by epoch as PNG" }).click();
    expect((await picture).suggestedFilename()).toBe("loss-by-epoch.png");
  });

  test("checks each field of a new run beside it, the API's word included, and starts it once it is right", async () => {
    const { page } = dashboard.live;
    await importWave(dashboard.product, 700);
    await page.goto("/runs/new");
    await page.getByRole("radio", { name: "Quick look" }).check();
    await page.getByLabel("Price series").selectOption({ label: "WAVE" });
    await page.getByLabel("Test bars").fill("100");
    await page.getByText("More about the training").click();
    await page.getByLabel("Gradient clipping").fill("0.5");
    await page.getByLabel("Epochs", { exact: true }).fill("0");
    await page.getByText("1 to 10,000, not 0").waitFor();
    await page.getByRole("button", { name: "Start the run" }).click();
    await page.locator("[name=epochs]:focus").waitFor();

    await page.getByLabel("Epochs", { exact: true }).fill("4");
    // What fields allow together is the API's word too, before anything is sent.
    await page.getByLabel("Weight decay").fill("2000");
    await page.getByText("Weight decay times learning rate must be at most 1").waitFor();
    await page.getByLabel("Weight decay").fill("0");
    await page.getByText(/^Train 5\d\d$/).waitFor();
    // Only the API knows that this series has no volume.
    await page.getByRole("checkbox", { name: "Volume", exact: true }).check();
    await page.getByRole("button", { name: "Start the run" }).click();
    await page.getByText(/is Volume, but the series has no values of it/).waitFor();
    await page.getByRole("checkbox", { name: "Volume", exact: true }).uncheck();
    await page.getByRole("button", { name: "Start the run" }).click();
    await page.waitForURL(/\/runs\/[0-9a-f-]{36}$/);
  });

  test("lays the prediction over the real price and sets every forecaster beside the network when a run is done", async () => {
    const { page } = dashboard.live;
    await page.locator("[data-status=SUCCEEDED]").waitFor();
    await waitForPoints(page, "overlay-chart", 100);
    await page.getByTestId("overlay-chart").scrollIntoViewIfNeeded();
    await page.locator("[data-testid=overlay-chart] canvas").first().waitFor();
    const overlay = await page.getByTestId("overlay-chart").textContent();
    for (const line of ["Real price", "Predicted", "Last price"]) expect(overlay).toContain(line);
    const slider = page.getByRole("slider", { name: "Values of: Test" });
    await eventually(() => slider.getAttribute("aria-valuetext")).toMatch(
      /real price .*, off by .*last price/,
    );
    expect(await page.getByTestId("verdict").innerText()).toMatch(/the last price/);
    for (const name of ["This network", "Last price", "Drift"])
      await page.getByTestId("leaderboard").getByRole("rowheader", { name, exact: true }).waitFor();
    expect(await page.title()).toMatch(/^✓ /);
  });

  test("opens a run that has ended from a snapshot: no event is told again", async () => {
    const { page, sent } = dashboard.live;
    const trained = await pointsOf(page, "loss-chart");
    const before = sent.length;
    await page.reload();
    await eventually(() => pointsOf(page, "loss-chart")).toBe(trained);
    await page.getByText("Succeeded", { exact: false }).first().waitFor();
    const since = sent.slice(before);
    // The list's changes are listened to as before.
    await eventually(async () => sent.slice(before).join()).toContain("runChanges");
    expect(since.join()).not.toContain("trainingEvents");
  });

  test("takes a run's configuration over into a new one", async () => {
    const { page } = dashboard.live;
    await page.getByRole("link", { name: "Run again with changes" }).click();
    await page.getByLabel("Epochs", { exact: true }).waitFor();
    await page.getByText("More about the training").click();
    expect(await page.getByLabel("Epochs", { exact: true }).inputValue()).toBe("4");
    expect(await page.getByLabel("Test bars").inputValue()).toBe("100");
    expect(await page.getByLabel("Gradient clipping").inputValue()).toBe("0.5");
    expect(await page.getByLabel("Early stopping").inputValue()).toBe("0");
    expect(await page.getByLabel("Price series").locator("option:checked").innerText()).toBe("WAVE");
  });

  test("finds runs by status and by words", async () => {
    const { page } = dashboard.live;
    await page.goto("/runs");
    // Five of the first start, of which one was cancelled, and the one of before.
    await eventually(() => page.locator("[data-run]").count()).toBe(6);
    await page.getByRole("radio", { name: "Failed" }).check();
    await page.getByText("No run fits").waitFor();
    await page.getByRole("radio", { name: "All" }).check();
    await eventually(() => page.locator("[data-run]").count()).toBe(6);
    await page.getByLabel("Search runs").fill("no such words");
    await page.getByText("No run fits").waitFor();
  });

  test("deletes a run from its page, after a question", async () => {
    const { page } = dashboard.live;
    const rows = page.locator("tbody tr[data-run]");
    await page.goto("/runs");
    await rows.first().waitFor();
    const before = await rows.count();
    expect(before).toBeGreaterThanOrEqual(2);
    await rows.last().getByRole("rowheader").getByRole("link").click();
    await page.getByRole("button", { name: "Delete run" }).click();
    await page.getByRole("button", { name: "Keep it" }).click();
    await page.getByRole("button", { name: "Delete run" }).click();
    await page.getByRole("button", { name: "Delete the run" }).click();
    await page.waitForURL((url) => !/[0-9a-f-]{36}/.test(url.pathname));
    await page.goto("/runs");
    await eventually(() => rows.count()).toBe(before - 1);
    const { runs } = await dashboard.product.query<{ runs: { totalCount: number } }>(
      "{ runs { totalCount } }",
    );
    expect(runs.totalCount).toBe(before - 1);
  });

  test("names the engine that trains here, and the worker", async () => {
    const { page } = dashboard.live;
    await page.goto("/system");
    await page.getByText("fastest").waitFor();
    await page.getByText("Idle").waitFor();
  });

  test("has thrown no error on the way", () => {
    // A refused request is answered as GraphQL over HTTP asks, which Chromium reports in its console.
    expect(dashboard.live.failures.filter((failure) => !failure.includes("status of 400"))).toEqual([]);
  });
});
