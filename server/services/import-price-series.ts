/** Imports a CSV file of prices: creates the series or adds to it, and reports what became of each row. */
import { type FileGap, type FileGaps, gapLeft, gapWords } from "../csv/gaps.ts";
import type { ReadCsv } from "../csv/read-file.ts";
import { InvalidInput } from "../domain/errors.ts";
import type { PriceSeries } from "../domain/price-series.ts";
import { seriesIdentity } from "../domain/series-identity.ts";
import type { PriceSeriesStore } from "../ports/series.ts";
import type { Services } from "./services.ts";

export interface ImportPriceSeriesPorts {
  readonly priceSeries: Pick<PriceSeriesStore, "findBySymbol" | "merge" | "countAfter" | "column">;
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
        const gaps = await gapsThatStay(priceSeries, existing && series, file.report.gaps);
        const told = [...assumed, ...file.report.warnings, ...gapWords(gaps, seriesTimezone)];
        const report = {
          ...{ rowsRead, rowsAdded: added, rowsUpdated: updated, rowsUnchanged: unchanged, rowsRejected },
          ...{ problems, columns, warnings: told, review },
        };
        return { series, report };
      },
      signal,
    );
  };

/** More gaps than that are told as they are in the file, and a series with so many bars in one has none there. */
const [mostLookedUp, mostBetween] = [20, 20_000];

/** Those of a file that its series fills with bars of its own are none. */
async function gapsThatStay(
  store: Pick<PriceSeriesStore, "countAfter" | "column">,
  series: PriceSeries | null,
  { found, leastMs }: FileGaps,
): Promise<readonly FileGap[]> {
  const version = series?.version;
  if (!version || found.length > mostLookedUp) return found;
  const left: FileGap[] = [];
  for (const gap of found) {
    const from = version.barCount - (await store.countAfter(version, new Date(gap.from)));
    const to = version.barCount - (await store.countAfter(version, new Date(gap.to - 1)));
    if (to - from > mostBetween) continue;
    left.push(...gapLeft(gap, await store.column(version, "time", from, to), leastMs));
  }
  return left;
}

const zoneWarning = (zone: string, isOfSeries: boolean): string =>
  isOfSeries
    ? `dates without a zone are read in the zone of the series, ${zone}`
    : `dates without a zone are read as ${zone}, because no timezone is named`;
