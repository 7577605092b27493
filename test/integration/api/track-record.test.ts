/** What of the forecasts is kept, and how they did once the bars had come. */
import { expect, test } from "vitest";
import { dayText } from "../../../server/calendar/zone-days.ts";
import { bars, csvOf, forecastingProduct, sessions, shownDays } from "../../support/forecasting-product.ts";

const forecasting = forecastingProduct();
const { data, forecastOf, importBars, recordOf, storedOf, train } = forecasting;

test("what was said of an anchor stays as it was first said, also when the anchor's bar is corrected", async () => {
  const id = await train(await importBars("CORRECTED", csvOf(0, 400)));
  const first = (await forecastOf(id))!;
  await importBars(
    "CORRECTED",
    csvOf(399, 400, (close) => close * 1.01),
  );
  const again = (await forecastOf(id, { steps: 2 }))!;
  expect(again).toMatchObject({ seriesVersion: { number: 2 }, modelAgeBars: 0 });
  expect(again.predicted[0]).not.toBe(first.predicted[0]);
  expect(await storedOf(id)).toMatchObject([
    {
      step: 1,
      versionNumber: 1,
      predicted: first.predicted[0],
      naive: bars.close[399],
      lower: first.lower[0],
    },
    { step: 2, versionNumber: 2, predicted: again.predicted[1] },
  ]);
});

test("many who ask at once get one answer, and it is stored once", async () => {
  const id = await train(await importBars("ASKED", csvOf(0, 400)));
  const answers = await Promise.all(Array.from({ length: 12 }, () => forecastOf(id, { steps: 3 })));
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(await storedOf(id)).toHaveLength(3);
  await data("mutation ($ids: [ID!]!) { deleteRuns(ids: $ids) { deletedIds } }", { ids: [id] });
  expect(await storedOf(id)).toEqual([]);
});

test("a forecast that cannot be stored is answered all the same", async () => {
  const id = await train(await importBars("UNSTORED", csvOf(0, 400)));
  const { pool } = forecasting.backend;
  await pool.query("ALTER TABLE run_forecast RENAME TO away");
  try {
    expect((await forecastOf(id))?.predicted).toHaveLength(1);
  } finally {
    await pool.query("ALTER TABLE away RENAME TO run_forecast");
  }
  expect(await storedOf(id)).toEqual([]);
});

test("when the error leaves the test's, the record says so, and whether the bars have become harder", async () => {
  const symbol = "DRIFTING";
  const id = await train(await importBars(symbol, csvOf(0, 300)), { horizon: 1 });
  for (let bar = 300; bar < 325; bar++) {
    await forecastOf(id);
    // Up and down by a tenth: no such move was in the test.
    await importBars(
      symbol,
      csvOf(bar, bar + 1, (close) => close * (bar % 2 === 0 ? 1.1 : 0.9)),
    );
    if (bar === 310) expect((await recordOf(id))?.drift).toBeNull();
  }
  const record = (await recordOf(id))!;
  expect(record.count).toBe(25);
  expect(record.drift).toMatch(/^On 25 forecasts since, the error is \d+(\.\d)? times the test's \(p /);
  expect(record.drift).toMatch(/the bars have become harder, for any forecast\.$/);
  expect((await forecastOf(id))?.isUnlikeTraining).toBe(true);
});

test("after a return to an earlier version forecasts begin there, and are not kept where the run saw what came", async () => {
  const symbol = "REVERTED";
  const seriesId = await importBars(symbol, csvOf(0, 390));
  await importBars(symbol, csvOf(390, 400));
  const id = await train(seriesId);
  await data("mutation ($id: ID!) { revertPriceSeries(id: $id, toVersion: 1) { priceSeries { id } } }", {
    id: seriesId,
  });
  const said = (await forecastOf(id))!;
  expect(said.modelAgeBars).toBe(0);
  expect(shownDays(said.time)).toEqual([dayText(sessions[390]!)]);
  expect(said.lower[0]).toBeLessThan(said.predicted[0]!);
  expect(await storedOf(id)).toEqual([]);
});
