/** Every file that people brought, dropped on the dashboard: each gets a report, or a question in their words, and a way on. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { eventually } from "./support/browser.ts";
import { dashboardFixture, endFirstStart, noChromium } from "./support/dashboard.ts";

const cases = join(import.meta.dirname, "../fixtures/cases");
const files = readdirSync(cases)
  .filter((name) => /\.(csv|tsv|txt)$/.test(name))
  .toSorted();
/** The API's words for its arguments, which no person has to know. */
const argumentNames =
  /\b(dateFormat|columnPositions|headerLine|columns\.|adjustedClose|dryRun|priceSeriesId)\b/;

const dashboard = dashboardFixture(async ({ product }) => endFirstStart(product));

describe.skipIf(noChromium).sequential("every file", () => {
  test.each(files.map((file, at) => ({ file, symbol: `CASE${at}` })))(
    "$file is read, or asked about",
    async ({ file, symbol }) => {
      const { page } = dashboard.live;
      await page.goto("/series");
      await page.locator("input[type=file]").setInputFiles(join(cases, file));
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("heading", { name: file }).waitFor();
      await dialog.getByLabel("Symbol", { exact: true }).fill(symbol);
      const answered = dialog.locator(
        "[data-testid=import-report], [role=alert], [role=note], [aria-invalid=true]",
      );
      await answered.first().waitFor();
      expect(await dialog.innerText()).not.toMatch(argumentNames);
      const store = dialog.getByRole("button", { name: /^Import [\d,]+ rows?$/ });
      if ((await store.count()) === 0 || !(await store.isEnabled())) return;
      await store.click();
      await page.getByText(/^Stored as /).waitFor();
      const { priceSeries } = await dashboard.product.query<{ priceSeries: { barCount: number } | null }>(
        "query ($symbol: String!) { priceSeries(symbol: $symbol) { barCount } }",
        { symbol },
      );
      expect(priceSeries?.barCount).toBeGreaterThan(0);
    },
  );

  test("most of them are stored, and the page has thrown no error", async () => {
    const { allPriceSeries } = await dashboard.product.query<{ allPriceSeries: { totalCount: number } }>(
      '{ allPriceSeries(search: "CASE") { totalCount } }',
    );
    expect(allPriceSeries.totalCount).toBeGreaterThan(files.length / 2);
    // What cannot be read is refused with 400, which browsers write down.
    expect(dashboard.live.failures.filter((line) => !/ 400 .*\/import$/.test(line))).toEqual([]);
  });
});

describe.skipIf(noChromium).sequential("a server that is killed", () => {
  test("is said to be gone, is started anew by its supervisor, and the page goes on without a gap", async () => {
    const { page } = dashboard.live;
    const { product } = dashboard;
    const { allPriceSeries } = await product.query<{ allPriceSeries: { edges: { node: { id: string } }[] } }>(
      '{ allPriceSeries(first: 1, search: "SPX") { edges { node { id } } } }',
    );
    const { startTraining } = await product.query<{ startTraining: { run: { id: string } } }>(
      "mutation ($input: StartTrainingInput!) { startTraining(input: $input) { run { id } } }",
      {
        input: {
          ...{ priceSeriesId: allPriceSeries.edges[0]!.node.id, epochs: 10_000, window: 20 },
          ...{ layers: [{ units: 16 }], batchSize: 64, name: "goes on" },
        },
      },
    );
    await page.goto(`/runs/${startTraining.run.id}`);
    const newest = async () => Number(await page.getByTestId("loss-chart").getAttribute("data-newest-epoch"));
    await eventually(newest).toBeGreaterThan(1);
    await product.killApi();
    await page.getByText(/Connection lost, trying again/).waitFor();
    const before = await newest();
    await page.getByText("Connected again").waitFor();
    await eventually(newest).toBeGreaterThan(before + 2);
    const points = Number(await page.getByTestId("loss-chart").getAttribute("data-points"));
    expect(points).toBeGreaterThan(before);
    await product.query("mutation { cancelTrainings(filter: {}) { cancelled } }");
  });
});
