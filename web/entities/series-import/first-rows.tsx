/** The first rows of a file with a header, below what each column is read as. */
"use client";
import { t } from "../../lib/words/t.ts";
import { formAfterDrop } from "./column-drop.ts";
import { roleChoices, roleOf, withHeaderRole } from "./column-roles.ts";
import { ColumnsTable } from "./columns-table.tsx";
import { type PreviewRow, previewTable } from "./csv-preview.ts";
import type { ImportForm } from "./import-form.ts";
import type { ImportReport } from "./import-payload.ts";

interface Props {
  readonly rows: readonly PreviewRow[];
  readonly form: ImportForm;
  /** Null: the server has not read them. */
  readonly columns: ImportReport["columns"] | null;
  readonly onForm: (form: ImportForm) => void;
}

export function FirstRows({ rows, form, columns, onForm }: Props) {
  const headerLine = typeof form.header === "number" ? form.header : null;
  const found = (columns ?? []).map(({ column }) => column);
  const { header, below } = previewTable(rows, headerLine, found);
  if (header.length === 0) return null;
  return (
    <section aria-label={t("First rows")} data-testid="first-rows">
      <h3>{t("First rows")}</h3>
      <ColumnsTable
        columns={header.map(({ name, at }) => ({
          at,
          name,
          label: t("column|{name} is", { name }),
          role: roleOf(name, columns, form),
        }))}
        rows={below}
        choicesFor={roleChoices}
        onDrop={(from, to) => onForm(formAfterDrop(form, columns ?? [], from.name, to.name))}
        onRole={({ name }, role) => onForm(withHeaderRole(form, name, role))}
      />
    </section>
  );
}
