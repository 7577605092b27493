/** Imports a CSV file of prices: creates the series or adds to it, and reports what became of each row. */
import type { ReadCsv } from "../csv/read-file.ts";
import { InvalidInput } from "../domain/errors.ts";
import { seriesIdentity } from "../domain/series-identity.ts";
import type { PriceSeriesStore } from "../ports/series.ts";
import type { Services } from "./services.ts";

export interface ImportPriceSeriesPorts {
  readonly priceSeries: Pick<PriceSeriesStore, "findBySymbol" | "merge">;
  /** Beside the event loop, where there is one to keep free: the rows of a large file take seconds. */
  readonly readCsv: ReadCsv;
}

/**
 * Good rows are stored, bad ones reported by line; the same file again changes nothing.
 * @throws InvalidInput (nothing is stored) when symbol, currency, zone, columns or date format are wrong, when
 * no row can be used, when the file has several instruments, when dates without a zone come in another zone than the
 * series is kept in, or hours are to be added to days.
 */
export const importPriceSeries =
  ({ priceSeries, readCsv }: ImportPriceSeriesPorts): Services["importPriceSeries"] =>
  async (request, signal) => {
    const { symbol, name, currency, timezone } = seriesIdentity(request);
    const existing = await priceSeries.findBySymbol(symbol);
    const zone = timezone ?? existing?.timezone ?? "UTC";
    const seriesTimezone = existing?.timezone ?? zone;
    const options = { ...request, timezone: zone, seriesTimezone };
    return readCsv(
      request.csv,
      options,
      async (file) => {
        const { rowsRead, rowsRejected, problems, columns, usedTimezone } = file.report;
        // The same day would otherwise be stored twice, some hours apart. Times that name their zone are safe.
        if (existing && usedTimezone && existing.timezone !== zone) {
          throw new InvalidInput(
            "timezone",
            `${symbol} keeps its dates in ${existing.timezone}, and this import says ${zone}: set timezone to "${existing.timezone}"`,
          );
        }
        const { series, added, updated, unchanged, review } = await priceSeries.merge(
          { symbol, name, currency, timezone: seriesTimezone },
          file.barsFor({ symbol, timezone: seriesTimezone }),
          { dryRun: request.dryRun ?? false },
        );
        const assumed = timezone === null && usedTimezone ? [zoneWarning(zone, existing !== null)] : [];
        const report = {
          ...{ rowsRead, rowsAdded: added, rowsUpdated: updated, rowsUnchanged: unchanged, rowsRejected },
          ...{ problems, columns, warnings: [...assumed, ...file.report.warnings], review },
        };
        return { series, report };
      },
      signal,
    );
  };

const zoneWarning = (zone: string, isOfSeries: boolean): string =>
  isOfSeries
    ? `dates without a zone are read in the zone of the series, ${zone}`
    : `dates without a zone are read as ${zone}, because no timezone is named`;
