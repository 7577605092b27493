/** Every page for everyone: axe finds nothing, nothing is wider than the screen, and a thumb meets what it aims at. */
import type { Page } from "playwright-core";
import { describe, test, vi } from "vitest";
import { brokenRules, colours, hardToTouch, screens, show, tooWide } from "./support/accessible.ts";
import { dropFile } from "./support/browser.ts";
import { dashboardFixture, noChromium } from "./support/dashboard.ts";
import { waveCsv } from "./support/wave.ts";

const dashboard = dashboardFixture(givenAllKindsOfRuns);
const patience = { timeout: 200_000, interval: 250 };
const ids = { series: "", succeeded: "", running: "", experiment: "", other: "" };

interface Place {
  readonly name: string;
  readonly path: () => string;
  /** What it answers; absent: 200. */
  readonly status?: number;
  /** Until it shows what it is about. */
  readonly ready: (page: Page) => Promise<unknown>;
}
const heading = (name: string | RegExp) => (page: Page) =>
  page.getByRole("heading", { level: 1, name }).waitFor();
/** Its own heading is there before what it tells. */
const systemToldOf = (page: Page) => page.getByRole("heading", { level: 2, name: "Workers" }).waitFor();
const places: readonly Place[] = [
  {
    name: "Now",
    path: () => "/",
    ready: async (page) => {
      await page.locator(`[data-run="${ids.running}"]`).waitFor();
      await page.getByText("Best so far").first().waitFor();
    },
  },
  { name: "Runs", path: () => "/runs", ready: (page) => page.locator("tbody tr").first().waitFor() },
  {
    name: "Compare",
    path: () => `/compare?runs=${ids.succeeded},${ids.other}`,
    ready: (page) => page.locator("svg.apexcharts-svg, canvas").first().waitFor(),
  },
  {
    name: "A run with its scores",
    path: () => `/runs/${ids.succeeded}`,
    ready: (page) => page.getByTestId("verdict").waitFor(),
  },
  {
    name: "A run that trains",
    path: () => `/runs/${ids.running}`,
    ready: (page) => page.getByTestId("loss-chart").locator("svg").first().waitFor(),
  },
  {
    name: "An experiment",
    path: () => `/experiments/${ids.experiment}`,
    ready: (page) => page.getByTestId("band-chart").waitFor(),
  },
  {
    name: "A new run",
    path: () => "/runs/new",
    ready: (page) =>
      page
        .getByRole("button", { name: /^Start/ })
        .first()
        .waitFor(),
  },
  { name: "All series", path: () => "/series", ready: (page) => page.locator("tbody tr").first().waitFor() },
  {
    name: "A series",
    path: () => `/series/${ids.series}`,
    ready: (page) => page.locator("[data-testid=price-plot][data-drawn=true]").waitFor(),
  },
  {
    name: "An import",
    path: () => "/series",
    ready: async (page) => {
      await dropFile(page, "drop-zone", "MORE.csv", waveCsv(60));
      await page.getByTestId("import-report").waitFor();
    },
  },
  {
    name: "A wall",
    path: () => "/?wall=1",
    ready: (page) => page.locator(`[data-run="${ids.running}"]`).waitFor(),
  },
  {
    name: "The palette",
    path: () => "/system",
    ready: async (page) => {
      await systemToldOf(page);
      await page.keyboard.press("Control+k");
      await page.getByRole("dialog").getByRole("option").first().waitFor();
    },
  },
  {
    name: "What happened, and preferences",
    path: () => "/system",
    ready: async (page) => {
      await systemToldOf(page);
      await page.evaluate("document.querySelector('#news').showPopover()");
      // One that is open by hand stays beside another.
      await page.evaluate(
        "Object.assign(document.querySelector('#preferences'), { popover: 'manual' }).showPopover()",
      );
    },
  },
  { name: "System", path: () => "/system", ready: systemToldOf },
  { name: "No such page", path: () => "/nowhere", status: 404, ready: heading(/no such page/i) },
  { name: "No such run", path: () => "/runs/nobody", status: 404, ready: heading(/no such run/i) },
  {
    name: "No such series",
    path: () => "/series/00000000-0000-4000-8000-000000000000",
    status: 404,
    ready: heading(/no such series/i),
  },
];

async function givenAllKindsOfRuns(): Promise<void> {
  interface Runs {
    runs: { edges: { node: { id: string; status: string; priceSeries: { id: string } } }[] };
  }
  const runs = async () => {
    const answer = await dashboard.product.query<Runs>(
      "{ runs(first: 20) { edges { node { id status priceSeries { id } } } } }",
    );
    return answer.runs.edges.map(({ node }) => node);
  };
  const succeeded = async () => (await runs()).filter(({ status }) => status === "SUCCEEDED");
  await vi.waitUntil(async () => (await succeeded()).length > 1, patience);
  await dashboard.product.query("mutation { cancelTrainings(filter: {}) { cancelled } }");
  const [one, other] = await succeeded();
  ids.succeeded = one!.id;
  ids.other = other!.id;
  ids.series = one!.priceSeries.id;
  const settings = { window: 20, layers: [{ units: 16 }], batchSize: 64 };
  const { startExperiment } = await dashboard.product.query<{
    startExperiment: { experiment: { id: string } };
  }>("mutation ($input: StartExperimentInput!) { startExperiment(input: $input) { experiment { id } } }", {
    input: {
      ...{ name: "Three seeds", plan: "SEEDS", seeds: 3 },
      training: { ...settings, priceSeriesId: ids.series, epochs: 3 },
    },
  });
  ids.experiment = startExperiment.experiment.id;
  const { startTraining } = await dashboard.product.query<{ startTraining: { run: { id: string } } }>(
    "mutation ($input: StartTrainingInput!) { startTraining(input: $input) { run { id } } }",
    { input: { ...settings, priceSeriesId: ids.series, epochs: 10_000, name: "long" } },
  );
  ids.running = startTraining.run.id;
  await vi.waitUntil(async () => {
    const { run } = await dashboard.product.query<{ run: { epoch: number } }>(
      "query ($id: ID!) { run(id: $id) { epoch } }",
      { id: ids.running },
    );
    return run.epoch > 2;
  }, patience);
}

describe.skipIf(noChromium)("for everyone", () => {
  describe.concurrent("in every size and colour", () => {
    const cases = places.flatMap((place) => screens.map((screen) => ({ place, screen })));
    test.each(cases)("$place.name, $screen.name", { timeout: 180_000 }, async ({ place, screen }) => {
      const { width, height, isPhone } = screen;
      const context = await dashboard.browser.newContext({
        ...{ baseURL: dashboard.product.url, viewport: { width, height }, reducedMotion: "reduce" },
        ...{ isMobile: isPhone, hasTouch: isPhone },
      });
      context.setDefaultTimeout(60_000);
      const page = await context.newPage();
      const found: string[] = [];
      try {
        const answer = await page.goto(place.path());
        const { status = 200 } = place;
        if (answer?.status() !== status) found.push(`answers ${answer?.status()} instead of ${status}`);
        await place.ready(page);
        for (const colour of colours) {
          await show(page, colour);
          for (const broken of await brokenRules(page)) found.push(`${colour.name}: ${broken}`);
        }
        const wider = await tooWide(page);
        if (wider > 0) found.push(`wider than the screen by ${wider} px`);
        if (isPhone) found.push(...(await hardToTouch(page)));
      } finally {
        await context.close();
      }
      if (found.length > 0) throw new Error(found.join("\n"));
    });
  });
});
