/** Tells what was saved instead of a price file: a service's answer in JSON, a web page, a workbook. */
import { InvalidInput } from "../domain/errors.ts";
import { quote } from "../domain/quote.ts";

const beginning = 400;
/** MetaTrader's and Stooq's headers begin with < too: <DATE>, <TICKER>. */
const pageStarts = ["<!doctype", "<html", "<head", "<body", "<script", "<!--", "<?xml", "<svg"];

/** @throws InvalidInput that says what the text is, where it is plainly no CSV. */
export function refuseOtherThanCsv(text: string): void {
  const start = text.slice(0, beginning).trimStart();
  if (start.startsWith("{") || start.startsWith("[")) {
    const said = oneLine(start);
    throw new InvalidInput(
      "csv",
      `csv is JSON, the answer of a web service, and not a price file. It begins with ${quote(said, 160)}. Ask the service for CSV, or read there what it complains about`,
    );
  }
  const lower = start.toLowerCase();
  if (pageStarts.some((it) => lower.startsWith(it))) {
    const title = titleOf(start, lower);
    throw new InvalidInput(
      "csv",
      `csv is a web page (HTML), and not a price file${title ? `: its title is ${quote(title)}` : ""}. Download the file itself, often a button or another link on that page`,
    );
  }
  if (start.startsWith("PK\u0003\u0004")) {
    throw new InvalidInput("csv", "csv is a spreadsheet's workbook or a ZIP file: save the sheet as CSV");
  }
}

const oneLine = (text: string): string => text.split(/\s/).filter(Boolean).join(" ");

function titleOf(start: string, lower: string): string | null {
  const from = lower.indexOf("<title>");
  const to = lower.indexOf("</title>", from);
  return from >= 0 && to > from ? oneLine(start.slice(from + "<title>".length, to)) : null;
}
