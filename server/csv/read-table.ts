/**
 * Reads the rows of a table. How a file writes its numbers and dates only the whole of it can tell; most write them in the
 * plainest way. So the rows are read as if this one did, while what they say is heard, and read again where it does not:
 *
 *   read as plain ─► does all that was heard say plain? ─ yes ─► done
 *                                                       └ no ──► read again as it was settled
 */
import { quote } from "../domain/quote.ts";
import type { ByteSource } from "./byte-source.ts";
import type { ColumnChoice } from "./columns.ts";
import type { DateHabits } from "./date-forms.ts";
import type { DatePattern } from "./date-pattern.ts";
import { timeReader } from "./dates.ts";
import { deafEvidence, type FileEvidence, fileEvidence, noHabits } from "./evidence.ts";
import { PlainTime } from "./fast-cells.ts";
import { footerFilter } from "./footer.ts";
import type { Frame } from "./frame.ts";
import type { RowProblem } from "./import-report.ts";
import {
  type ChosenInstrument,
  chooseInstrument,
  instrumentValues,
  needInstrumentColumn,
  oneInstrument,
} from "./instruments.ts";
import { type NumberStyle, readVolume } from "./numbers.ts";
import type { CsvOptions } from "./options.ts";
import { type Problems, problemList } from "./problems.ts";
import { RowScanner } from "./row-scanner.ts";
import { RowStore } from "./row-store.ts";
import type { Place, RowView } from "./row-view.ts";
import { type RowsRead, rowReader } from "./rows.ts";

export interface ReadTable {
  readonly good: RowStore;
  readonly problems: Problems;
  readonly volume: ColumnChoice | null;
  readonly usedTimezone: boolean;
  readonly hasClock: boolean;
  readonly refuseTwoNames: (() => never) | null;
  /** Patterns of which one must be named before the dates can be read. */
  readonly dateChoices: readonly string[] | null;
  readonly warnings: readonly string[];
}

type TableOptions = CsvOptions & { readonly seriesTimezone: string };

/** How a file's cells are to be read. */
interface Manner {
  readonly style: NumberStyle;
  readonly habits: DateHabits;
  readonly volume: ColumnChoice | null;
}

/** @throws InvalidInput as readBars. */
export function readTable(
  source: ByteSource,
  frame: Frame,
  pattern: DatePattern | null,
  options: TableOptions,
): ReadTable {
  const wanted = options.instrument ?? null;
  const walk = tableWalker(source, frame, options);
  const chosen = wanted !== null && !frame.isInstrumentChosen ? instrumentIn(frame, walk, wanted) : null;
  const walkChosen = ofInstrument(walk, chosen);
  const [first = null] = frame.columns.volumes;
  const plain: Manner = { style: "point", habits: noHabits, volume: first };
  const values = instrumentValues(frame.instruments, frame.width);
  const evidence = fileEvidence({ ...frame, volume: first, pattern, dateFormat: options.dateFormat ?? null });
  const context = { frame, walk: walkChosen, pattern, options };
  const reading = readAs(context, plain, evidence, values.hear);
  const instrument = oneInstrument(frame.instruments, values.values, wanted);
  const { dates, style } = evidence.settled();
  const isAlive = reading.rows.hasVolume && style === plain.style;
  const volume = isAlive ? first : chosenVolume(walkChosen, frame.columns.volumes, style);
  const isPlain = style === plain.style && !isSettled(dates.habits) && volume === first;
  const { good, problems, rows, walked } =
    reading.isWhole && isPlain
      ? reading
      : readAs(context, { style, habits: dates.habits, volume }, deafEvidence, null);
  return {
    ...{ good, problems, volume },
    refuseTwoNames: instrument.refuseTwoNames,
    usedTimezone: rows.usedTimezone,
    hasClock: rows.hasClock,
    dateChoices: dates.choices,
    warnings: [
      ...frame.warnings,
      ...walked.footers,
      ...passedOver(walked.others, wanted),
      ...instrument.warnings,
      ...dates.warnings,
    ],
  };
}

const isSettled = ({ first, dayNumbers }: DateHabits): boolean => first !== null || dayNumbers;

const passedOver = (others: number, wanted: string | null): string[] =>
  others > 0 ? [`${others} rows of other instruments were passed over: ${quote(wanted ?? "")} is taken`] : [];

interface Context {
  readonly frame: Frame;
  readonly walk: Walk;
  readonly pattern: DatePattern | null;
  readonly options: TableOptions;
}

interface Reading {
  readonly good: RowStore;
  readonly problems: Problems;
  readonly rows: RowsRead;
  readonly walked: Walked;
  /** False where it stopped, because the rows are to be read in another way. */
  readonly isWhole: boolean;
}

function readAs(
  { frame, walk, pattern, options }: Context,
  { style, habits, volume }: Manner,
  evidence: FileEvidence,
  hearInstrument: ((row: RowView) => void) | null,
): Reading {
  const { timezone, seriesTimezone, scratch = null, storeSizes } = options;
  // What an earlier reading left there is needed no more.
  if (scratch) scratch.end = 0;
  const good = new RowStore(scratch, storeSizes);
  const problems = problemList();
  const rows = rowReader({
    ...{ columns: frame.columns, width: frame.width, volume, style, evidence, into: good },
    readTime: timeReader({ timezone, seriesTimezone, pattern, habits }),
    plainTime: pattern ? null : new PlainTime(timezone, seriesTimezone),
  });
  let isWhole = true;
  const walked = walk((row) => {
    hearInstrument?.(row);
    if (!isWhole) return evidence.hearRow(row);
    const fault = rows.read(row);
    if (fault !== null) problems.add({ line: row.line, ...fault });
    isWhole = evidence.isPlain();
  });
  if (walked.unreadable) problems.add(walked.unreadable);
  return { good, problems, rows, walked, isWhole };
}

interface Walked {
  readonly unreadable: RowProblem | null;
  /** A word about them. */
  readonly footers: readonly string[];
  /** Rows of other instruments. */
  readonly others: number;
}
/** Visits the rows of the table that are wanted. */
type Walk = (visit: (row: RowView) => void, isEnough?: () => boolean) => Walked;

const tableWalker =
  (source: ByteSource, { delimiter, body, width }: Frame, { maxRows, isCareful }: CsvOptions): Walk =>
  (visit, isEnough = () => false) => {
    const scanner = new RowScanner(source, delimiter, body, maxRows);
    const filter = footerFilter(width, visit);
    while (!isEnough() && scanner.advance()) filter.take(isCareful ? asText(scanner) : scanner);
    return { unreadable: scanner.unreadable, footers: filter.warnings(), others: 0 };
  };

function ofInstrument(walk: Walk, chosen: ChosenInstrument | null): Walk {
  if (chosen === null) return walk;
  return (visit, isEnough) => {
    let others = 0;
    const walked = walk((row) => {
      if (row.cell(chosen.column).trim() === chosen.value) visit(row);
      else others++;
    }, isEnough);
    return { ...walked, others };
  };
}

/** Which of the instruments is wanted, after a look at all of them. */
function instrumentIn({ instruments, width }: Frame, walk: Walk, wanted: string): ChosenInstrument {
  needInstrumentColumn(instruments, wanted);
  const { hear, values } = instrumentValues(instruments, width);
  walk(hear);
  return chooseInstrument(instruments, values, wanted);
}

/** The first column that is not empty or 0 in every row; the first of all where each is. */
function chosenVolume(walk: Walk, volumes: readonly ColumnChoice[], style: NumberStyle): ColumnChoice | null {
  for (const volume of volumes.length > 1 ? volumes : []) {
    let isAlive = false;
    walk(
      (row) => {
        const value = readVolume(row.cell(volume.index), style);
        isAlive ||= typeof value === "number" && value !== 0;
      },
      () => isAlive,
    );
    if (isAlive) return volume;
  }
  return volumes[0] ?? null;
}

const asText = (row: RowView): RowView => {
  const { line, moreLines, offset, count, starts, ends } = row;
  return { line, moreLines, offset, count, starts, ends, bytes: null, cell: (index) => row.cell(index) };
};

/** The date of one row, for a message about it. */
export function dateTextAt(source: ByteSource, { delimiter, columns }: Frame, place: Place): string {
  const scanner = new RowScanner(source, delimiter, place);
  return scanner.advance() ? scanner.cell(columns.time.index) : "";
}
