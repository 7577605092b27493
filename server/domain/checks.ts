/** Checks of single values of a request. Each returns the value, or tells its sender what was expected and what came. */
import { InvalidInput } from "./errors.ts";

/** @throws InvalidInput unless `value` is a whole number, least..most */
export function integerIn(field: string, value: unknown, least: number, most?: number): number {
  const range = most === undefined ? `${least} or more` : `${least}..${most}`;
  if (typeof value !== "number" || !Number.isSafeInteger(value))
    throw new InvalidInput(field, `${field} must be a whole number, ${range}, got ${show(value)}`);
  if (value < least || (most !== undefined && value > most))
    throw new InvalidInput(field, `${field} must be ${range}, got ${value}`);
  return value;
}

type Lower = { readonly above: number } | { readonly atLeast: number };
type Upper = { readonly below: number } | { readonly atMost: number };

/** @throws InvalidInput unless `value` is a finite number within the bounds */
export function numberIn(field: string, value: unknown, bounds: Lower | (Lower & Upper)): number {
  const range = [
    "above" in bounds ? `above ${bounds.above}` : `at least ${bounds.atLeast}`,
    ...("below" in bounds ? [`below ${bounds.below}`] : []),
    ...("atMost" in bounds ? [`at most ${bounds.atMost}`] : []),
  ].join(" and ");
  const fits =
    typeof value === "number" &&
    Number.isFinite(value) &&
    ("above" in bounds ? value > bounds.above : value >= bounds.atLeast) &&
    (!("below" in bounds) || value < bounds.below) &&
    (!("atMost" in bounds) || value <= bounds.atMost);
  if (!fits) throw new InvalidInput(field, `${field} must be a number ${range}, got ${show(value)}`);
  return value;
}

/** @throws InvalidInput unless `value` is one of `allowed` */
export function oneOf<const T extends string>(field: string, value: unknown, allowed: readonly T[]): T {
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined)
    throw new InvalidInput(field, `${field} must be one of ${allowed.join(", ")}, got ${show(value)}`);
  return found;
}

/** @throws InvalidInput unless `value` is a boolean */
export function trueOrFalse(field: string, value: unknown): boolean {
  if (typeof value !== "boolean")
    throw new InvalidInput(field, `${field} must be true or false, got ${show(value)}`);
  return value;
}

const show = (value: unknown): string =>
  typeof value === "number" ? String(value) : (JSON.stringify(value) ?? String(value));
