/** What the dashboard says of a run's worth, and of many runs together: the built product, a real browser. */
import { describe, expect, test } from "vitest";
import { eventually, figureOf, waitForPoints } from "./support/browser.ts";
import { dashboardFixture, endFirstStart, noChromium } from "./support/dashboard.ts";
import { importWave } from "./support/wave.ts";

/** What stands in the first 300 px of a page is read. */
const foldPx = 300;

const dashboard = dashboardFixture(async ({ product, live }) => {
  await endFirstStart(product);
  seriesId = await importWave(product, 700);
  const { startTraining } = await product.query<{ startTraining: { run: { id: string } } }>(
    "mutation ($input: StartTrainingInput!) { startTraining(input: $input) { run { id } } }",
    {
      input: {
        priceSeriesId: seriesId,
        preset: "quick",
        epochs: 3,
        testBars: 150,
        horizon: 2,
        priority: 10,
      },
    },
  );
  runId = startTraining.run.id;
  await live.page.goto(`/runs/${runId}`);
  await live.page.locator("[data-status=SUCCEEDED]").waitFor();
});
let seriesId: string;
let runId: string;

describe.skipIf(noChromium).sequential("forecasts on the dashboard", () => {
  test.each([
    ["a desk", 1280, 900],
    ["a phone", 360, 740],
  ])("a run's verdict is in sight at once on %s, with the leak test's", async (_where, width, height) => {
    const { page } = dashboard.live;
    await page.setViewportSize({ width, height });
    await page.goto(`/runs/${runId}`);
    const headline = page.getByTestId("verdict").locator("strong").first();
    await headline.waitFor();
    const box = (await headline.boundingBox())!;
    expect(box.y + box.height).toBeLessThanOrEqual(foldPx);
    expect(await headline.innerText()).toMatch(/the last price/);
    const sideways = await page.evaluate<number>("document.documentElement.scrollWidth - innerWidth");
    expect(sideways).toBeLessThanOrEqual(0);

    const chip = page.getByText("Leak test passed");
    const detail = page.getByText(/cut points were disturbed/);
    expect(await detail.isVisible()).toBe(false);
    await chip.press("Enter");
    await detail.waitFor();
  });

  test("sets every forecaster beside the network, by split and by step of the horizon", async () => {
    const { page } = dashboard.live;
    await page.setViewportSize({ width: 1280, height: 900 });
    const board = page.getByTestId("leaderboard");
    const own = board.locator("[data-forecaster=GRU]");
    const card = page.locator("section").filter({ has: page.getByRole("heading", { name: "Forecasters" }) });
    const ofAll = await own.innerText();
    await card.getByRole("radio", { name: "2", exact: true }).check();
    await eventually(() => board.getAttribute("data-step")).toBe("2");
    await eventually(() => own.innerText()).not.toBe(ofAll);
    const ofTest = await own.innerText();
    await card.getByRole("radio", { name: "Validation" }).check();
    await eventually(() => own.innerText()).not.toBe(ofTest);
    await board.getByRole("rowheader", { name: "Last price" }).waitFor();
  });

  test("draws the test with the band that should hold it, narrower at a lower level, and without it", async () => {
    const { page } = dashboard.live;
    await waitForPoints(page, "overlay-chart", 100);
    const chart = page.getByTestId("overlay-chart");
    await chart.scrollIntoViewIfNeeded();
    await chart.locator("canvas").first().waitFor();
    const interval = async () => {
      const read = await chart.getByRole("slider").getAttribute("aria-valuetext");
      const [low, high] = /interval ([\d.,]+)[^\d]+to ([\d.,]+)/.exec(read ?? "")?.slice(1) ?? [];
      return Number(high?.replaceAll(",", "")) - Number(low?.replaceAll(",", ""));
    };
    const wide = await interval();
    expect(wide).toBeGreaterThan(0);
    await page
      .getByRole("group", { name: "Interval", exact: true })
      .getByRole("radio", { name: "80%" })
      .check();
    await eventually(() => chart.getAttribute("data-band")).toBe("0.8");
    await eventually(interval).toBeLessThan(wide);
    expect(await chart.textContent()).toContain("80% interval");
    await page.getByRole("radio", { name: "No band" }).check();
    await eventually(() => chart.textContent()).not.toContain("80% interval");
    await page.getByLabel("Forecaster laid over").selectOption("DRIFT");
    await eventually(() => chart.textContent()).toContain("Drift");
    await page.getByRole("group", { name: "Part in view" }).getByRole("radio", { name: "Train" }).check();
    // Every bar that the step was scored on.
    const { run } = await dashboard.product.query<{
      run: { stepScores: { split: string; step: number; count: number }[] };
    }>("query ($id: ID!) { run(id: $id) { stepScores { split step count } } }", { id: runId });
    const trained = run.stepScores.find(({ split, step }) => split === "TRAIN" && step === 1)!;
    expect(trained.count).toBeGreaterThan(400);
    await eventually(() => figureOf(page, "overlay-chart", "points")).toBe(trained.count);
    expect(await page.getByTestId("coverage").getByRole("row").count()).toBe(1 + 2 * 2);
  });

  test("forecasts the next bars, and farther ones on request", async () => {
    const { page } = dashboard.live;
    await eventually(() => figureOf(page, "forecast", "bars")).toBe(5);
    await page.getByRole("radio", { name: "20 bars" }).check();
    await eventually(() => figureOf(page, "forecast", "bars")).toBe(20);
    expect(await page.getByTestId("forecast").innerText()).toContain("beyond the horizon");
  });

  test("starts an experiment from the form, draws its runs as a band, and cancels them all", async () => {
    const { page } = dashboard.live;
    await page.goto("/runs/new");
    await page.getByRole("radio", { name: "Careful" }).check();
    // Long enough a series for a training that outlasts the test.
    await page.getByLabel("Price series").selectOption({ label: "S&P 500 (SPX)" });
    expect(await page.getByTestId("expectation").innerText()).toContain("hardly predictable");
    await page.getByLabel("Epochs", { exact: true }).fill("10000");
    await page.getByLabel("Early stopping").fill("0");
    await page.getByLabel("Seeds", { exact: true }).fill("101");
    await page.getByText("A whole number, 1 to 100").waitFor();
    await page.getByLabel("Seeds", { exact: true }).fill("4");
    await page.getByRole("button", { name: "Start 4 runs" }).click();
    await page.waitForURL(/\/experiments\/[0-9a-f-]{36}$/);
    await eventually(() => figureOf(page, "band-chart", "members")).toBeGreaterThanOrEqual(1);
    const epoch = await figureOf(page, "band-chart", "newest-epoch");
    await eventually(() => figureOf(page, "band-chart", "newest-epoch")).toBeGreaterThan(epoch);
    await page.locator("[data-testid=band-chart] .apexcharts-rangeArea-series path").first().waitFor();
    expect(await page.locator("[data-run]").count()).toBe(4);

    await page.getByRole("button", { name: "Cancel experiment" }).click();
    await page.getByRole("button", { name: "Let it go on" }).click();
    await page.getByRole("button", { name: "Cancel experiment" }).click();
    await page.getByRole("button", { name: "Cancel the experiment" }).click();
    await eventually(() => page.locator("[data-run] [data-status=CANCELLED]").count()).toBe(4);
    expect(await page.getByRole("button", { name: /Cancel/ }).count()).toBe(0);
  });

  test("calls a walk's folds by when they were tested, and says what all of them say together", async () => {
    const { page } = dashboard.live;
    const { startExperiment } = await dashboard.product.query<{
      startExperiment: { experiment: { id: string } };
    }>("mutation ($input: StartExperimentInput!) { startExperiment(input: $input) { experiment { id } } }", {
      input: {
        ...{ name: "Two folds", plan: "WALK_FORWARD", folds: 2, refitEvery: 100 },
        training: { priceSeriesId: seriesId, preset: "careful", epochs: 3, priority: 10 },
      },
    });
    await page.goto(`/experiments/${startExperiment.experiment.id}`);
    await page
      .getByTestId("group-leaderboard")
      .getByRole("rowheader", { name: "A single network" })
      .waitFor();
    expect(await page.getByTestId("verdict").innerText()).toMatch(/than the last price on average/);
    await eventually(() => page.getByText(/^Tested \d+ \w+ \d{4} to \d+ \w+ \d{4}$/).count()).toBe(2);
    await page.locator("[data-run]").first().getByRole("link").click();
    await page.getByText("One of 2 folds of").waitFor();
    await page.getByRole("link", { name: "Two folds" }).click();
    await page.waitForURL(/\/experiments\//);
  });

  test("has thrown no error on the way", () => {
    expect(dashboard.live.failures).toEqual([]);
  });
});
