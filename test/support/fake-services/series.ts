/** Price series in memory; an import counts lines and stores the same bars for each. */
import { readSync } from "node:fs";
import type { OpenFile } from "../../../server/csv/csv-text.ts";
import { Conflict, InvalidInput, NotFound } from "../../../server/domain/errors.ts";
import { ImportReviewer } from "../../../server/domain/import-review.ts";
import type { BarTable } from "../../../server/domain/price-series.ts";
import { seriesQuality } from "../../../server/domain/series-quality.ts";
import type { Services } from "../../../server/services/services.ts";
import type { FakeMemory } from "./memory.ts";
import { pageOf } from "./pages.ts";

export const fakeSeries = (memory: FakeMemory) => {
  const { table, series, versions, runs, calls, existingSeries, givenSeries } = memory;
  return {
    async importPriceSeries({ symbol, csv, dryRun }) {
      const text = typeof csv === "string" ? csv : textOf(csv);
      const rowsRead = text.trim().split("\n").length - 1;
      if (rowsRead === 0) throw new InvalidInput("csv", "csv must have rows after its header, got none");
      const report = {
        rowsRead,
        rowsAdded: rowsRead,
        rowsUpdated: 0,
        rowsUnchanged: 0,
        rowsRejected: 0,
        problems: [],
        columns: [{ column: "Date", field: "time" as const }],
        warnings: ["the bars are in the zone UTC"],
        review: new ImportReviewer().review(),
      };
      return { series: dryRun ? null : givenSeries(symbol), report };
    },
    async chartBars(_seriesId, _range, maxPoints) {
      const take = (column: Float64Array) => column.slice(0, maxPoints);
      const { time, open, high, low, close, adjustedClose } = table;
      const prices = { open: take(open), high: take(high), low: take(low), close: take(close) };
      const volume = Float64Array.from(take(table.volume), (amount, bar) =>
        bar === 0 ? Number.NaN : amount,
      );
      return { time: take(time), ...prices, adjustedClose: take(adjustedClose), volume };
    },
    async revertPriceSeries(id, toVersion) {
      const reverted = series.get(id);
      if (reverted?.version.number !== toVersion)
        throw new NotFound(`there is no version ${toVersion} of ${id}`);
      return reverted;
    },
    updatePriceSeries: async (id) => existingSeries(id),
    seriesSummary: async () => ({
      ...seriesQuality(table.time, table.close),
      ...{ sparkline: [], lastClose: null, previousClose: null },
    }),
    async deletePriceSeries(id, { withRuns }) {
      existingSeries(id);
      const trained = [...runs.values()].filter(({ seriesId }) => seriesId === id);
      if (trained.length > 0 && !withRuns) throw new Conflict(`${trained.length} runs are trained on it`);
      for (const run of trained) runs.delete(run.id);
      series.delete(id);
    },
    unpinBaseline: async (id) => existingSeries(id),
    priceSeries: {
      findById: async (id) => series.get(id) ?? null,
      findBySymbol: async (symbol) => [...series.values()].find((one) => one.symbol === symbol) ?? null,
      findMany: async (ids) => {
        calls.findManySeries++;
        return ids.flatMap((id) => series.get(id) ?? []);
      },
      list: async (page) => pageOf([...series.values()], page),
      bars: async (_version, page) => pageOf(rowsOf(table), page),
      versions: async (id, page) =>
        pageOf([...versions.values()].filter(({ seriesId }) => seriesId === id).reverse(), page),
      findVersions: async (ids) => ids.flatMap((id) => versions.get(id) ?? []),
      runsOf: async () => new Map(),
    },
  } satisfies Partial<Services>;
};

const rowsOf = (table: BarTable) =>
  Array.from(table.time, (time, bar) => ({
    time: new Date(time),
    open: table.open[bar] ?? 0,
    high: table.high[bar] ?? 0,
    low: table.low[bar] ?? 0,
    close: table.close[bar] ?? 0,
    adjustedClose: null,
    volume: table.volume[bar] ?? null,
  }));

function textOf({ fd, size }: OpenFile): string {
  const bytes = Buffer.alloc(size);
  readSync(fd, bytes, 0, size, 0);
  return bytes.toString("utf8");
}
