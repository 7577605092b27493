/** What the storm was asked for on the command line. */
import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";

const usage = "usage: npm run chaos -- [--short] [--faults <count>] [--seed <number>]";

/** @throws Error with the usage where an option is unknown or no whole number. */
export function readOptions(args) {
  let values;
  try {
    const options = { seed: { type: "string" }, short: { type: "boolean" }, faults: { type: "string" } };
    ({ values } = parseArgs({ args, options }));
  } catch (error) {
    throw new Error(`${error.message}\n${usage}`);
  }
  const { short = false } = values;
  return {
    short,
    seed: numberOf("seed", values.seed) ?? randomInt(1, 1_000_000),
    faults: numberOf("faults", values.faults) ?? (short ? 12 : 110),
  };
}

function numberOf(name, text) {
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new Error(`--${name}: expected a whole number from 1 on, got "${text}"\n${usage}`);
}
