/** Where the table begins in the file, and which of its columns is which: by name, or by place where there is no header. */
"use client";
import { Field } from "../../components/field.tsx";
import input from "../../components/input.module.css";
import type { ApiError } from "../../lib/api-error.ts";
import { t } from "../../lib/words/t.ts";
import { guessedPlaces, roleName } from "./column-places.ts";
import { ColumnPlacesTable } from "./column-places-table.tsx";
import { headerOf, type PreviewRow } from "./csv-preview.ts";
import styles from "./import.module.css";
import { columnNames, type ImportForm, onePriceColumn, withOnePriceColumn } from "./import-form.ts";

interface Props {
  readonly form: ImportForm;
  readonly rows: readonly PreviewRow[];
  readonly error: ApiError | null;
  readonly onChange: (changes: Partial<ImportForm>) => void;
}

/** Titles and addresses above a header take a few lines; the server itself looks through fifty. */
const offeredLines = 20;

export function ImportFrame({ form, rows, error, onChange }: Props) {
  const isInUse = form.header !== "" || columnNames.some((column) => form.columns[column] !== "");
  return (
    <details className={styles.columns} open={isInUse || isAboutHeader(error) || undefined}>
      <summary>{t("The header and its columns are found by themselves. Name them yourself")}</summary>
      <div className={styles.frame}>
        <div className={styles.options}>
          <HeaderChoice form={form} rows={rows} error={error} onChange={onChange} />
          {form.header !== "none" && (
            <NamedColumns form={form} rows={rows} error={error} onChange={onChange} />
          )}
        </div>
        {form.header === "none" && (
          <ColumnPlacesTable rows={rows} places={form.places} onChange={(places) => onChange({ places })} />
        )}
      </div>
    </details>
  );
}

/** JSON or a web page is no matter of headers. */
const isAboutHeader = (error: ApiError | null): boolean =>
  /^(columns|columnPositions|headerLine)/.test(error?.field ?? "") ||
  (error?.field === "csv" && /\bheader\b|表头/i.test(error.message));

function HeaderChoice({ form, rows, error, onChange }: Props) {
  const choose = (value: string) => {
    if (value === "none") onChange({ header: "none", places: guessedPlaces(rows) });
    else onChange({ header: value === "" ? "" : Number(value) });
  };
  return (
    <Field label={t("The header")} error={error?.field === "headerLine" ? error.message : undefined}>
      {(tied) => (
        <select
          {...tied}
          className={input.input}
          value={form.header}
          onChange={(event) => choose(event.target.value)}
        >
          <option value="">{t("is found by itself")}</option>
          <option value="none">{t("There is none")}</option>
          {rows.slice(0, offeredLines).map(({ line, cells }) => (
            <option key={line} value={line}>
              {t("is line {line}: {cells}", { line, cells: cells.join(", ").slice(0, 40) })}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

function NamedColumns({ form, rows, error, onChange }: Props) {
  const header = headerOf(rows, typeof form.header === "number" ? form.header : null);
  const allPrices = onePriceColumn(form);
  const choice = (label: string, value: string, field: string | null, choose: (name: string) => void) => (
    <Field key={label} label={label} error={field && error?.field === field ? error.message : undefined}>
      {(tied) => (
        <select
          {...tied}
          className={input.input}
          value={value}
          onChange={(event) => choose(event.target.value)}
        >
          <option value="">{field === null ? t("have columns of their own") : t("by its name")}</option>
          {header.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      )}
    </Field>
  );
  return (
    <>
      {choice(t("All four prices"), allPrices, null, (name) => onChange(withOnePriceColumn(form, name)))}
      {columnNames
        .filter((column) => allPrices === "" || !["open", "high", "low", "close"].includes(column))
        .map((column) =>
          choice(roleName(column), form.columns[column], `columns.${column}`, (name) =>
            onChange({ columns: { ...form.columns, [column]: name } }),
          ),
        )}
    </>
  );
}
