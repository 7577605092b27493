/** The table of runs and the comparison as people use them: the built product, a real browser. */
import type { Page, Request } from "playwright-core";
import { describe, expect, test } from "vitest";
import { eventually } from "./support/browser.ts";
import { dashboardFixture, endFirstStart, noChromium } from "./support/dashboard.ts";
import { importWave } from "./support/wave.ts";

const dashboard = dashboardFixture(async ({ product }) => {
  await endFirstStart(product);
  const priceSeriesId = await importWave(product, 720);
  for (const [name, learningRate] of [
    ["slow", 1e-4],
    ["middle", 1e-3],
    [longName, 1e-2],
  ] as const)
    await product.query(
      "mutation ($input: StartTrainingInput!) { startTraining(input: $input) { run { id } } }",
      {
        input: { priceSeriesId, preset: "quick", epochs: 2, testBars: 100, learningRate, name },
      },
    );
});
const longName = `lr0.01_${"x".repeat(180)}`;

const rows = (page: Page) => page.locator("[data-run]");
const anyRun = async () => {
  const { runs } = await dashboard.product.query<{ runs: { edges: { node: { id: string } }[] } }>(
    '{ runs(first: 1, filter: { expression: "series = WAVE and status = succeeded" }) { edges { node { id } } } }',
  );
  return runs.edges[0]!.node.id;
};
const names = (page: Page) => page.locator("[data-run] th a").allInnerTexts();

describe.skipIf(noChromium).sequential("the table of runs", () => {
  test("an expression, an order and a search narrow it, and back and reload bring all of it back", async () => {
    const wave = '{ runs(filter: { expression: "series = WAVE and status = succeeded" }) { totalCount } }';
    await eventually(
      async () => (await dashboard.product.query<{ runs: { totalCount: number } }>(wave)).runs.totalCount,
    ).toBe(3);
    const { page } = dashboard.live;
    await page.goto("/runs");
    await rows(page).first().waitFor();
    const filter = page.getByLabel("Filter runs by expression");
    await filter.fill("series = WAVE and lr >= 1e-3");
    await filter.press("Enter");
    await eventually(() => rows(page).count()).toBe(2);
    await page.getByRole("button", { name: "Learning rate" }).click();
    await eventually(() => names(page)).toEqual([longName, "middle"]);
    await page.getByRole("button", { name: "Learning rate" }).click();
    await eventually(() => names(page)).toEqual(["middle", longName]);
    expect(await page.locator("th[aria-sort=ascending]").innerText()).toContain("Learning rate");
    // A long name takes one line.
    expect((await rows(page).last().boundingBox())!.height).toBeLessThan(60);

    await rows(page).first().getByRole("link", { name: "middle" }).click();
    await page.waitForURL(/\/runs\/[0-9a-f-]{36}$/);
    await page.goBack();
    await eventually(() => names(page)).toEqual(["middle", longName]);
    await page.reload();
    await eventually(() => names(page)).toEqual(["middle", longName]);
    expect(await filter.inputValue()).toBe("series = WAVE and lr >= 1e-3");

    await filter.fill("lrr < 3");
    await filter.press("Enter");
    await page.getByText("expected a column such as lr, series, tag or skill").waitFor();
    await page.goto("/runs?search=no+such+words");
    await page.getByText("No run fits").waitFor();
    await page.getByRole("button", { name: "Show all runs" }).click();
    await eventually(async () => (await rows(page).count()) >= 3).toBe(true);
  });

  test("an expression that is typed and not entered is there after a reload and back, and its mistake is said", async () => {
    const { page } = dashboard.live;
    await page.goto("/runs?where=series+%3D+WAVE");
    await eventually(() => rows(page).count()).toBe(3);
    const filter = page.getByLabel("Filter runs by expression");
    await filter.fill("skill > abc");
    await page.reload();
    await eventually(() => filter.inputValue()).toBe("skill > abc");
    await eventually(() => rows(page).count()).toBe(3);
    await page.getByText("Typed before and not applied yet").waitFor();
    await page.goto("/system");
    await page.goBack();
    await eventually(() => filter.inputValue()).toBe("skill > abc");
    await filter.focus();
    await page.getByLabel("Search runs").focus();
    await page.getByText("expected a number such as 100, 1e-3 or 5%").waitFor();
    await page.reload();
    await page.getByText("expected a number such as 100, 1e-3 or 5%").waitFor();
    expect(await filter.inputValue()).toBe("skill > abc");
    await page.goBack();
    await eventually(() => filter.inputValue()).toBe("series = WAVE");
  });

  test("while an expression is typed, what may come next is offered and taken by keyboard", async () => {
    const { page } = dashboard.live;
    await page.goto("/runs");
    await rows(page).first().waitFor();
    const filter = page.getByLabel("Filter runs by expression");
    await filter.pressSequentially("stat");
    await page.getByRole("option", { name: /^status/ }).waitFor();
    await filter.press("ArrowDown");
    await filter.press("Enter");
    await filter.pressSequentially("= succ");
    await page.getByRole("option", { name: /^succeeded/ }).waitFor();
    await filter.press("ArrowDown");
    await filter.press("Tab");
    expect(await filter.inputValue()).toBe("status = succeeded ");
  });

  test("by keyboard rows are walked, chosen and compared; the comparison is in its address", async () => {
    const { page } = dashboard.live;
    await page.goto("/runs?where=series+%3D+WAVE&sort=name");
    await eventually(() => rows(page).count()).toBe(3);
    await page.keyboard.press("j");
    await page.keyboard.press("x");
    await page.keyboard.press("j");
    await page.keyboard.press("x");
    await page.getByText("2 runs chosen").waitFor();
    await page.keyboard.press("c");
    await page.waitForURL(/\/compare\?runs=/);
    await eventually(() => page.locator("[data-compared]").count()).toBe(2);
    // What was chosen is so after back, and not on a new visit.
    await page.goBack();
    await page.getByText("2 runs chosen").waitFor();
    await page.reload();
    await page.getByText("2 runs chosen").waitFor();
    await page.goto("/runs?where=series+%3D+WAVE");
    await eventually(() => rows(page).count()).toBe(3);
    expect(await page.getByText("2 runs chosen").count()).toBe(0);
    await page.goBack();
    await page.getByText("2 runs chosen").waitFor();
    await page.keyboard.press("c");
    await page.waitForURL(/\/compare\?runs=/);
    await page.locator("[data-testid=compared-losses] .apexcharts-series path").first().waitFor();
    await page.getByRole("rowheader", { name: "Learning rate" }).waitFor();
    await page.getByRole("rowheader", { name: "MAE" }).waitFor();
    await eventually(() => page.getByTestId("best-of-runs").getByRole("listitem").count()).toBe(3);
    expect(await page.getByRole("rowheader", { name: "Epochs" }).count()).toBe(0);
    await page.locator("[data-compared]").last().getByRole("radio").check();
    await page.waitForURL(/base=/);
    await page.getByLabel("Add a run to the comparison").selectOption({ label: "slow (WAVE)" });
    await eventually(() => page.locator("[data-compared]").count()).toBe(3);
    await page.reload();
    await eventually(() => page.locator("[data-compared]").count()).toBe(3);
    expect(await page.locator("[data-compared]").nth(1).getByRole("radio").isChecked()).toBe(true);
    await page.getByRole("button", { name: "Take middle out of the comparison" }).click();
    await eventually(() => page.locator("[data-compared]").count()).toBe(2);
  });

  test("chosen runs are tagged and archived, and a deletion is taken back before it is sent", async () => {
    const { page } = dashboard.live;
    const count = async () =>
      (await dashboard.product.query<{ runs: { totalCount: number } }>("{ runs { totalCount } }")).runs
        .totalCount;
    await page.goto("/runs?where=series+%3D+WAVE&sort=name");
    await eventually(() => rows(page).count()).toBe(3);
    const all = await count();
    await page.getByLabel("Choose slow").check();
    await page.getByRole("button", { name: "Tag" }).click();
    await page.getByLabel("Tags to add").fill("paper");
    await page.getByRole("button", { name: "Add" }).click();
    await rows(page).last().getByText("paper").waitFor();

    await page.getByRole("button", { name: "Delete" }).click();
    await eventually(() => rows(page).count()).toBe(2);
    await page.getByRole("button", { name: "Undo" }).click();
    await eventually(() => rows(page).count()).toBe(3);
    await page.getByLabel("Choose slow").check();
    await page.getByRole("button", { name: "Delete" }).click();
    await eventually(() => rows(page).count()).toBe(2);
    expect(await count()).toBe(all);
    await page.getByText("2 runs", { exact: true }).waitFor();
    // Leaving the page sends it at once.
    await page.getByRole("link", { name: "System" }).click();
    await eventually(count).toBe(all - 1);

    await page.goto("/runs?where=series+%3D+WAVE");
    await page.getByLabel("Choose middle").check();
    await page.getByRole("button", { name: "Archive" }).click();
    await eventually(() => rows(page).count()).toBe(1);
    await page.getByRole("radio", { name: "Archived" }).check();
    await eventually(() => names(page)).toEqual(["middle"]);
  });

  test("a file holds every run that matches, with the columns that are chosen", async () => {
    const { page } = dashboard.live;
    await page.goto("/runs?where=series+%3D+WAVE&columns=learningRate,skill");
    await rows(page).first().waitFor();
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Export CSV" }).click(),
    ]);
    const { readFile } = await import("node:fs/promises");
    const lines = (await readFile(await file.path(), "utf8")).trimEnd().split("\r\n");
    expect(lines[0]).toBe("\uFEFFId,Name,Status,Learning rate,Skill");
    expect(lines[1]).toMatch(new RegExp(`^[0-9a-f-]{36},${longName},SUCCEEDED,0.01,-?[0-9.e-]+$`));
    expect(lines).toHaveLength(2);
  });

  test("on a phone runs are cards with their skill, and nothing scrolls sideways", async () => {
    const { page } = dashboard.live;
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto("/runs?where=series+%3D+WAVE");
    await rows(page)
      .first()
      .getByRole("rowheader")
      .getByText(/better than the naive forecast/)
      .waitFor();
    const box = (await page.locator("table").boundingBox())!;
    expect(box.x + box.width).toBeLessThanOrEqual(360);
    expect(dashboard.live.failures).toEqual([]);
  });

  test("a page's HTML asks for what it shows before its scripts have come, and they do not ask again", async () => {
    const { page } = dashboard.live;
    const asked: string[] = [];
    const hear = (request: Request) => {
      if (request.method() === "POST" && request.url().endsWith("/graphql"))
        asked.push((request.postDataJSON() as { operationName: string }).operationName);
    };
    page.on("request", hear);
    const scripts = "**/_next/static/**/*.js";
    for (const [path, first, isShown] of [
      ["/runs?where=series+%3D+WAVE&sort=name", "Runs", () => rows(page).first().waitFor()],
      [`/runs/${await anyRun()}`, "Run", () => page.getByTestId("verdict").waitFor()],
    ] as const) {
      asked.length = 0;
      await page.route(scripts, () => {});
      await page.goto(path, { waitUntil: "commit" });
      await eventually(async () => asked).toContain(first);
      await page.unroute(scripts);
      await isShown();
      expect(asked.filter((name) => name === first)).toHaveLength(1);
    }
    page.off("request", hear);
  });

  test("a run that trains and those that wait move no column, and the table has the screen's width", async () => {
    const { page } = dashboard.live;
    const { product } = dashboard;
    const { priceSeries } = await product.query<{ priceSeries: { id: string } }>(
      '{ priceSeries(symbol: "WAVE") { id } }',
    );
    const input = {
      priceSeriesId: priceSeries.id,
      preset: "quick",
      epochs: 5000,
      earlyStoppingPatience: 5000,
    };
    for (const seed of [1, 2, 3])
      await product.query(
        "mutation ($input: StartTrainingInput!) { startTraining(input: $input) { run { id } } }",
        { input: { ...input, seed } },
      );
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.goto("/runs?where=series+%3D+WAVE");
    await page.locator('[data-run]:has([data-status=RUNNING]):has-text("left")').first().waitFor();
    await page.getByText("in the queue").first().waitFor();
    const progress = page.locator("[data-run] td:nth-child(4) > span");
    expect(await page.locator("th:nth-child(4)").innerText()).toBe("Progress");
    expect(await progress.count()).toBeGreaterThan(3);
    const widths = await Promise.all(
      (await progress.all()).map(async (cell) => Math.round((await cell.boundingBox())!.width)),
    );
    expect([...new Set(widths)]).toEqual([160]);
    // Nothing of it has to be scrolled to.
    const [table, rest] = [page.locator("[data-wide]"), page.locator("[data-wide] table")];
    expect((await rest.boundingBox())!.width).toBeLessThanOrEqual((await table.boundingBox())!.width);
    await page.setViewportSize({ width: 2560, height: 1000 });
    expect((await table.boundingBox())!.width).toBeGreaterThan(1800);
    await product.query("mutation { cancelTrainings(filter: { status: [QUEUED, RUNNING] }) { cancelled } }");
    await page.setViewportSize({ width: 1280, height: 800 });
  });
});
