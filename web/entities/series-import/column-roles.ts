/** Which column of a file with a header is which, as the server read it and as a person says. Pure but for the page's language. */
import { t } from "../../lib/words/t.ts";
import { roleName } from "./column-places.ts";
import { type ColumnName, columnNames, type ImportForm } from "./import-form.ts";
import type { ImportReport } from "./import-payload.ts";

const prices = ["open", "high", "low", "close"] as const;

const roles = ["", "time", "open", "high", "low", "close", "prices", "adjustedClose", "volume"] as const;
export type HeaderRole = (typeof roles)[number] | "other" | "unread";

/** What a column may be that is `now` at present. */
export function roleChoices(
  now: HeaderRole,
): readonly { readonly role: HeaderRole; readonly name: string }[] {
  const choices = roles.map((role) => ({
    role,
    name: role === "prices" ? t("All four prices") : roleName(role),
  }));
  if (now === "other") return [{ role: now, name: t("Several things") }, ...choices];
  return now === "unread" ? [{ role: now, name: t("Not read yet") }, ...choices] : choices;
}

/** What a column is read as; "unread" while nobody knows; "other" is what the list has no word for, such as a time of day beside its date. */
export function roleOf(column: string, uses: ImportReport["columns"] | null, form: ImportForm): HeaderRole {
  const isNamedElsewhere = (field: string) =>
    columnNames.some((name) => name === field && !["", column].includes(form.columns[name]));
  const fields = (uses ?? [])
    .filter((use) => use.column === column)
    // What the server said before the form changed holds only for what the form leaves to it.
    .flatMap(({ field }) => (field === null || isNamedElsewhere(field) ? [] : field));
  const named = columnNames.filter((name) => form.columns[name] === column);
  const all = new Set<string>([...fields, ...named]);
  if (prices.every((price) => all.has(price))) return "prices";
  if (all.size === 0) return uses === null ? "unread" : "";
  const [only] = all;
  return all.size === 1 && roles.some((role) => role === only) ? (only as HeaderRole) : "other";
}

/** The form with another role for a column. What it was called before is left to the server again. */
export function withHeaderRole(form: ImportForm, column: string, role: HeaderRole): ImportForm {
  const names = role === "prices" ? prices : columnNames.filter((name) => name === role);
  const columns = Object.fromEntries(
    columnNames.map((name) => [name, form.columns[name] === column ? "" : form.columns[name]]),
  ) as Record<ColumnName, string>;
  for (const name of names) columns[name] = column;
  return { ...form, columns };
}
