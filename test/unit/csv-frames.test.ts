/** Where the table is in a file, which column is which, and whose prices they are. */
import { expect, test } from "vitest";
import type { CsvOptions } from "../../server/csv/options.ts";
import { readCsvBars } from "../../server/csv/read-bars.ts";

const read = (csv: string, options: Partial<CsvOptions> = {}) =>
  readCsvBars(csv, { timezone: "UTC", ...options });
const closesOf = async (csv: string, options: Partial<CsvOptions> = {}) => [
  ...(await read(csv, options)).bars.close,
];
const header = "Date,Open,High,Low,Close";

test("titles and addresses above the header are passed over, with a word, whatever separates them", async () => {
  const csv = `https://www.example.com\nBank, Filiale; Konto\n\nDatum;Eröffnung;Hoch;Tief;Schlusskurs;Umsatz\n2020-01-02;1;3;1;2;100`;
  const { bars, warnings, problems } = await read(csv);
  expect([bars.close[0], bars.volume[0]]).toEqual([2, 100]);
  expect(problems).toEqual([]);
  expect(warnings[0]).toBe(
    '2 lines above the header were passed over, from line 1: "https://www.example.com"',
  );
});

test("where the header is not found by itself, its line says it", async () => {
  const csv = `a,b,c\nx,1,2\nwhen,price,other\n2020-01-02,5,7\n2020-01-03,6,8`;
  const columns = { time: "when", open: "price", high: "price", low: "price", close: "price" };
  expect(await closesOf(csv, { headerLine: 3, columns })).toEqual([5, 6]);
  await expect(read(csv, { headerLine: 9, columns })).rejects.toMatchObject({ field: "headerLine" });
  await expect(read(csv, { headerLine: 0, columns })).rejects.toMatchObject({ field: "headerLine" });
});

test("a file without a header is read by positions, and the report names them", async () => {
  const csv = "2020-01-02,10,12,9,11,500,x\n2020-01-03,11,13,10,12,600,y";
  const columnPositions = { time: 1, open: 2, high: 3, low: 4, close: 5, volume: 6 };
  const { bars, columns, rowsRead } = await read(csv, { columnPositions });
  expect([...bars.close, ...bars.volume, rowsRead]).toEqual([11, 12, 500, 600, 2]);
  expect(columns[0]).toEqual({ column: "column 1", field: "time" });
  expect(columns[6]).toEqual({ column: "column 7", field: null });
});

test.each([
  [{ columnPositions: { time: 1, open: 2, high: 3, low: 4, close: 6 } }, "columnPositions.close"],
  [{ columnPositions: { time: 0, open: 2, high: 3, low: 4, close: 5 } }, "columnPositions.time"],
  [{ columnPositions: { time: 1, open: 2, high: 3, low: 4, close: 5 }, headerLine: 1 }, "headerLine"],
  [
    { columnPositions: { time: 1, open: 2, high: 3, low: 4, close: 5 }, columns: { close: "Last" } },
    "columns",
  ],
])("positions that make no sense are refused: %j", async (options, field) => {
  await expect(read(`${header}\n2020-01-02,1,1,1,1`, options)).rejects.toMatchObject({ field });
});

test("a row that is cut off at the end is no footer", async () => {
  const { problems, warnings } = await read(
    `${header}\n2020-01-02,1,1,1,1\n2020-01-03\nSource: somebody\nAll rights reserved\n`,
  );
  expect(problems).toMatchObject([{ line: 3, message: expect.stringContaining("is it cut off?") }]);
  expect(warnings[0]).toBe('2 lines below the prices were passed over, from line 4: "Source: somebody"');
});

test.each([
  ["the ticker first", "Ticker,KLM,KLM,KLM,KLM\nPrice,Open,High,Low,Close\nDate,,,,"],
  ["no name above the index", ",Open,High,Low,Close\n,KLM,KLM,KLM,KLM\nDate,,,,"],
  ["no row of the index", "Price,Open,High,Low,Close\nTicker,KLM,KLM,KLM,KLM"],
  ["prices alone", "Price,Open,High,Low,Close\nDate,,,,"],
])("a header of several rows is one header: %s", async (_, rows) => {
  const { bars, problems } = await read(`${rows}\n2020-01-02,10,12,9,11`, {
    ...(rows.includes("Date") ? {} : { columns: { time: "Price" } }),
  });
  expect([bars.open[0], bars.close[0]]).toEqual([10, 11]);
  expect(problems).toEqual([]);
});

test("columns are said aloud: one that is several things comes for each, the others with nothing", async () => {
  const { columns } = await read("code,Date,Time,Kurs,Note\nA,2020-01-02,10:00,5,x", {
    columns: { open: "Kurs", high: "Kurs", low: "Kurs" },
  });
  expect(columns).toEqual([
    { column: "code", field: "instrument" },
    { column: "Date", field: "time" },
    { column: "Time", field: "time" },
    ...["open", "high", "low", "close"].map((field) => ({ column: "Kurs", field })),
    { column: "Note", field: null },
  ]);
});

test.each([
  [
    "Binance",
    "Open time,Open,High,Low,Close,Volume,Close time,Quote asset volume,Number of trades",
    "Volume",
  ],
  ["Kraken", "time,open,high,low,close,vwap,volume,count", "volume"],
  ["Coinbase", "timestamp,low,high,open,close,volume", "volume"],
  ["CryptoDataDownload", "unix,date,symbol,open,high,low,close,Volume BTC,Volume USD", "Volume BTC"],
  ["CoinMarketCap", "timeOpen,timeClose,name,open,high,low,close,volume,marketCap,timestamp", "volume"],
  ["Tiingo", "date,close,high,low,open,volume,adjClose,adjHigh,adjLow,adjOpen,adjVolume,divCash", "volume"],
  ["Polygon", "ticker,volume,open,close,high,low,window_start,transactions", "volume"],
  ["Polygon's API", "v,vw,o,c,h,l,t,n", "v"],
  ["Bloomberg", "Date,PX_OPEN,PX_HIGH,PX_LOW,PX_LAST,PX_VOLUME", "PX_VOLUME"],
  ["Refinitiv", "Instrument,Exchange Date,Price Open,Price High,Price Low,Price Close,Volume", "Volume"],
  ["Tick History", "#RIC,Domain,Date-Time,GMT Offset,Type,Open,High,Low,Last,Volume", "Volume"],
  ["Quandl's futures", "Date,Open,High,Low,Last,Change,Settle,Volume,Previous Day Open Interest", "Volume"],
  ["Eastmoney", "日期,开盘,收盘,最高,最低,成交量,成交额,振幅", "成交量"],
  ["Sina", "day,open,high,low,close,volume", "volume"],
  ["JoinQuant", ",open,close,high,low,volume,money", "volume"],
  ["NSE", "Date,series,OPEN,HIGH,LOW,PREV. CLOSE,ltp,close,vwap,52W H,52W L,VOLUME,VALUE", "VOLUME"],
  [
    "NSE's bhavcopy",
    "SYMBOL,SERIES,OPEN,HIGH,LOW,CLOSE,LAST,PREVCLOSE,TOTTRDQTY,TOTTRDVAL,TIMESTAMP",
    "TOTTRDQTY",
  ],
  [
    "a German exchange",
    "Datum,Eröffnungskurs,Tageshoch,Tagestief,Schlusskurs,Umsatz (Stück)",
    "Umsatz (Stück)",
  ],
  ["Investing.com in German", "Datum,Zuletzt,Eröffn.,Hoch,Tief,Vol.,+/- %", "Vol."],
])("the names of %s are known", async (_, names, volume) => {
  const cells = names.split(",").map((name) => (isTime(name) ? "2020-01-02" : "1"));
  const { columns } = await read(`${names}\n${cells.join(",")}`);
  const found = new Set(columns.map(({ field }) => field));
  for (const field of ["time", "open", "high", "low", "close"]) expect(found).toContain(field);
  expect(columns.find(({ field }) => field === "volume")?.column).toBe(volume);
});
const isTime = (name: string) => /date|datum|day|日期|^$|^t$|time|window|unix/i.test(name);

test("a futures file is read by its settlement, not by the last trade", async () => {
  const csv = "Date,Open,High,Low,Last,Settle\n2020-01-02,10,12,9,11,11.5";
  expect(await closesOf(csv)).toEqual([11.5]);
});

test("volumes that are 0 or empty in all rows give way, one that trades on some days does not", async () => {
  const rows = (a: string, b: string) =>
    `Date,Open,High,Low,Close,Volume,Vol\n2020-01-02,1,1,1,1,${a},7\n2020-01-03,1,1,1,1,${b},8`;
  expect([...(await read(rows("0", "0.00"))).bars.volume]).toEqual([7, 8]);
  expect([...(await read(rows("", "-"))).bars.volume]).toEqual([7, 8]);
  expect([...(await read(rows("0", "5"))).bars.volume]).toEqual([0, 5]);
});

test.each([
  "ticker",
  "Symbol",
  "code",
  "Name",
  "tic",
  "ts_code",
  "<TICKER>",
  "股票代码",
  "代码",
  "名称",
  "instrument",
  "asset",
  "ISIN",
  "secid",
  "Security",
])("two instruments told apart by %s are never one series", async (name) => {
  const csv = `${header},${name}\n2020-01-02,1,1,1,1,A\n2020-01-03,1,1,1,1,A\n2020-01-06,2,2,2,2,B`;
  await expect(read(csv)).rejects.toMatchObject({
    field: "instrument",
    message: expect.stringContaining('("A", "B")'),
  });
  expect(await closesOf(csv, { instrument: "A" })).toEqual([1, 1]);
});

test("many instruments are counted, and the first few told", async () => {
  const rows = Array.from({ length: 500 }, (_, at) => `2020-01-02,1,1,1,1,S${at}`);
  await expect(read([`${header},Symbol`, ...rows].join("\n"))).rejects.toThrow(
    'the column "Symbol" has 500 instruments ("S0", "S1", "S2", "S3", "S4", ...)',
  );
});

test("an instrument may change its name as long as its code stays, but not have two on one day", async () => {
  const csv = `code,名称,${header}\n600519,贵州茅台,2020-01-02,1,1,1,1\n600519,*ST茅台,2020-01-03,1,1,1,1`;
  expect((await read(csv)).warnings[0]).toMatch(/has 2 names \("贵州茅台", "\*ST茅台"\) for one instrument/);
  await expect(read(csv.replace("01-03", "01-02"))).rejects.toMatchObject({ field: "instrument" });
});

test("a name that stands for two codes is not yet one instrument", async () => {
  const csv = `code,Name,${header}\nA1,X,2020-01-02,1,1,1,1\nA2,X,2020-01-03,2,2,2,2`;
  await expect(read(csv, { instrument: "X" })).rejects.toThrow(
    '"X" is not one instrument: the column "code" has 2',
  );
  expect(await closesOf(csv, { instrument: "A2" })).toEqual([2]);
});

test("an instrument of a file that tells none apart is refused", async () => {
  await expect(read(`${header}\n2020-01-02,1,1,1,1`, { instrument: "A" })).rejects.toMatchObject({
    field: "instrument",
  });
});

test("a column that is named as a price tells no instruments apart", async () => {
  const columns = { open: "code", high: "code", low: "code", close: "code" };
  expect(await closesOf("Date,code\n2020-01-02,1\n2020-01-03,2", { columns })).toEqual([1, 2]);
});
