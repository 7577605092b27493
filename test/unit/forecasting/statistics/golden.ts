/** Reads what test/fixtures/golden/statistics/make_statistics.py wrote. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

const folder = join(import.meta.dirname, "../../../fixtures/golden/statistics");

/** @param name of the file, without .json */
export const golden = <T>(name: string): T => JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8"));

/** Relative difference, so that small tails count as much as large ones. */
export const relativeError = (got: number, expected: number): number =>
  got === expected ? 0 : Math.abs(got - expected) / Math.max(Math.abs(got), Math.abs(expected));
