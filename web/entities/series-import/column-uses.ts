/** How the columns of a file were read, in words. Pure. */
import { argumentLabels } from "../../lib/argument-labels.ts";
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
    read: read.map(({ column, fields }) => ({ column, readAs: sentence(fields.map(roleName)) })),
    passedOver,
  };
}

const roleName = (field: string): string =>
  field === "time" ? "Date or time" : (argumentLabels[field] ?? field);

function sentence(names: readonly string[]): string {
  const words = names.map((name, at) => (at === 0 ? name : name.toLowerCase()));
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
