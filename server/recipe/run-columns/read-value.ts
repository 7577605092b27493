/** A word of an expression as a value of a column: a number, a share, a duration, a day, a choice, a text. */
import type { ConditionValue } from "./condition.ts";
import type { RunColumn } from "./run-column.ts";

/** What was expected instead, in words. */
interface Unfit {
  readonly expected: string;
}

/** No run was made before. */
const earliest = 0;
const latest = Date.UTC(9999, 0, 1);
const number = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,3})?$/i;
const [secondMs, minuteMs, hourMs, dayMs] = [1_000, 60_000, 3_600_000, 86_400_000];
const durations: ReadonlyMap<string, number> = new Map(
  (
    [
      [1, "ms 毫秒"],
      [secondMs, "s sec second seconds 秒"],
      [minuteMs, "m min mins minute minutes 分 分钟"],
      [hourMs, "h hr hour hours 时 小时"],
      [dayMs, "d day days 天"],
    ] as const
  ).flatMap(([ms, names]) => names.split(" ").map((name) => [name, ms] as const)),
);
const moment = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?Z?)?$/;

/** @param isQuoted what is quoted is never the word none */
export function readValue(
  { kind, choices }: Pick<RunColumn, "kind" | "choices">,
  word: string,
  isQuoted: boolean,
): { readonly value: ConditionValue } | Unfit {
  if (!isQuoted && /^(none|null)$/i.test(word)) return { value: null };
  switch (kind) {
    case "INTEGER":
    case "NUMBER":
    case "SHARE": {
      const plain = word.replace("−", "-");
      const [digits, share] = plain.endsWith("%") ? [plain.slice(0, -1), 0.01] : [plain, 1];
      if (!number.test(digits)) return { expected: "a number such as 100, 1e-3 or 5%" };
      return { value: share === 1 ? Number(digits) : Number(digits) / 100 };
    }
    case "DURATION":
      return readDuration(word);
    case "TIME": {
      const expected = "a day or time such as 2026-11-27 or 2026-11-27T09:30, in UTC";
      if (!moment.test(word)) return { expected };
      const time = Date.parse(word.includes("T") && !word.endsWith("Z") ? `${word}Z` : word);
      // PostgreSQL knows no other years.
      if (!(time >= earliest && time < latest)) return { expected };
      // Date.parse makes the 31st of November the 1st of December.
      if (new Date(time).toISOString().slice(0, 10) !== word.slice(0, 10))
        return { expected: "a day that the calendar has, such as 2026-11-27" };
      return { value: word.includes("T") ? time : { from: time, to: time + dayMs } };
    }
    case "BOOLEAN":
      if (/^(yes|true)$/i.test(word)) return { value: "true" };
      if (/^(no|false)$/i.test(word)) return { value: "false" };
      return { expected: "yes or no" };
    case "CHOICE": {
      const wanted = word.toLowerCase();
      const found = choices?.find(({ value, label }) =>
        [value.toLowerCase(), label.toLowerCase()].includes(wanted),
      );
      if (found) return { value: found.value };
      return { expected: `one of ${choices?.map(({ value }) => value.toLowerCase()).join(", ")}` };
    }
    case "TEXT":
    case "TEXTS":
      return { value: word };
  }
}

/** Such as 90s, 1.5h or 1h30min; without a unit seconds. */
function readDuration(word: string): { readonly value: number } | Unfit {
  const expected = "a duration such as 90s, 10m, 2h or 1d";
  const parts = [...word.matchAll(/([\d.]+)(\p{L}*)/gu)];
  if (parts.length === 0 || parts.map(([part]) => part).join("") !== word) return { expected };
  let value = 0;
  for (const [, digits, unit] of parts) {
    const factor = durations.get(unit!.toLowerCase() || "s");
    if (!number.test(digits!) || (unit === "" && parts.length > 1)) return { expected };
    if (factor === undefined) return { expected: "a duration in ms, s, min, h or d" };
    value += Number(digits) * factor;
  }
  return { value };
}
