/** How the columns of a file were read, in words. Pure but for the page's language. */
import { t } from "../../lib/words/t.ts";
import { type ColumnRole, roleName } from "./column-places.ts";
import type { ImportReport } from "./import-payload.ts";

export interface ColumnReading {
  readonly column: string;
  /** "Open", "Open, high, low and close". */
  readonly readAs: string;
}

export interface ColumnReadings {
  readonly read: readonly ColumnReading[];
  readonly passedOver: readonly string[];
}

/** Each column once, in the order of the file. Two columns of one name stay two. */
export function columnReadings(uses: ImportReport["columns"]): ColumnReadings {
  const read: { column: string; fields: string[] }[] = [];
  const passedOver: string[] = [];
  for (const { column, field } of uses) {
    const last = read.at(-1);
    if (field === null || field === undefined) passedOver.push(column);
    else if (last?.column === column && !last.fields.includes(field)) last.fields.push(field);
    else read.push({ column, fields: [field] });
  }
  return {
    read: read.map(({ column, fields }) => ({ column, readAs: sentence(fields.map(nameOf)) })),
    passedOver,
  };
}

function nameOf(field: string): string {
  if (field === "instrument") return t("Instrument");
  return field === "time" ? t("Date or time") : roleName(field as ColumnRole);
}

function sentence(names: readonly string[]): string {
  const words = names.map((name, at) => (at === 0 ? name : name.toLowerCase()));
  const [last, before] = [words.at(-1) ?? "", words.slice(0, -1)];
  return before.length === 0 ? last : t("{list} and {last}", { list: before.join(t("words|, ")), last });
}
