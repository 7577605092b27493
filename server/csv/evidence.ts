/** What the cells of a whole file say together about its dates and numbers, heard while its rows are read. */
import type { InvalidInput } from "../domain/errors.ts";
import { type ChosenColumns, type ColumnChoice, numericColumns } from "./columns.ts";
import type { DateHabits } from "./date-forms.ts";
import { type DateEvidence, dateEvidence, disproved, type SettledDates } from "./date-habits.ts";
import type { DatePattern } from "./date-pattern.ts";
import type { Delimiter } from "./grammar.ts";
import { type NumberStyle, type StyleEvidence, styleEvidence } from "./numbers.ts";
import type { RowView } from "./row-view.ts";

export interface FileEvidence {
  readonly dates: DateEvidence;
  readonly style: StyleEvidence;
  readonly hearDate: (line: number, cell: string) => void;
  /** All that a row says. To hear it twice changes nothing. */
  readonly hearRow: (row: RowView) => void;
  /** Columns that could be the volume and are not read as it. */
  readonly hearOtherVolumes: (row: RowView) => void;
  /** True while all that was heard is plain: points before decimals, dates of one meaning. */
  readonly isPlain: () => boolean;
  /** @throws InvalidInput where a date disproves the pattern, or dates contradict each other. */
  readonly settled: () => { readonly dates: SettledDates; readonly style: NumberStyle };
}

/** Hears nothing: of a file that is settled. */
export const deafEvidence: FileEvidence = {
  dates: { hear: () => {}, hearPlain: () => {}, isPlain: () => true, settled: unsettled },
  style: { hear: () => {}, hearPlain: () => {}, style: unsettled },
  hearDate: () => {},
  hearRow: () => {},
  hearOtherVolumes: () => {},
  isPlain: () => true,
  settled: unsettled,
};
function unsettled(): never {
  throw new Error("nothing was heard, so nothing can be settled");
}

export interface EvidenceOptions {
  readonly columns: ChosenColumns;
  readonly delimiter: Delimiter;
  /** The one that is read. */
  readonly volume: ColumnChoice | null;
  readonly pattern: DatePattern | null;
  readonly dateFormat: string | null;
  /** Whether the column of dates has a name. */
  readonly isDateNamed: boolean;
}

export const noHabits: DateHabits = { first: null, dayNumbers: false };

export function fileEvidence(options: EvidenceOptions): FileEvidence {
  const { columns, volume, pattern, dateFormat, isDateNamed } = options;
  const commaQuoted = options.delimiter === ",";
  const dates = dateEvidence();
  const style = styleEvidence();
  const numeric = numericColumns(columns);
  const others = columns.volumes.filter(({ index }) => index !== volume?.index).map(({ index }) => index);
  let refusal: InvalidInput | null = null;
  const hearDate = (line: number, cell: string) => {
    if (pattern === null) dates.hear(line, cell);
    else refusal ??= disproved(pattern, dateFormat ?? "", line, cell);
  };
  return {
    ...{ dates, style, hearDate },
    hearRow: (row) => {
      hearDate(row.line, row.cell(columns.time.index));
      for (const index of numeric) style.hear(row.cell(index));
    },
    hearOtherVolumes: (row) => {
      for (const index of others) style.hear(row.cell(index));
    },
    isPlain: () => refusal === null && dates.isPlain() && style.style(commaQuoted) === "point",
    settled: () => {
      if (refusal !== null) throw refusal;
      const none = { habits: noHabits, choices: null, warnings: [] };
      return { dates: pattern ? none : dates.settled(isDateNamed), style: style.style(commaQuoted) };
    },
  };
}
