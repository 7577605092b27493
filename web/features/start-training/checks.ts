/**
 * Checks every field of the form as it is typed, by the ranges that the API enforces. The API has the last
 * word: what only it can know (a hole in the series) comes back as an error that names the same fields. Pure.
 */
import { count } from "../../lib/format.ts";
import { type FormValues, numberOf } from "./form-values.ts";
import { fewestHeldOut, fewestTrained, splitBars } from "./split-preview.ts";

/** Field paths as the API writes them, such as layers[0].units, and what is wrong there. */
export type FormErrors = Readonly<Record<string, string>>;

const wholeRanges = {
  window: [2, 512],
  horizon: [1, 60],
  epochs: [1, 10_000],
  batchSize: [1, 4096],
  seed: [0, 2 ** 31 - 1],
  testBars: [0, Number.POSITIVE_INFINITY],
} as const;
const mostLayers = 4;

/** @param barCount of the chosen series; null while none is chosen. */
export function checkForm(values: FormValues, barCount: number | null): FormErrors {
  const errors: Record<string, string> = {};
  const note = (field: string, problem: string | null) => {
    if (problem) errors[field] = problem;
  };

  if (values.priceSeriesId === "") note("priceSeriesId", "Choose the series to train on");
  for (const [field, [least, most]] of Object.entries(wholeRanges))
    note(field, wholeNumber(values[field as keyof typeof wholeRanges], least, most));
  note("learningRate", learningRateProblem(values.learningRate));
  if (values.clipNorm.trim() !== "") note("clipNorm", clipNormProblem(values.clipNorm));
  note("weightDecay", weightDecayProblem(values.weightDecay, numberOf(values.learningRate)));
  if (values.validationBars.trim() !== "")
    note("validationBars", wholeNumber(values.validationBars, 0, Number.POSITIVE_INFINITY));
  if (values.features.length === 0) note("features", "The network must see at least one field");
  if (values.layers.length < 1 || values.layers.length > mostLayers) note("layers", "1 to 4 layers");
  values.layers.forEach(({ units, dropout }, index) => {
    note(`layers[${index}].units`, wholeNumber(units, 1, 512));
    note(`layers[${index}].dropout`, shareBelowOne(dropout));
  });
  if (values.validateOnTest && !errors.testBars && numberOf(values.testBars) === 0)
    note("validateOnTest", "Needs test bars to validate on");
  if (values.validateOnTest && numberOf(values.validationBars) > 0)
    note("validationBars", "Leave empty or 0: the test validates");
  if (barCount !== null && Object.keys(errors).length === 0) note(...lengthProblem(values, barCount));
  return errors;
}

function wholeNumber(text: string, least: number, most: number): string | null {
  const value = numberOf(text);
  const range =
    most === Number.POSITIVE_INFINITY ? `${count(least)} or more` : `${count(least)} to ${count(most)}`;
  if (!Number.isSafeInteger(value)) return `A whole number, ${range}`;
  return value < least || value > most ? `${range}, not ${count(value)}` : null;
}

function learningRateProblem(text: string): string | null {
  const value = numberOf(text);
  return Number.isFinite(value) && value > 0 && value <= 1 ? null : "A number above 0, at most 1";
}

function clipNormProblem(text: string): string | null {
  const value = numberOf(text);
  return Number.isFinite(value) && value > 0 ? null : "A number above 0, or empty";
}

function weightDecayProblem(text: string, learningRate: number): string | null {
  const value = numberOf(text);
  if (!Number.isFinite(value) || value < 0) return "A number, 0 or more";
  // What the API takes is a little more than the whole number that is told.
  return learningRate * value > 1
    ? `At most ${count(Math.floor(1 / learningRate))} at this learning rate`
    : null;
}

function shareBelowOne(text: string): string | null {
  const value = numberOf(text);
  return Number.isFinite(value) && value >= 0 && value < 1 ? null : "From 0 to below 1";
}

/** Whether the series holds the splits that are asked for, and each of them at least one window. */
function lengthProblem(values: FormValues, barCount: number): [field: string, problem: string | null] {
  const { train, validation, test } = splitBars(values, barCount);
  const fewest = fewestHeldOut(values);
  const tooFew = `0, or ${count(fewest)} or more: fewer hold no window`;
  if (test > 0 && test < fewest) return ["testBars", tooFew];
  if (validation > 0 && validation < fewest) return ["validationBars", tooFew];
  if (train >= fewestTrained(values)) return ["testBars", null];
  const needed = fewestTrained(values) + validation + test;
  const longest = test >= validation ? "testBars" : "validationBars";
  return [
    fewestTrained(values) > barCount ? "window" : longest,
    `The series has ${count(barCount)} bars; window, validation and test together need ${count(needed)}`,
  ];
}
