/** Refusals of what is no table of text. */
import { InvalidInput } from "../domain/errors.ts";

export const noText = (): InvalidInput =>
  new InvalidInput("csv", "csv is not text: it has bytes that are zero. Save it as CSV in UTF-8");

export const noUtf8 = (line: number): InvalidInput =>
  new InvalidInput(
    "csv",
    `csv is not UTF-8: line ${line} has bytes that it has not. Save it as CSV in UTF-8`,
  );

export const rowTooLong = (line: number, mostBytes: number): InvalidInput =>
  new InvalidInput(
    "csv",
    `the row of line ${line} has more than ${mostBytes} bytes, because quotes take many lines into it: is this a CSV file?`,
  );
