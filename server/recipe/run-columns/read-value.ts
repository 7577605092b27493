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
const durations: Readonly<Record<string, number>> = {
  ...{ ms: 1, s: 1_000, m: 60_000, min: 60_000, h: 3_600_000, d: 86_400_000 },
};
const dayMs = 86_400_000;
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
      const [digits, share] = word.endsWith("%") ? [word.slice(0, -1), 0.01] : [word, 1];
      if (!number.test(digits)) return { expected: "a number such as 100, 1e-3 or 5%" };
      return { value: share === 1 ? Number(digits) : Number(digits) / 100 };
    }
    case "DURATION": {
      const [, digits, unit] = /^([\d.]+)([a-z]*)$/i.exec(word) ?? [];
      const factor = durations[unit?.toLowerCase() || "s"];
      if (digits === undefined || !number.test(digits) || factor === undefined)
        return { expected: "a duration such as 90s, 10m, 2h or 1d" };
      return { value: Number(digits) * factor };
    }
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
