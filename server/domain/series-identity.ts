/** What a series is called and where it is traded, checked. */
import { charactersIn } from "./characters.ts";
import { InvalidInput } from "./errors.ts";
import { quote } from "./quote.ts";
import { longestName, trimmedText } from "./short-text.ts";

export const longestSymbol = 64;
/** The longest of the IANA's zones has 32. */
const longestZone = 64;
// Tickers of all markets: BRK.B, ^GSPC, EURUSD=X, 600519.SH, BTC/USD, ES1! and "AAPL US".
const symbolPattern = /^[\p{L}\p{N}^$#@*]([\p{L}\p{N}.:^=_\-/&+$#@*!~]| (?! ))*$/u;

export interface NamedSeries {
  readonly symbol: string;
  readonly name?: string | null;
  readonly currency?: string | null;
  readonly timezone?: string | null;
}

/** One symbol however it is typed: letters with an accent come in two forms. */
export const symbolAsStored = (text: string): string => text.trim().normalize("NFC");

/**
 * Trimmed, with null for what was left empty; the currency in capitals. That the zone exists is not checked here.
 * @throws InvalidInput with the field that is to blame.
 */
export function seriesIdentity(given: NamedSeries): {
  symbol: string;
  name: string | null;
  currency: string | null;
  timezone: string | null;
} {
  const symbol = symbolAsStored(given.symbol);
  if (charactersIn(symbol) > longestSymbol || !symbolPattern.test(symbol)) {
    throw new InvalidInput(
      "symbol",
      `symbol must have 1 to ${longestSymbol} letters, digits and signs such as . - ^ = / :, got ${quote(given.symbol)}`,
    );
  }
  const name = trimmedText("name", given.name, longestName);
  const currency = given.currency?.trim().toUpperCase() || null;
  if (currency !== null && !/^[A-Z]{3}$/.test(currency)) {
    throw new InvalidInput(
      "currency",
      `currency must be three letters such as USD (ISO 4217), got ${quote(currency)}`,
    );
  }
  // An empty one is no zone, and is refused where zones are looked up.
  const timezone =
    given.timezone == null ? null : (trimmedText("timezone", given.timezone, longestZone) ?? "");
  return { symbol, name, currency, timezone };
}
