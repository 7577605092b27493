/** What a forecast needs of the newest bars: its own series' and those of others. */
import { expect, test } from "vitest";
import { bars, csvOf, forecastingProduct, shownDays } from "../../support/forecasting-product.ts";

const forecasting = forecastingProduct();
const { data, forecastOf, importBars, refusal, train } = forecasting;

test("a run that sees another series forecasts with its newest bars, and holds its last value beyond them", async () => {
  // The peer's closes are the same walk, a bar ahead: its newest bar says what the run's next one will be.
  const peerRows = (from: number, to: number, change = 1) =>
    csvOf(from, to, (_, bar) => bars.close[bar + 1]! * change);
  const peerId = await importBars("PEER", peerRows(0, 400));
  const seriesId = await importBars("BESIDE", csvOf(0, 400));
  const id = await train(seriesId, { otherSeries: [{ priceSeriesId: peerId }], epochs: 10 });
  const type =
    "{ run(id: $id) { config { otherSeries { priceSeriesId symbol field } facts { name text } } leakTest { passed } } }";
  const { run } = await data<{ run: Record<string, unknown> }>(`query ($id: ID!) ${type}`, { id });
  expect(run).toMatchObject({
    config: {
      otherSeries: [{ priceSeriesId: peerId, symbol: "PEER", field: "CLOSE" }],
      facts: expect.arrayContaining([{ name: "otherSeries", text: "PEER close" }]),
    },
    leakTest: { passed: true },
  });
  const first = (await forecastOf(id))!;
  // A day later, of the run's own series alone: the peer has not moved, as far as anybody knows.
  await importBars("BESIDE", csvOf(400, 401));
  const without = (await forecastOf(id))!;
  expect(without.seriesVersion.number).toBe(2);
  expect(shownDays(without.time)).not.toEqual(shownDays(first.time));
  // Then the peer's bar comes, and is used at once although the run's series stayed as it was.
  await importBars("PEER", peerRows(400, 401));
  const withNews = (await forecastOf(id))!;
  expect(withNews.seriesVersion.number).toBe(2);
  expect(withNews.predicted[0]).not.toBe(without.predicted[0]);
  // What comes after the run's newest bar is not known there.
  await importBars("PEER", peerRows(401, 402));
  expect((await forecastOf(id))!.predicted).toEqual(withNews.predicted);
  // A close of yesterday in the place of today's is a peer that has not moved.
  await importBars(
    "PEER",
    csvOf(400, 401, () => bars.close[400]!),
  );
  expect((await forecastOf(id))!.predicted[0]).toBe(without.predicted[0]);
});

test("newest bars without what the network sees are a conflict that names it", async () => {
  const id = await train(await importBars("LACKING", csvOf(0, 400)), { features: ["CLOSE", "VOLUME"] });
  await importBars(
    "LACKING",
    csvOf(400, 401, (close) => close, false),
  );
  const error = await refusal(id, {});
  expect(error?.extensions.code).toBe("CONFLICT");
  expect(error?.message).toMatch(/the last 9 bars with CLOSE, VOLUME in each, .*only the last 0 have that/);
});
