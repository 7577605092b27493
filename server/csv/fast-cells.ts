/** The usual forms of numbers and dates, read from bytes without a string. Whatever they do not know, others read. */
import { dayOf } from "./date-forms.ts";
import { steadyOffsets, wallClockIn } from "./zone-clock.ts";

const dayMs = 86_400_000;
/** All whole numbers of so many digits are floats. */
const exactDigits = 15;
const powersOfTen = Array.from({ length: exactDigits + 1 }, (_, power) => 10 ** power);

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x30 && byte <= 0x39;

/** 1469.25, -3, 0.5: of at most 15 digits, of which a quotient of two floats is what Number() reads, to the last bit. */
export class PlainNumber {
  value = 0;
  /** Digits after the point. */
  decimals = 0;

  /** False for anything else. */
  read(bytes: Uint8Array, from: number, to: number): boolean {
    let [at, end] = [from, to];
    while (at < end && bytes[at] === 0x20) at++;
    while (end > at && bytes[end - 1] === 0x20) end--;
    const isBelowZero = bytes[at] === 0x2d;
    if (isBelowZero) at++;
    if (end - at > exactDigits + 1 || end <= at) return false;
    let digits = 0;
    let point = -1;
    const start = at;
    for (; at < end; at++) {
      const byte = bytes[at]!;
      if (byte >= 0x30 && byte <= 0x39) digits = digits * 10 + byte - 0x30;
      else if (byte === 0x2e && point < 0 && at > start && at + 1 < end) point = at;
      else return false;
    }
    if (point < 0 && end - start > exactDigits) return false;
    this.decimals = point < 0 ? 0 : end - point - 1;
    const size = point < 0 ? digits : digits / powersOfTen[this.decimals]!;
    // 0 has a sign in floats, and none in the database.
    this.value = isBelowZero ? 0 - size : size;
    return true;
  }
}

/** 2020-04-24 and 20200424, the former with a time of day and an offset, and Unix seconds and milliseconds. */
export class PlainTime {
  /** As of FoundTime; none of them comes twice. */
  time = 0;
  wall = 0;
  zoned = false;
  hasClock = false;
  /** Of a Unix time. */
  unit: string | null = null;

  private readonly steadyOffset: (midnight: number) => number;
  private readonly exchangeClock: (time: number) => number;
  private readonly knowsExchange: boolean;
  private day = Number.NaN;
  private midnight = 0;
  private offset = 0;

  constructor(timezone: string, seriesTimezone: string) {
    this.steadyOffset = steadyOffsets(timezone);
    this.exchangeClock = wallClockIn(seriesTimezone);
    this.knowsExchange = seriesTimezone !== "UTC";
  }

  /** False for anything else, and near a night in which clocks change. */
  read(bytes: Uint8Array, from: number, to: number): boolean {
    const length = to - from;
    const third = bytes[from + 4];
    if (length >= 10 && (third === 0x2d || third === 0x2f || third === 0x2e) && bytes[from + 7] === third) {
      const [year, month, day] = [
        number(bytes, from, 4),
        number(bytes, from + 5, 2),
        number(bytes, from + 8, 2),
      ];
      return this.findDay(year, month, day) && this.readClock(bytes, from + 10, to);
    }
    const whole = length === 8 || length === 10 || length === 13 ? number(bytes, from, length) : -1;
    if (whole < 0) return false;
    if (length > 8)
      return this.unixTime(length === 10 ? whole * 1000 : whole, length === 10 ? "seconds" : "milliseconds");
    const day = whole % 100;
    const month = Math.floor(whole / 100) % 100;
    return this.findDay(Math.floor(whole / 10_000), month, day) && this.place(0, Number.NaN, false);
  }

  /** A time of day that has a column of its own, for the date that was read last: 15:30 or 15:30:00. */
  addClock(bytes: Uint8Array, from: number, to: number): boolean {
    if (this.zoned || this.hasClock) return false;
    const ms = to - from === 5 || to - from === 8 ? clockMs(bytes, from, to) : -1;
    return ms >= 0 && this.place(ms, Number.NaN, true);
  }

  /** Bars of one day come one after the other. */
  private findDay(year: number, month: number, day: number): boolean {
    const key = year * 10_000 + month * 100 + day;
    if (key !== this.day) {
      // Whether other years can be meant is not for a fast path to say.
      if (year < 1501 || year > 2198 || month < 0 || day < 0) return false;
      const midnight = dayOf(year, month, day);
      if (midnight === null) return false;
      this.day = key;
      this.midnight = midnight;
      this.offset = this.steadyOffset(midnight);
    }
    this.unit = null;
    return true;
  }

  private readClock(bytes: Uint8Array, from: number, to: number): boolean {
    if (from === to) return this.place(0, Number.NaN, false);
    if (bytes[from] !== 0x20 && bytes[from] !== 0x54) return false;
    const end = clockEnd(bytes, from + 1, to);
    const ms = clockMs(bytes, from + 1, end);
    if (ms < 0) return false;
    if (end === to) return this.place(ms, Number.NaN, true);
    const offset = offsetMs(bytes, end, to);
    return !Number.isNaN(offset) && this.place(ms, offset, true);
  }

  /** @param offset that the cell says; NaN: none. */
  private place(ms: number, offset: number, hasClock: boolean): boolean {
    const wall = this.midnight + ms;
    this.hasClock = hasClock;
    this.zoned = !Number.isNaN(offset);
    if (this.zoned) return this.placeZoned(wall, offset);
    if (Number.isNaN(this.offset)) return false;
    this.time = wall - this.offset;
    this.wall = wall;
    return true;
  }

  private placeZoned(wall: number, offset: number): boolean {
    this.time = wall - offset;
    const isDay = offset !== 0 || wall % dayMs === 0;
    this.wall = isDay ? wall : this.knowsExchange ? this.exchangeClock(this.time) : Number.NaN;
    return true;
  }

  private unixTime(time: number, unit: string): boolean {
    if (time >= lastUnixTime) return false;
    this.unit = unit;
    this.zoned = this.hasClock = true;
    return this.placeZoned(time, 0);
  }
}

const lastUnixTime = Date.UTC(2199, 0);

/** Below 0: not digits alone. */
function number(bytes: Uint8Array, from: number, length: number): number {
  let value = 0;
  for (let at = from; at < from + length; at++) {
    const byte = bytes[at]!;
    if (byte < 0x30 || byte > 0x39) return Number.NEGATIVE_INFINITY;
    value = value * 10 + byte - 0x30;
  }
  return value;
}

/** Behind 15:30, 15:30:00 and 15:30:00.123. */
function clockEnd(bytes: Uint8Array, from: number, to: number): number {
  if (bytes[from + 5] !== 0x3a || from + 8 > to) return Math.min(from + 5, to);
  if (bytes[from + 8] !== 0x2e || from + 8 >= to) return from + 8;
  let end = from + 9;
  while (end < to && isDigit(bytes[end])) end++;
  return end;
}

/** Below 0: no clock shows it, or it is written in another way. */
function clockMs(bytes: Uint8Array, from: number, to: number): number {
  const length = to - from;
  if (length < 5 || bytes[from + 2] !== 0x3a) return -1;
  const [hour, minute] = [number(bytes, from, 2), number(bytes, from + 3, 2)];
  if (!(hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59)) return -1;
  if (length === 5) return (hour * 60 + minute) * 60_000;
  const second = length >= 8 && bytes[from + 5] === 0x3a ? number(bytes, from + 6, 2) : -1;
  if (!(second >= 0 && second <= 59)) return -1;
  const whole = ((hour * 60 + minute) * 60 + second) * 1000;
  if (length === 8) return whole;
  // Three digits are milliseconds.
  const fraction = length === 12 && bytes[from + 8] === 0x2e ? number(bytes, from + 9, 3) : -1;
  return fraction >= 0 ? whole + fraction : -1;
}

/** Z, +08:00, -0500: how much it is ahead of UTC; NaN for anything else. */
function offsetMs(bytes: Uint8Array, from: number, to: number): number {
  const sign = bytes[from];
  if (sign === 0x5a && to - from === 1) return 0;
  if (sign !== 0x2b && sign !== 0x2d) return Number.NaN;
  const hasColon = bytes[from + 3] === 0x3a;
  if (to - from !== (hasColon ? 6 : 5)) return Number.NaN;
  const [hours, minutes] = [number(bytes, from + 1, 2), number(bytes, from + (hasColon ? 4 : 3), 2)];
  const ms = (hours * 60 + minutes) * 60_000;
  return ms >= 0 ? (sign === 0x2d ? 0 - ms : ms) : Number.NaN;
}
