import { expect, test } from "vitest";
import { contentHashOf } from "../../server/domain/bar-table.ts";
import type { Run } from "../../server/ports/runs.ts";
import { loadBars } from "../../server/worker/bars.ts";
import { SeriesChanged } from "../../server/worker/run-errors.ts";
import { barsOf, walk } from "../support/series.ts";

const closes = walk(200);
const queuedWith = barsOf(closes.slice(0, 100));
const run = (epoch: number) =>
  ({ seriesId: "s", epoch, seriesContentHash: contentHashOf(queuedWith) }) as Run;
const series = (bars: ReturnType<typeof barsOf>) => ({ columns: async () => bars });

test("a run trains on the bars that it was queued with, also when newer ones were added meanwhile", async () => {
  for (const stored of [100, 101, 164]) {
    const { bars, changed } = await loadBars(series(barsOf(closes.slice(0, stored))), run(3));
    expect(bars).toEqual(queuedWith);
    expect(changed).toBe(false);
  }
});

test("bars that were changed are taken by a run that has not begun, and end one that has", async () => {
  const corrected = barsOf(closes.slice(0, 100).map((close, i) => (i === 5 ? close + 1 : close)));
  expect(await loadBars(series(corrected), run(0))).toEqual({
    bars: corrected,
    contentHash: contentHashOf(corrected),
    changed: true,
  });
  await expect(loadBars(series(corrected), run(1))).rejects.toThrow(SeriesChanged);
});
