/** A small series for tests in Chinese. */

/** Business days of a share in Shanghai, as a Chinese program writes them. */
export function shareCsv(bars: number): string {
  const day = new Date(Date.UTC(2018, 0, 2));
  const rows = Array.from({ length: bars }, (_, i) => {
    const close = 1200 + 200 * Math.sin(i / 25) + 10 * Math.sin(i * 1.7);
    const date = day.toISOString().slice(0, 10);
    day.setUTCDate(day.getUTCDate() + (day.getUTCDay() === 5 ? 3 : 1));
    const prices = [close - 3, close + 9, close - 9, close].map((price) => price.toFixed(2));
    return [date, ...prices, 26_132 + 100 * (i % 40)].join(",");
  });
  return `日期,开盘,最高,最低,收盘,成交量\n${rows.join("\n")}\n`;
}
