/**
 * Whether bars are days, and which day each is. A day of the exchange is one bar, whether a source stamps it at
 * midnight with an offset (2024-03-07 00:00-05:00), at the close (16:00), or writes the date alone: it is stored at the
 * midnight that begins it in the zone of the series.
 */
import { InvalidInput } from "../domain/errors.ts";
import type { BarTable } from "../domain/price-series.ts";
import type { RowPiece } from "./row-store.ts";
import { wallClockIn, zoneClock } from "./zone-clock.ts";

const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;
/** From one midnight to the next there are 23 hours where clocks go forward; an early close leaves 20. */
const leastDayMs = 20 * hourMs;
/** A live quote as the last row, or a row too many, does not make days into hours. */
const mostlyDays = 0.9;
const mostlyOneClock = 0.7;

/** Days: one bar a day or fewer. Finer: several a day. Unknown: too few bars to tell. */
export type Spacing = "days" | "finer" | "unknown";

/** Hears instants or wall clocks in ms, ascending. */
class SpacingCount {
  private count = 0;
  private long = 0;
  private last = Number.NaN;

  hear(ascending: ArrayLike<number>): void {
    for (let at = 0; at < ascending.length; at++) {
      if (ascending[at]! - this.last >= leastDayMs) this.long++;
      this.last = ascending[at]!;
    }
    this.count += ascending.length;
  }
  told(): Spacing {
    if (this.count < 2) return "unknown";
    return this.long >= mostlyDays * (this.count - 1) ? "days" : "finer";
  }
}
function spacingOf(ascending: ArrayLike<number>): Spacing {
  const count = new SpacingCount();
  count.hear(ascending);
  return count.told();
}

export const midnightOf = (wall: number): number => Math.floor(wall / dayMs) * dayMs;
const clockOf = (wall: number): number => wall - midnightOf(wall);

/** Hears the wall clocks of bars. */
class ClockCount {
  private readonly counts = new Map<number, number>();
  private count = 0;
  isKnown = true;
  isMidnight = true;

  hear(walls: Float64Array): void {
    this.count += walls.length;
    for (const wall of walls) {
      const clock = clockOf(wall);
      if (Number.isNaN(clock)) this.isKnown = false;
      if (clock !== 0) this.isMidnight = false;
      this.counts.set(clock, (this.counts.get(clock) ?? 0) + 1);
    }
  }
  /** Whether most wall clocks show the same time of day; in UTC it is an hour later in one half of the year. */
  agree(): boolean {
    const { counts } = this;
    const [usual, most] = [...counts].reduce((best, it) => (it[1] > best[1] ? it : best), [0, 0]);
    const hourApart = Math.max(counts.get(usual + hourMs) ?? 0, counts.get(usual - hourMs) ?? 0);
    return most + hourApart >= mostlyOneClock * this.count;
  }
}

/** What the rows of one file are. */
export interface Stamping {
  readonly spacing: Spacing;
  /** True where the bars are days, of whatever series. */
  readonly isDays: boolean;
  /** False where no row has a time of day. */
  readonly hasClock: boolean;
}

/** @param pieces of all rows in the order of time; `wall` is NaN where the day is not known. */
export function stampingOf(
  pieces: () => Iterable<Pick<RowPiece, "time" | "wall">>,
  hasClock: boolean,
): Stamping {
  const spaces = new SpacingCount();
  for (const { time } of pieces()) spaces.hear(time);
  const spacing = spaces.told();
  // Those that are not are so few that all their clocks can be counted.
  if (spacing === "finer") return { spacing, isDays: false, hasClock };
  const clocks = new ClockCount();
  for (const { wall } of pieces()) clocks.hear(wall);
  const isDays = clocks.isKnown && (clocks.isMidnight || (spacing === "days" && clocks.agree()));
  return { spacing, isDays, hasClock };
}

/** Bars that are days, or may be: in 700 years there are not so many that memory would be too dear for them. */
export interface DatedBars {
  /** With one bar a day at most where the stamping says that they are days. */
  readonly bars: BarTable;
  readonly walls: Float64Array;
  /** When each day begins in the zone of the series; null where the bars are no days. */
  readonly dayBegins: Float64Array | null;
}
/** What a file brings: bars at their instants, and where they may be days the wall clocks that say which. */
export interface SeriesBars {
  readonly stamping: Stamping;
  readonly count: number;
  /** In the order of time. */
  readonly pieces: () => Iterable<BarTable>;
  /** Null where they are finer. */
  readonly dated: DatedBars | null;
}

/** The series that bars are for. */
export interface SeriesPlace {
  readonly symbol: string;
  readonly timezone: string;
}

/**
 * The bars where the series has them or is to have them.
 * @param known the times of the series' bars, ascending.
 * @throws InvalidInput where the file has days and the series hours, or the other way round, or where the days of
 * the series' bars cannot be told.
 */
export function placeBars(
  { stamping, pieces, dated }: SeriesBars,
  known: Float64Array,
  { symbol, timezone }: SeriesPlace,
): Iterable<BarTable> {
  const spacing = spacingOf(known);
  if (known.length === 0 || (spacing === "unknown" && stamping.spacing === "finer")) {
    return dated?.dayBegins ? [at(dated.bars, dated.dayBegins)] : pieces();
  }
  if (spacing === "finer") {
    if (!stamping.hasClock || (stamping.isDays && stamping.spacing === "days")) {
      throw new InvalidInput(
        "csv",
        `${symbol} has several bars a day, and this file has one: import it under another symbol`,
      );
    }
    return pieces();
  }
  if (dated === null) {
    throw new InvalidInput(
      "csv",
      `${symbol} has one bar a day, and this file has several: import it under another symbol`,
    );
  }
  return [amongDays(dated, known, { symbol, timezone })];
}

/** Days to a series of days. */
function amongDays(
  { bars, walls }: DatedBars,
  known: Float64Array,
  { symbol, timezone }: SeriesPlace,
): BarTable {
  const wallClock = wallClockIn(timezone);
  const knownWalls = known.map(wallClock);
  const usual = median(knownWalls.map(clockOf));
  const startsWithTheDay = usual < 2 * hourMs;
  const own = bars.time.map((time) => clockOf(wallClock(time)));
  // As the series has it: at the close, or a midnight that is another hour in its zone.
  const isStampedAlike = own.every((clock) => Math.abs(clock - usual) <= 1.5 * hourMs);
  if (!startsWithTheDay && isStampedAlike) return bars;
  if (usual >= 12 * hourMs || walls.some(Number.isNaN)) {
    throw new InvalidInput(
      "csv",
      `which day each bar is of cannot be told: ${symbol} is kept in ${timezone} with its days at ${clockText(usual)}, ` +
        `and this file has them at ${clockText(median(own))}. Write the dates as the series has them, or import the file ` +
        "under another symbol with the exchange's timezone",
    );
  }
  const timeOfDay = new Map<number, number>();
  for (const [index, time] of known.entries()) timeOfDay.set(midnightOf(knownWalls[index]!), time);
  const begins = daysIn(walls, timezone);
  const placed = walls.map((wall, index) => timeOfDay.get(midnightOf(wall)) ?? begins[index]!);
  for (const [index, time] of placed.entries()) {
    if (index === 0 || time > placed[index - 1]!) continue;
    throw new InvalidInput(
      "csv",
      `${symbol} has one bar a day, and this file has two of ${dayText(walls[index]!)}: leave one out`,
    );
  }
  return at(bars, placed);
}

/** The instants at which days begin in a zone. */
export function daysIn(walls: Float64Array, timezone: string): Float64Array {
  const toInstant = zoneClock(timezone);
  return walls.map((wall) => toInstant(midnightOf(wall)).time);
}

const at = (bars: BarTable, time: Float64Array): BarTable => ({ ...bars, time });

function median(values: Float64Array): number {
  return values.toSorted()[Math.floor(values.length / 2)] ?? 0;
}

export const dayText = (wall: number): string => new Date(wall).toISOString().slice(0, 10);
const clockText = (ms: number): string => new Date(ms).toISOString().slice(11, 16);
