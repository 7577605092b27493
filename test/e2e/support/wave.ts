/** A small series for tests: business days of a slow wave. */
import type { Product } from "./product.ts";

/** @returns the id of the series WAVE, which then has all but one of so many bars. */
export async function importWave(product: Product, bars: number): Promise<string> {
  const { importPriceSeries } = await product.query<{
    importPriceSeries: { priceSeries: { id: string } };
  }>(
    "mutation ($input: ImportPriceSeriesInput!) { importPriceSeries(input: $input) { priceSeries { id } } }",
    { input: { symbol: "WAVE", csv: waveCsv(bars) } },
  );
  return importPriceSeries.priceSeries.id;
}

/** Without volume; the third bar's close is not a number. */
export function waveCsv(bars: number): string {
  const day = new Date(Date.UTC(2018, 0, 1));
  const rows = Array.from({ length: bars }, (_, i) => {
    const close = 100 + 20 * Math.sin(i / 25);
    const date = day.toISOString().slice(0, 10);
    day.setUTCDate(day.getUTCDate() + (day.getUTCDay() === 5 ? 3 : 1));
    const [open, high, low] = [close - 0.5, close + 1, close - 1].map((price) => price.toFixed(3));
    return [date, open, high, low, i === 2 ? "n/a" : close.toFixed(3)].join(",");
  });
  return `Date,Open,High,Low,Close\n${rows.join("\n")}\n`;
}
