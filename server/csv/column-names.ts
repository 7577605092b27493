/** How the common sources call their columns, without case, accents and signs: "Adj. Close**" is "adjclose". */

export const barColumns = ["time", "open", "high", "low", "close", "adjustedClose", "volume"] as const;
export type BarColumn = (typeof barColumns)[number];

/**
 * Sources: Yahoo, yfinance, Stooq (English, Polish, bulk), tushare, AkShare, Eastmoney, Sina, JoinQuant, Investing.com,
 * Nasdaq, Quandl, Alpha Vantage, Tiingo, Polygon, Bloomberg, Refinitiv, NSE and BSE, Binance, Kraken, Coinbase, CoinGecko,
 * CoinMarketCap, CryptoDataDownload, MetaTrader, German banks and exchanges; the usual words of French, Spanish,
 * Italian and Portuguese. The first name that is found wins.
 */
export const dateNames = [
  ...["date", "tradedate", "tradingdate", "exchangedate", "pricedate", "businessdate", "day"],
  ...["日期", "交易日期", "交易日", "data", "datum", "handelstag", "fecha"],
];
const timeOfDayNames = ["time", "tradetime", "czas", "时间", "uhrzeit", "zeit", "heure", "hora"];

export const usualNames = {
  time: [
    ...[
      "datetime",
      "dateandtime",
      ...dateNames,
      "timeopen",
      "opentime",
      "opentimems",
      "timestamp",
      "unixtime",
    ],
    ...["unix", "unixtimestamp", "timestampms", "snappedat", "windowstart", "windowstartns", "barstart"],
    ...["starttime", "epoch", ...timeOfDayNames, "交易时间", "t"],
  ],
  clock: timeOfDayNames,
  open: [
    ...["open", "openprice", "priceopen", "openingprice", "pxopen", "开盘", "开盘价", "今开", "otwarcie"],
    ...["eroffnung", "eroeffnung", "eroffnungskurs", "eroffnungspreis", "eroffn", "erster", "anfang"],
    ...["ouverture", "apertura", "abertura", "o"],
  ],
  high: [
    ...["high", "highprice", "pricehigh", "pxhigh", "最高", "最高价", "najwyzszy"],
    ...["hoch", "hochst", "hochstkurs", "tageshoch", "plushaut", "haut", "maximo", "massimo", "maxima", "h"],
  ],
  low: [
    ...["low", "lowprice", "pricelow", "pxlow", "最低", "最低价", "najnizszy"],
    ...["tief", "tiefst", "tiefstkurs", "tagestief", "plusbas", "bas", "minimo", "minima", "l"],
  ],
  close: [
    ...["close", "closeprice", "priceclose", "closingprice", "closelast", "pxclose", "收盘", "收盘价"],
    ...["zamkniecie", "schluss", "schluß", "schlusskurs", "schlußkurs", "schlusspreis", "cloture", "cierre"],
    ...["chiusura", "fechamento", "settle", "settlement", "settlementprice", "pxsettle", "pxlast", "last"],
    ...["lastprice", "price", "kurs", "zuletzt", "letzter", "letzterkurs", "dernier", "ultimo", "c"],
  ],
  adjustedClose: [
    ...["adjclose", "adjustedclose", "closeadjusted", "closeadj", "adjcloseprice", "adjustedcloseprice"],
    ...["adjustedclosingprice", "bereinigterschlusskurs"],
  ],
  volume: [
    ...["volume", "vol", "成交量", "总手", "wolumen", "volumen", "volumes", "tradedvolume", "totalvolume"],
    ...["tradevolume", "volumetraded", "tradingvolume", "pxvolume", "tickvol", "tickvolume", "realvolume"],
    ...["totaltradedquantity", "totaltradequantity", "tottrdqty", "ttltrdqnty", "sharestraded", "noofshares"],
    ...["accumulatedvolume", "basevolume", "volumebase", "stucke", "stuck", "stuckzahl", "gehandeltestucke"],
    ...["umsatz", "umsatzstuck", "umsatzinstuck", "handelsvolumen", "volumetransaccional", "v"],
  ],
} as const satisfies Record<BarColumn | "clock", readonly string[]>;

/** Columns that tell which instrument a row is of, by something that belongs to one alone. */
export const instrumentNames: readonly string[] = [
  ...["ticker", "tickers", "tickersymbol", "symbol", "symbols", "code", "tic", "tscode", "stockcode"],
  ...["股票代码", "代码", "证券代码", "合约代码", "基金代码", "指数代码", "instrument", "instrumentid"],
  ...["instrumentcode", "asset", "assetid", "isin", "wkn", "cusip", "sedol", "figi", "secid", "security"],
  ...["securityid", "securitycode", "ric", "permno", "gvkey", "pair", "currencypair", "productid"],
  ...["tradingsymbol", "actsymbol", "scripcode", "contractcode", "coin", "coinid", "sym", "kurzel", "stock"],
];
/** Names may change while the instrument stays: Facebook became Meta, and Chinese shares become *ST ones. */
export const nicknameNames: readonly string[] = [
  ...["name", "names", "名称", "股票名称", "证券名称", "简称", "股票简称", "证券简称", "securityname"],
  ...["instrumentname", "companyname", "company", "stockname", "assetname", "fullname", "bezeichnung"],
];

/** Only letters and digits, lower case, without accents. */
export const plain = (name: string): string =>
  name
    .normalize("NFKD")
    .replace(/[^\p{L}\p{N}]/gu, "")
    .toLowerCase()
    .replaceAll("ł", "l");

/** What a name may be known as: itself, or the label of a header that was copied with its explanation. */
export function knownAs(name: string): readonly string[] {
  const whole = plain(name);
  const words = name.split(" ").filter((word) => word !== "");
  if (words.length < 4) return [whole];
  // "Close Close price adjusted for splits.": the explanation begins like its label, which "Open Interest at ..." does not.
  const labels = [2, 1].filter(
    (length) => plain(words[0]!).slice(0, 3) === plain(words[length]!).slice(0, 3) && plain(words[0]!) !== "",
  );
  return [whole, ...labels.map((length) => plain(words.slice(0, length).join("")))];
}
