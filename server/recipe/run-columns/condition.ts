/** What an expression says of runs, once it is read. */
import type { RunColumn } from "./run-column.ts";

export type Comparison = "=" | "!=" | "<" | "<=" | ">" | ">=" | "~" | "!~";

/** Null: it has no value. Of a TIME that names a day, the day's milliseconds [from, to). */
export type ConditionValue = number | string | null | { readonly from: number; readonly to: number };

export type Condition =
  | { readonly kind: "all" | "any"; readonly of: readonly Condition[] }
  | { readonly kind: "not"; readonly of: Condition }
  | {
      readonly kind: "compare";
      readonly column: RunColumn;
      readonly comparison: Comparison;
      readonly value: ConditionValue;
    };
