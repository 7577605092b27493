/** The API's messages, which name its arguments, in the words of the dashboard's forms. Pure. */
import { argumentLabels, type Labels, labelOf } from "./argument-labels.ts";
import { count, word } from "./format.ts";
import { inChinese } from "./words/said.ts";

/**
 * A message for people: arguments become the forms' labels, values of enums words, patterns of dates a question.
 * What stands in quotes came from a file or a person, and stays.
 * @param fieldLabels of the form that shows it, besides those that every page knows
 */
export function inWords(message: string, fieldLabels: Labels = {}): string {
  const translated = inChinese(message);
  if (translated !== null) return translated;
  // An expression has columns by the names that were typed.
  if (placeInExpression.test(message)) return message.replace(placeInExpression, "Character");
  const labels = { ...argumentLabels(), ...fieldLabels };
  if (message.startsWith('Variable "$')) return ofWrongKind(message, labels);
  const phrased = phrases.reduce((text, [found, words]) => text.replace(found, words), message);
  return outsideQuotes(phrased, (text, isStart) => withLabels(withoutAsides(text, labels), labels, isStart));
}

const placeInExpression = /^filter\.expression, character/;

/** Whole phrases that ask a program for an argument, and what a person is asked instead. */
const phrases: readonly (readonly [found: RegExp, words: string])[] = [
  [
    /: the form of the dates is to be named, "[^"]*" or "[^"]*"/g,
    ". Which? Choose under “Dates are written as”",
  ],
  [/: the form of the dates is to be named, "[^"]*"/g, ". Choose that under “Dates are written as”"],
  [/, or name the form of the dates/g, ", or choose how the dates are written"],
  [
    /the form of the dates must be a Luxon pattern with year, month and day/g,
    "the form of the dates must be spelled in letters for year, month and day",
  ],
  [/: set timezone to ("[^"]*")/g, ": choose $1 as its time zone"],
  [/, because no timezone is named/g, ", because no time zone is chosen"],
  [/\bcsv has a header and no rows: expected one row a bar/g, "the file has a header and no rows below it"],
  [
    /, or say which column is which by their positions/g,
    ", or say that there is none and which column is which",
  ],
  [/ or omitted with validateOnTest, which validates on the test/g, " or empty where the test validates"],
  [
    /^(\d+ runs?) (?:is|are) trained on this series, or with it beside another, or to be: delete (?:it|them) first, or set withRuns to delete all together$/g,
    "$1 trained with this series would go with it",
  ],
  [
    /^(?:sort\.by|columns\.\d+) must be the name of a column, as runColumns lists them, got ("[^"]*")/,
    "the table has no column $1",
  ],
  [/: leave one of them out$/g, ": choose one of the two"],
  [/^transform (?=[A-Z])/g, "learned as "],
  [/^transform must/g, "“Learned as” must"],
  [/^features must name at least one field, got none/g, "the network must see at least one field"],
];

/** GraphQL's own words about a value of another kind than the field's. */
function ofWrongKind(message: string, labels: Labels): string {
  const path = / at "\w+\.([\w.[\]]+)"/.exec(message)?.[1];
  const label = path && labelOf(path, labels);
  const isNumber = /\b(Int|Float) cannot represent/.test(message);
  const wrong = isNumber ? "a number is expected here" : "this is not of the kind that is expected here";
  return label ? `${label}: ${wrong}` : wrong.charAt(0).toUpperCase() + wrong.slice(1);
}

/** "(testBars 0)" after a sentence that says the same in words. */
const withoutAsides = (text: string, labels: Labels): string =>
  text.replace(/ \(([a-z]+[A-Z]\w*)( [A-Z_\d.]+)?\)/g, (aside, name: string) =>
    name in labels ? "" : aside,
  );

const quoted = /("(?:[^"\\]|\\.)*")/;

function outsideQuotes(text: string, change: (part: string, isStart: boolean) => string): string {
  return text
    .split(quoted)
    .map((part, at) => (at % 2 === 1 ? part : change(part, at === 0)))
    .join("");
}

const path = /\b(?:columns|columnPositions)\.[a-zA-Z]+|\blayers\[\d+\](?:\.[a-z]+)?|\bfeatures\[\d+\]/g;
/** Words of the API that no sentence has otherwise; window, name or close are words as they are. */
const argumentsOf = (labels: Labels): RegExp =>
  new RegExp(
    `\\b(?:csv|timezone|${Object.keys(labels)
      .filter((name) => /[A-Z]/.test(name))
      .join("|")})\\b`,
    "g",
  );
const range = /(\d)\.\.(?=\d)/g;
/** A spreadsheet's day number is no amount: "45383 is 2024-04-01". */
const largeNumber = /(?<![\d.,\w-])\d{5,}(?![\d\w-]|[.,]\d| is )/g;
/** But for a symbol such as LOW, which such a sentence begins with. */
const constant = /\b[A-Z]{3,}(?:_[A-Z]+)*\b(?! (?:keeps|is kept|has (?:one|several)) )/g;
const constants: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [
      ...["OPEN", "HIGH", "LOW", "CLOSE", "ADJUSTED_CLOSE", "VOLUME"],
      ...["NATIVE", "WASM", "WEBGPU", "TENSORFLOW"],
    ].map((name) => [name, word(name)]),
  ),
  PRICE: "“The price itself”",
  DIFFERENCE: "“Its change”",
  LOG_RETURN: "“Its log return”",
  TRAIN: "“The training split”",
  EACH_SPLIT: "“Each split on its own”",
  AUTO: "“The fastest here”",
};
const camelCase = /\b[a-z]+(?:[A-Z][a-z0-9]*)+\b/g;

function withLabels(text: string, labels: Labels, isStart: boolean): string {
  const labelled = text
    .replace(path, (found, at: number) => labelAt(labelOf(found, labels)!, isStart && at === 0))
    .replace(argumentsOf(labels), (found, at: number) => labelAt(labels[found]!, isStart && at === 0))
    .replace(camelCase, apart)
    .replace(range, "$1 to ")
    .replace(largeNumber, (digits) => count(Number(digits)))
    .replace(constant, (found) => constants[found] ?? (found.includes("_") ? word(found) : found));
  return isStart ? labelled.charAt(0).toUpperCase() + labelled.slice(1) : labelled;
}

const labelAt = (label: string, isStart: boolean): string =>
  isStart ? label : label.charAt(0).toLowerCase() + label.slice(1);

/** A name that no list here has: "someNewThing" is "some new thing". */
const apart = (name: string): string => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
