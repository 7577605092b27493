/** No message of the API reaches a person with an argument's name in it. */
import "reflect-metadata";
import { beforeAll, describe, expect, test } from "vitest";
import { toRecipeField } from "../../../server/graphql/training/recipe-field.type.ts";
import { recipeFields } from "../../../server/recipe/catalogue.ts";
import { labelsOf } from "../../../web/features/start-training/form-values.ts";
import { inWords as inWordsWith } from "../../../web/lib/api-words.ts";
import { argumentLabels } from "../../../web/lib/argument-labels.ts";
import { apiMessages, argumentNames } from "../../support/api-messages.ts";

/** As the form for a new run gets them from the API. */
const labels = labelsOf(recipeFields.map(toRecipeField));
const inWords = (message: string) => inWordsWith(message, labels);

/** Words that a sentence may have as it has any other. */
const plainWords =
  /^(symbol|name|currency|columns|instrument|time|clock|open|high|low|close|volume|target|transform|features|window|horizon|layers|units|dropout|epochs|seed|engine|priority)$/;

const withoutQuotes = (text: string): string => text.replace(/"(?:[^"\\]|\\.)*"|“[^”]*”/g, "“”");
const argumentsIn = (text: string): string[] => {
  const words = withoutQuotes(text).match(/[\w.[\]]+/g) ?? [];
  return words.filter(
    (word) =>
      /^[a-z]+[A-Z]/.test(word) ||
      /^[a-z]+(\[\d+\])?\.[a-z]|\w\[\d+\]/.test(word) ||
      /\d\.\.\d/.test(word) ||
      /^[A-Z]{2,}_[A-Z]/.test(word) ||
      (argumentNames.includes(word) && !plainWords.test(word)),
  );
};

let messages: string[] = [];
beforeAll(async () => {
  messages = await apiMessages();
}, 60_000);

describe("all refusals and warnings that the API can give to the import and to a new run", () => {
  test("are many, and name arguments", () => {
    expect(messages.length).toBeGreaterThan(120);
    expect(messages.filter((message) => argumentsIn(message).length > 0).length).toBeGreaterThan(60);
  });

  test("name none in words for people", () => {
    const wrong = messages
      .map((message) => ({ message, words: inWords(message), left: argumentsIn(inWords(message)) }))
      .filter(({ left }) => left.length > 0);
    expect(wrong).toEqual([]);
  });

  test("every argument has a label, so that an error beside a field can name it", () => {
    expect(argumentNames.filter((name) => !(name in argumentLabels() || name in labels))).toEqual([]);
  });
});

describe("words for people", () => {
  test.each([
    ["window must be 2..512, got 1", "Window must be 2 to 512, got 1"],
    ["layers[1].units must be 1..512, got 0", "Units of layer 2 must be 1 to 512, got 0"],
    [
      "features[1] is VOLUME, but the series has no values of it",
      "Field 2 that the network sees is Volume, but the series has no values of it",
    ],
    [
      '"04/05/2020" may begin with the day or the month: the form of the dates is to be named, "d/M/yyyy" or "M/d/yyyy"',
      '"04/05/2020" may begin with the day or the month. Which? Choose under “Dates are written as”',
    ],
    [
      'ABC keeps its dates in Europe/Berlin, and this import says UTC: set timezone to "Europe/Berlin"',
      'ABC keeps its dates in Europe/Berlin, and this import says UTC: choose "Europe/Berlin" as its time zone',
    ],
    [
      "The scaler is refit on each split (scalerFit EACH_SPLIT). This leaks: it shows.",
      "The scaler is refit on each split. This leaks: it shows.",
    ],
    [
      'columns.close names no column: the header has no column "csv timezone testBars": it has "dateFormat"',
      'The column for close names no column: the header has no column "csv timezone testBars": it has "dateFormat"',
    ],
    ["a someNewThing must be there", "A some new thing must be there"],
    [
      "csv may have 50000000 characters, got 50000001",
      "The file may have 50,000,000 characters, got 50,000,001",
    ],
    [
      'Variable "$input" got invalid value 1.5 at "input.window"; Int cannot represent non-integer value: 1.5',
      "Window: a number is expected here",
    ],
    [
      "the dates are a spreadsheet's day numbers: 45383 is 2024-04-01",
      "The dates are a spreadsheet's day numbers: 45383 is 2024-04-01",
    ],
    [
      "filter.expression, character 5: expected a value of learningRate, got the end",
      "Character 5: expected a value of learningRate, got the end",
    ],
    [
      'columns.1 must be the name of a column, as runColumns lists them, got "foo"',
      'The table has no column "foo"',
    ],
    ["epochs must be 1..10000, got -1", "Epochs must be 1 to 10,000, got -1"],
    [
      "transform LOG_RETURN needs values above 0: use DIFFERENCE or PRICE",
      "Learned as “Its log return” needs values above 0: use “Its change” or “The price itself”",
    ],
    [
      "LOW has one bar a day, and this file has several: import it under another symbol",
      "LOW has one bar a day, and this file has several: import it under another symbol",
    ],
  ])("%s", (message, words) => {
    expect(inWords(message)).toBe(words);
  });
});
