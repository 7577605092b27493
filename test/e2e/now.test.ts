/** The first page as a team keeps it open: fixed places, turns, what ended, a wall, and what a screen reader hears. */
import { describe, expect, test } from "vitest";
import { countShifts, eventually } from "./support/browser.ts";
import { dashboardFixture, endFirstStart, noChromium } from "./support/dashboard.ts";

const dashboard = dashboardFixture();

/** Quick epochs, and more of them than a test waits for. */
async function start(name: string, patch: object = {}): Promise<string> {
  const { allPriceSeries } = await dashboard.product.query<{
    allPriceSeries: { edges: { node: { id: string } }[] };
  }>("{ allPriceSeries(first: 1) { edges { node { id } } } }");
  const { startTraining } = await dashboard.product.query<{ startTraining: { run: { id: string } } }>(
    "mutation ($input: StartTrainingInput!) { startTraining(input: $input) { run { id } } }",
    {
      input: {
        ...{ priceSeriesId: allPriceSeries.edges[0]!.node.id, name, epochs: 10_000 },
        ...{ window: 20, layers: [{ units: 16 }], batchSize: 64, ...patch },
      },
    },
  );
  return startTraining.run.id;
}
const cancelAll = () => dashboard.product.query("mutation { cancelTrainings(filter: {}) { cancelled } }");

describe.skipIf(noChromium).sequential("the first page", () => {
  test("gives a run a place with its curve, and the run keeps it after its end while others go on beside it", async () => {
    const { page } = dashboard.live;
    await endFirstStart(dashboard.product);
    await page.goto("/");
    const first = await start("first");
    const tile = page.getByRole("article", { name: "first" });
    const newest = async () => Number(await tile.locator("canvas").getAttribute("data-newest"));
    await eventually(newest).toBeGreaterThan(1);
    expect(await page.locator(`[data-place="0"] [data-run="${first}"]`).count()).toBe(1);
    const { run } = await dashboard.product.query<{ run: { naiveLoss: number } }>(
      "query ($id: ID!) { run(id: $id) { naiveLoss } }",
      { id: first },
    );
    expect(run.naiveLoss).toBeGreaterThan(0);
    await eventually(() => tile.innerText()).toMatch(/naive/);

    await tile.getByRole("button", { name: "Stop first" }).click();
    await tile.getByRole("button", { name: /^Stop and score the best epoch/ }).waitFor();
    await tile.getByRole("button", { name: /^Stop and discard/ }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Stop and discard" }).click();
    await tile.locator("[data-status=CANCELLED]").waitFor();
    const second = await start("second");
    await page.locator(`[data-run="${second}"]`).waitFor();
    expect(await page.locator(`[data-place="0"] [data-run="${first}"]`).count()).toBe(1);
    expect(await page.locator(`[data-place="1"] [data-run="${second}"]`).count()).toBe(1);
  });

  test("lists what ended until it is read, also in the bell, and a screen reader hears of it", async () => {
    const { page } = dashboard.live;
    const ended = page.getByRole("list", { name: "Ended since you looked" });
    await ended.getByText("first").waitFor();
    await eventually(() => page.getByTestId("announcer").innerText()).toMatch(/first was cancelled/);
    await page.getByRole("button", { name: /^What happened: \d+ new$/ }).click();
    await page
      .locator("#news")
      .getByText(/first was cancelled after epoch \d+/)
      .waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "What happened", exact: true }).waitFor();
    await page.getByRole("button", { name: "Mark read" }).click();
    await eventually(() => ended.count()).toBe(0);
    await page.reload();
    await page.getByText("Nothing has ended.").waitFor();
  });

  test("shows who waits in the order of their turns, and moves them", async () => {
    const { page } = dashboard.live;
    // Larger ones are trained alone, so these wait.
    for (const name of ["third", "fourth", "fifth", "sixth", "seventh"]) await start(name);
    const names = () => page.locator("[data-waits] a").allInnerTexts();
    await eventually(async () => (await names()).length).toBeGreaterThanOrEqual(2);
    const before = await names();
    const last = before.at(-1)!;
    await page.getByRole("button", { name: `Train ${last} sooner` }).click();
    await eventually(async () => (await names())[0]).toBe(last);
    await page.getByRole("button", { name: `Train ${last} later` }).click();
    await eventually(async () => (await names())[0]).not.toBe(last);
  });

  test("hangs on a wall without a bar and without anything to press", async () => {
    const { page } = dashboard.live;
    await page.goto("/?wall=1");
    await page.getByRole("article").first().waitFor();
    expect(await page.getByRole("banner").filter({ hasText: "Runs" }).count()).toBe(0);
    expect(await page.getByRole("main").getByRole("button").count()).toBe(0);
    await page.goto("/?follow=newest");
    await eventually(() => page.getByRole("article").count()).toBe(1);
  });

  test("says that its numbers are old as soon as the browser is offline, and comes back as soon as it is online", async () => {
    const { page } = dashboard.live;
    await page.goto("/");
    await page.getByRole("article").first().waitFor();
    await page.context().setOffline(true);
    await page.getByText("These numbers are old").waitFor({ timeout: 5_000 });
    await page.context().setOffline(false);
    await page.getByText("These numbers are old").waitFor({ state: "detached" });
  });

  test("moves nothing while runs begin and end, and fits a phone of 320 pixels", async () => {
    await cancelAll();
    const { page } = dashboard.live;
    await countShifts(page);
    await page.goto("/");
    const name = "one that has a very long name without any space in it".replaceAll(" ", "_");
    const id = await start(name);
    await page.locator(`[data-run="${id}"] canvas`).waitFor();
    await cancelAll();
    await page.locator(`[data-run="${id}"] [data-status=CANCELLED]`).waitFor();
    expect(await page.evaluate("window.shifts")).toBeLessThan(0.05);
    await page.setViewportSize({ width: 320, height: 700 });
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(320);
  });

  test("has thrown no error on the way", () => {
    expect(
      dashboard.live.failures.filter((failure) => !/ERR_INTERNET_DISCONNECTED|ERR_NETWORK/.test(failure)),
    ).toEqual([]);
  });

  test("tells what ends outside of the page, also where only a service worker may", async () => {
    const context = await dashboard.browser.newContext({ baseURL: dashboard.product.url });
    try {
      await context.grantPermissions(["notifications"]);
      const page = await context.newPage();
      const problems: string[] = [];
      page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
      // As text: the tests are compiled without the browser's types. As on a phone, and while something else is looked at.
      await page.addInitScript(`
        window.Notification = class { static permission = "granted"; constructor() { throw new TypeError("Illegal constructor"); } };
        Object.defineProperty(document, "hidden", { get: () => true });`);
      await page.goto("/");
      const id = await start("told outside");
      await page.getByRole("article", { name: "told outside" }).waitFor();
      await dashboard.product.query("mutation ($id: ID!) { cancelTraining(runId: $id) { run { id } } }", {
        id,
      });
      const told = () =>
        page.evaluate<string[]>(
          "navigator.serviceWorker.getRegistration().then((worker) => worker ? worker.getNotifications() : []).then((all) => all.map(({ body }) => body))",
        );
      await eventually(async () => (await told()).join()).toMatch(/told outside was cancelled/);
      expect(problems).toEqual([]);
    } finally {
      await context.close();
    }
  });
});
