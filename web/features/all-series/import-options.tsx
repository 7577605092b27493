/** What the file does not tell: which symbol it is, its zone, and how to read what could be read in two ways. */
"use client";
import { Field } from "../../components/field.tsx";
import input from "../../components/input.module.css";
import type { ApiError } from "../../lib/api-error.ts";
import { word } from "../../lib/format.ts";
import styles from "./import.module.css";
import { columnNames, dateFormats, type ImportForm } from "./import-form.ts";

interface Props {
  readonly form: ImportForm;
  readonly header: readonly string[];
  readonly error: ApiError | null;
  readonly onChange: (form: ImportForm) => void;
}

export function ImportOptions({ form, header, error, onChange }: Props) {
  const errorOf = (field: string) => (error?.field === field ? error.message : undefined);
  const text = (
    field: "symbol" | "name" | "currency" | "timezone",
    label: string,
    hint?: string,
    list?: string,
  ) => (
    <Field label={label} hint={hint} error={errorOf(field)}>
      {(attributes) => (
        <input
          {...attributes}
          className={input.input}
          value={form[field]}
          list={list}
          onChange={(event) => onChange({ ...form, [field]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <>
      <div className={styles.options}>
        {text("symbol", "Symbol", "An existing one is added to")}
        {text("name", "Name", "Optional")}
        {text("currency", "Currency", "Optional, such as USD")}
        {text("timezone", "Time zone of the exchange", "For dates without one", "timezones")}
        <Field label="Dates are written as" error={errorOf("dateFormat")}>
          {(attributes) => (
            <select
              {...attributes}
              className={input.input}
              value={form.dateFormat}
              onChange={(event) => onChange({ ...form, dateFormat: event.target.value })}
            >
              {dateFormats.map(({ pattern, name }) => (
                <option key={pattern} value={pattern}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Field>
        <datalist id="timezones">
          {Intl.supportedValuesOf("timeZone").map((zone) => (
            <option key={zone} value={zone} />
          ))}
        </datalist>
      </div>
      <details className={styles.columns} open={error?.field?.startsWith("columns")}>
        <summary>Columns are recognised by their names. Name them yourself</summary>
        <div className={styles.options}>
          {columnNames.map((column) => (
            <Field
              key={column}
              label={word(column === "adjustedClose" ? "ADJUSTED_CLOSE" : column)}
              error={errorOf(`columns.${column}`)}
            >
              {(attributes) => (
                <select
                  {...attributes}
                  className={input.input}
                  value={form.columns[column]}
                  onChange={(event) =>
                    onChange({ ...form, columns: { ...form.columns, [column]: event.target.value } })
                  }
                >
                  <option value="">by its name</option>
                  {header.map((name) => (
                    <option key={name}>{name}</option>
                  ))}
                </select>
              )}
            </Field>
          ))}
        </div>
      </details>
    </>
  );
}
