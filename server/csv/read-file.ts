/** A price file that was read: what is told of it, and its bars, to go where a series has its days. */
import type { IncomingBars } from "../domain/incoming-bars.ts";
import { nextVersion } from "../domain/next-version.ts";
import type { CsvText } from "./csv-text.ts";
import type { CsvOptions } from "./options.ts";
import { type CsvReport, type ReadBars, readCsv } from "./read-bars.ts";
import { placeBars, type SeriesPlace } from "./trading-days.ts";

export interface ReadFile {
  readonly report: CsvReport;
  /** @throws InvalidInput, once they are woven, where the series has days and the file hours, or the other way round. */
  barsFor(series: SeriesPlace): IncomingBars;
}

/**
 * Reads a file and lends it to `use`.
 * @param signal ends the reading, and not what `use` does.
 * @throws InvalidInput, LimitExceeded as readBars; what `use` throws.
 */
export type ReadCsv = <Result>(
  csv: CsvText,
  options: CsvOptions,
  use: (file: ReadFile) => Promise<Result>,
  signal?: AbortSignal,
) => Promise<Result>;

/** In the thread that asks. */
export const readCsvHere: ReadCsv = async (csv, options, use) => use(fileOf(await readCsv(csv, options)));

const fileOf = (read: ReadBars): ReadFile => ({
  report: read.report,
  barsFor: (series) => ({
    weave: async ({ times, version }, shelf) => nextVersion(version, placeBars(read, times, series), shelf),
  }),
});
