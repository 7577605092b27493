/** What a refused import asks of the reader, who answers with a click. Pure but for the page's language. */
import type { ApiError } from "../../lib/api-error.ts";
import { t } from "../../lib/words/t.ts";
import { guessedPlaces } from "./column-places.ts";
import { looksHeaderless, type PreviewRow } from "./csv-preview.ts";
import { nameOf, readingOf, twoWayCell } from "./date-forms.ts";
import type { ImportForm } from "./import-form.ts";

export interface Answer {
  readonly name: string;
  readonly changes: Partial<ImportForm>;
}

export interface Question {
  readonly words: string;
  /** What the question is about; empty where it says so itself. */
  readonly detail: string;
  readonly answers: readonly Answer[];
}

/** Whether it is the table that could not be read: then nothing is known of its columns. */
export const isAboutTable = ({ field }: Pick<ApiError, "field">): boolean =>
  /^(csv$|headerLine|columnPositions|instrument)/.test(field ?? "");

/** Null where the message says it all. */
export function questionOf(error: ApiError, rows: readonly PreviewRow[], form: ImportForm): Question | null {
  if (error.field === "instrument" && error.choices.length > 0)
    return {
      words: t("This file holds several instruments, and a series holds one. Which one is it?"),
      detail: error.message,
      answers: error.choices.map((instrument) => ({ name: instrument, changes: { instrument } })),
    };
  if (error.field === "dateFormat" && error.choices.length > 0) return dateQuestion(error.choices, rows);
  if (error.field === "csv" && form.header === "" && looksHeaderless(rows))
    return {
      words: t("This file seems to begin with its first bar, without a header."),
      detail: t("Its first line is: {line}", { line: rows[0]!.cells.join(", ").slice(0, 120) }),
      answers: [
        { name: t("Say which column is which"), changes: { header: "none", places: guessedPlaces(rows) } },
      ],
    };
  return null;
}

function dateQuestion(patterns: readonly string[], rows: readonly PreviewRow[]): Question {
  const cell = twoWayCell(rows);
  return {
    words: patterns.some((pattern) => pattern.startsWith("y"))
      ? t("These dates can be read in several ways. Which is right?")
      : t("These dates begin with the day or the month. Which?"),
    detail: cell ? t("The first of them is {cell}", { cell }) : "",
    answers: patterns.map((dateFormat) => ({
      name: (cell && readingOf(cell, dateFormat)) ?? nameOf(dateFormat),
      changes: { dateFormat },
    })),
  };
}

/**
 * The form with another instrument, or none. A symbol that nobody typed goes with it: two instruments that are chosen
 * one after the other never become one series.
 */
export function withInstrument(form: ImportForm, instrument: string, suggestedSymbol: string): ImportForm {
  const isTyped =
    form.symbol !== suggestedSymbol && form.symbol !== symbolOf(form.instrument, suggestedSymbol);
  const symbol = isTyped ? form.symbol : symbolOf(instrument, suggestedSymbol);
  return { ...form, instrument, symbol };
}

const symbolOf = (instrument: string, suggested: string): string =>
  /^[\p{L}\p{N}.^=-]{1,64}$/u.test(instrument) ? instrument.toUpperCase() : suggested;

export function withAnswer(form: ImportForm, { changes }: Answer, suggestedSymbol: string): ImportForm {
  const changed = { ...form, ...changes, instrument: form.instrument };
  return changes.instrument === undefined
    ? changed
    : withInstrument(changed, changes.instrument, suggestedSymbol);
}
