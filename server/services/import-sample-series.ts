/** Gives a fresh installation something real to train on: the S&P 500, 2000 to 2020. */
import { readCsvHere } from "../csv/read-file.ts";
import type { PriceSeries } from "../domain/price-series.ts";
import type { PriceSeriesStore } from "../ports/series.ts";
import { type ImportPriceSeriesPorts, importPriceSeries } from "./import-price-series.ts";

export interface ImportSampleSeriesPorts {
  readonly priceSeries: Pick<PriceSeriesStore, "list"> & ImportPriceSeriesPorts["priceSeries"];
  /** The sample as CSV text. */
  readonly readSampleFile: () => Promise<string>;
}

/** Null, and nothing done, where there is any series: whoever has data of their own does not want ours back. */
export const importSampleSeries =
  ({ priceSeries, readSampleFile }: ImportSampleSeriesPorts) =>
  async (): Promise<PriceSeries | null> => {
    const { totalCount } = await priceSeries.list({ first: 1 });
    if (totalCount > 0) return null;
    const { series } = await importPriceSeries({ priceSeries, readCsv: readCsvHere })({
      symbol: "SPX",
      name: "S&P 500",
      currency: "USD",
      timezone: "America/New_York",
      csv: await readSampleFile(),
    });
    return series;
  };
