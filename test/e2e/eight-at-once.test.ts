/** Eight runs train at once, and one person watches all of them on the first page. */
import { availableParallelism } from "node:os";
import { describe, expect, test } from "vitest";
import { countShifts, eventually } from "./support/browser.ts";
import { dashboardFixture, endFirstStart, noChromium } from "./support/dashboard.ts";

const atOnce = 8;
/** A worker trains so many small runs beside each other (server/main.worker.ts). */
const aWorker = Math.min(availableParallelism(), 4);

const dashboard = dashboardFixture(async ({ product }) => {
  // With the product's own there is one to spare: on a machine with much else to do one of them may be late.
  await product.addWorkers(Math.ceil(atOnce / aWorker));
  await endFirstStart(product);
});

/** Each has its own number of epochs, of which a second sees a few and a test never the last. */
const runs = Array.from({ length: atOnce }, (_, at) => ({ name: `run ${at + 1}`, epochs: 9_001 + at }));

const startAll = async (): Promise<Map<string, string>> => {
  const { allPriceSeries } = await dashboard.product.query<{
    allPriceSeries: { edges: { node: { id: string } }[] };
  }>("{ allPriceSeries(first: 1) { edges { node { id } } } }");
  const priceSeriesId = allPriceSeries.edges[0]!.node.id;
  const ids = new Map<string, string>();
  for (const run of runs) {
    const { startTraining } = await dashboard.product.query<{ startTraining: { run: { id: string } } }>(
      "mutation ($input: StartTrainingInput!) { startTraining(input: $input) { run { id } } }",
      { input: { priceSeriesId, ...run, window: 20, layers: [{ units: 8 }], batchSize: 64 } },
    );
    ids.set(run.name, startTraining.run.id);
  }
  return ids;
};
const runningNow = async (): Promise<number> =>
  (
    await dashboard.product.query<{ runs: { totalCount: number } }>(
      "{ runs(filter: { status: [RUNNING] }) { totalCount } }",
    )
  ).runs.totalCount;

describe.skipIf(noChromium)("eight runs at once", () => {
  test("have a tile each, which follows its own run and stays in its place while others are stopped and end", async () => {
    const { page, failures } = dashboard.live;
    await eventually(runningNow).toBe(0);
    await countShifts(page);
    await page.goto("/");
    await page.getByText("Nothing trains now").waitFor();
    const ids = await startAll();
    await eventually(runningNow).toBe(atOnce);

    const tile = (name: string) => page.getByRole("article", { name, exact: true });
    const newest = async (name: string) =>
      Number(await tile(name).locator("canvas").getAttribute("data-newest"));
    const placeOf = (name: string) =>
      page
        .locator("[data-place]")
        .filter({ has: tile(name) })
        .getAttribute("data-place");
    const places = async (of: readonly string[]): Promise<Record<string, string | null>> =>
      Object.fromEntries(await Promise.all(of.map(async (name) => [name, await placeOf(name)])));

    const names = runs.map(({ name }) => name);
    for (const name of names) await tile(name).waitFor();
    const before = await places(names);
    expect(new Set(Object.values(before)).size).toBe(atOnce);
    const grow = async (names: readonly string[]) => {
      const from = new Map(await Promise.all(names.map(async (name) => [name, await newest(name)] as const)));
      for (const name of names) await eventually(() => newest(name)).toBeGreaterThan(from.get(name)!);
    };
    await grow(names);
    // Its own epochs, not a neighbour's: each run has another number of them, and none is shown before it is trained.
    for (const { name, epochs } of runs) {
      expect(await tile(name).getByTestId("tile-epoch").innerText()).toMatch(
        new RegExp(` of ${epochs.toLocaleString("en-US")}$`),
      );
      const shown = await newest(name);
      const { run } = await dashboard.product.query<{ run: { epoch: number } }>(
        "query ($id: ID!) { run(id: $id) { epoch } }",
        { id: ids.get(name) },
      );
      expect(shown).toBeLessThanOrEqual(run.epoch);
    }

    // One is stopped by its tile. Somebody else has another one scored: the furthest, whose worker has the least to wait for.
    const far = await Promise.all(runs.map(async (run) => ({ ...run, epoch: await newest(run.name) })));
    const [furthest, next, ...others] = far.toSorted((a, b) => b.epoch - a.epoch).map(({ name }) => name);
    const [stopped, scored] = [tile(next!), tile(furthest!)];
    await stopped.getByRole("button", { name: `Stop ${next}`, exact: true }).click();
    await stopped.getByRole("button", { name: /^Stop and discard/ }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Stop and discard" }).click();
    await stopped.locator("[data-status=CANCELLED]").waitFor();
    // At once: half a minute after its end a tile goes.
    expect(await places(names)).toEqual(before);
    await dashboard.product.query(
      "mutation ($id: ID!) { cancelTraining(runId: $id, score: true) { run { id } } }",
      { id: ids.get(furthest!) },
    );
    await scored.locator("[data-status=SUCCEEDED]").waitFor();
    await scored.getByTitle(/better than the naive forecast$/).waitFor();
    expect(await placeOf(furthest!)).toBe(before[furthest!]);

    await grow(others);
    expect(await runningNow()).toBe(others.length);
    expect(before).toMatchObject(await places(others));
    expect(await page.evaluate("window.shifts")).toBeLessThan(0.05);
    expect(failures).toEqual([]);
  }, 240_000);
});
