/** What all dates of a file together settle: day or month first, a unit of time, a spreadsheet's days. */
import { InvalidInput } from "../domain/errors.ts";
import { quote } from "../domain/quote.ts";
import { longestCell } from "./cell.ts";
import { type DateHabits, twoWayParts, twoWayPatterns } from "./date-forms.ts";
import type { DatePattern } from "./date-pattern.ts";
import { isDayNumber, unixUnitOf } from "./numeric-times.ts";

export interface SettledDates {
  readonly habits: DateHabits;
  /** The patterns of which one must be chosen, where nothing settles which it is; null where all is settled. */
  readonly choices: readonly string[] | null;
  readonly warnings: readonly string[];
}

interface Place {
  readonly line: number;
  readonly text: string;
}

/** Days of a month and years of two digits may look alike: 20/04/24. Enough of each to tell them apart. */
const mostSeen = 400;

/** Gathers what a file's dates say together, one after the other. */
export interface DateEvidence {
  readonly hear: (line: number, cell: string) => void;
  /** A date with the year first, or a Unix time in this unit. */
  readonly hearPlain: (unit: string | null) => void;
  /** True while nothing was heard that the whole file has to settle. */
  readonly isPlain: () => boolean;
  /**
   * @param hasName a column without a name may be a mere row number, which is no day number.
   * @throws InvalidInput where some dates begin with the day and others with the month.
   */
  readonly settled: (hasName: boolean) => SettledDates;
}

export function dateEvidence(): DateEvidence {
  let [dayFirst, monthFirst]: [Place | null, Place | null] = [null, null];
  let unsettled: string | null = null;
  let [hasDayNumbers, hasOthers] = [false, false];
  const units = new Set<string>();
  const [starts, shortYears] = [new Set<number>(), new Set<string>()];
  const hearUnit = (unit: string | null) => {
    if (unit !== null) units.add(unit);
    else hasOthers = true;
  };
  return {
    hear: (line, cell) => {
      const text = cell.trim();
      if (text === "" || text.length > longestCell) return;
      const unit = unixUnitOf(text);
      if (unit === null && isDayNumber(text)) hasDayNumbers = true;
      else hearUnit(unit);
      const parts = twoWayParts(text);
      if (!parts) return;
      unsettled ??= text;
      if (parts.one > 12 && parts.one <= 31 && parts.two <= 12) dayFirst ??= { line, text };
      if (parts.two > 12 && parts.two <= 31 && parts.one <= 12) monthFirst ??= { line, text };
      if (parts.year.length > 2 || parts.mark === ".") return;
      if (starts.size < mostSeen) starts.add(parts.one);
      if (shortYears.size < mostSeen) shortYears.add(parts.year);
    },
    hearPlain: hearUnit,
    isPlain: () => unsettled === null && !hasDayNumbers,
    settled: (hasName) => {
      // Of 20/04/24, 20/04/27, ... the last part is the day, and nothing is settled.
      const yearMayBeFirst = shortYears.size > starts.size;
      const habits = {
        first: yearMayBeFirst ? null : orderOf(dayFirst, monthFirst),
        dayNumbers: hasName && hasDayNumbers && !hasOthers && units.size === 0,
      };
      const seen = habits.first === "day" ? dayFirst : monthFirst;
      const order = habits.first && seen && settledBy(habits.first, seen);
      const days = habits.dayNumbers
        ? "the dates are a spreadsheet's day numbers: 45383 is 2024-04-01"
        : null;
      const choices =
        habits.first === null && unsettled !== null ? twoWayPatterns(unsettled, yearMayBeFirst) : null;
      return { habits, choices, warnings: [order, days, unitWarning(units)].filter((it) => it !== null) };
    },
  };
}

function orderOf(dayFirst: Place | null, monthFirst: Place | null): DateHabits["first"] {
  if (!dayFirst || !monthFirst) return dayFirst ? "day" : monthFirst ? "month" : null;
  throw new InvalidInput(
    "csv",
    `the dates contradict each other: ${quote(dayFirst.text)} in line ${dayFirst.line} begins with the day, ` +
      `${quote(monthFirst.text)} in line ${monthFirst.line} with the month. Write all of them as 2020-04-24`,
  );
}

const settledBy = (first: "day" | "month", { line, text }: Place): string =>
  `the dates are read with the ${first} first, because ${quote(text)} in line ${line} can be nothing else`;

function unitWarning(units: ReadonlySet<string>): string | null {
  const found = [...units];
  if (found.length === 0) return null;
  const what = found.length === 1 ? found[0] : `${found.join(" and ")}, told apart by their digits`;
  return `the times are numbers, read as ${what} since 1970 in UTC`;
}

/** A refusal of a pattern that a date of the file disproves; null for any other cell. */
export function disproved(
  pattern: DatePattern,
  named: string,
  line: number,
  cell: string,
): InvalidInput | null {
  const text = cell.trim();
  if (text.length > longestCell || !pattern.isDisprovedBy(text)) return null;
  return new InvalidInput(
    "dateFormat",
    `${quote(named)} cannot be the form of these dates: ${quote(text)} in line ${line} is one only with day and month the other way round`,
  );
}
