/** The same weekday before, or the same time the day before, on the clocks of the exchange. */
import { expect, test } from "vitest";
import { rhythmOf, seasonal } from "../../../server/forecasting/forecasters/seasonal.ts";

const hour = 3_600_000;
const newYork = "America/New_York";
const none = { firstBar: 0, endBar: 0 };

/** Forecasts of a series whose values are the numbers of its bars: they name the bar that was taken over. */
function takenOver(rhythm: "DAILY" | "INTRADAY", times: readonly number[], anchor: number, steps: number) {
  const values = Float64Array.from(times, (_, bar) => bar);
  const target = {
    kind: "PRICE" as const,
    values,
    time: Float64Array.from(times),
    timezone: newYork,
    returns: values,
  };
  const anchors = { firstAnchor: anchor, endAnchor: anchor + 1 };
  return Array.from(seasonal(rhythm).predict(target, none, anchors, steps));
}

/** Midnights in New York (winter time) of the trading days from a Monday on. */
const weekdays = (monday: string, count: number) =>
  Array.from(
    { length: count },
    (_, i) => Date.parse(`${monday}T05:00Z`) + (Math.floor(i / 5) * 7 + (i % 5)) * 24 * hour,
  );

test.each(["2020-01-06", "1965-01-04"])(
  "daily bars from %s: the next days are those of a week before",
  (monday) => {
    const times = weekdays(monday, 20);
    // Bar 19 is a Friday: Monday to Friday of its own week are bars 15 to 19, and then they come round.
    expect(takenOver("DAILY", times, 19, 7)).toEqual([15, 16, 17, 18, 19, 15, 16]);
    expect(takenOver("DAILY", times, 17, 3)).toEqual([13, 14, 15]);
  },
);

test("after a holiday the weekday that was missed is found two weeks before", () => {
  const times = weekdays("2020-01-06", 20);
  times.splice(15, 1);
  expect(takenOver("DAILY", times, 18, 2)).toEqual([10, 15]);
});

test("one session on a Saturday makes Saturday no trading day", () => {
  const times = weekdays("2020-01-06", 20);
  times.splice(15, 0, times[14]! + 24 * hour);
  expect(takenOver("DAILY", times, 20, 1)).toEqual([16]);
});

test("a bar's weekday is New York's, not that of UTC: a session that closes on Friday at 8 pm is Friday's", () => {
  const evenings = weekdays("2020-01-06", 20).map((at) => at + 20 * hour);
  expect(takenOver("DAILY", evenings, 19, 1)).toEqual([15]);
});

test("intraday bars take the same time of the day before, over a night that is an hour shorter", () => {
  // 9:30 to 15:30 each hour on Friday 6 and Monday 9 March 2020; clocks went forward on the Sunday between.
  const friday = Array.from({ length: 7 }, (_, i) => Date.parse("2020-03-06T14:30Z") + i * hour);
  const monday = Array.from({ length: 7 }, (_, i) => Date.parse("2020-03-09T13:30Z") + i * hour);
  const times = [...friday, ...monday];
  expect(takenOver("INTRADAY", times, 9, 3)).toEqual([3, 4, 5]);
  expect(takenOver("INTRADAY", times, 13, 9)).toEqual([7, 8, 9, 10, 11, 12, 13, 7, 8]);
});

test("a time of day that never came before has no season: the last value stays", () => {
  const times = [0, 1, 2, 3].map((i) => Date.parse("2020-03-06T14:30Z") + i * hour);
  expect(takenOver("INTRADAY", times, 2, 2)).toEqual([2, 2]);
});

test("weekly and monthly bars have no season", () => {
  const every = (ms: number) => Float64Array.from({ length: 60 }, (_, i) => i * ms);
  expect(rhythmOf(every(hour / 12), 60)).toBe("INTRADAY");
  expect(rhythmOf(every(24 * hour), 60)).toBe("DAILY");
  expect(rhythmOf(every(7 * 24 * hour), 60)).toBeNull();
  expect(rhythmOf(every(24 * hour), 1)).toBeNull();
});
