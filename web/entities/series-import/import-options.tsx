/** What the file does not tell: which symbol it is, its zone, and how to read what could be read in two ways. */
"use client";
import { Field } from "../../components/field.tsx";
import input from "../../components/input.module.css";
import type { ApiError } from "../../lib/api-error.ts";
import { t } from "../../lib/words/t.ts";
import type { PreviewRow } from "./csv-preview.ts";
import { dateForms, ownForm } from "./date-forms.ts";
import styles from "./import.module.css";
import type { ImportForm } from "./import-form.ts";
import type { KnownSeries } from "./known-series.ts";

interface Props {
  readonly form: ImportForm;
  readonly rows: readonly PreviewRow[];
  /** That the file is for, where there is one already. */
  readonly series: KnownSeries | null;
  readonly error: ApiError | null;
  readonly onChange: (changes: Partial<ImportForm>) => void;
}

const exampleForm = "d.M.yyyy H:mm";
const zones = Intl.supportedValuesOf("timeZone");

export function ImportOptions({ form, rows, series, error, onChange }: Props) {
  const errorOf = (field: string) => (error?.field === field ? error.message : undefined);
  const text = (
    field: "symbol" | "name" | "currency" | "timezone",
    label: string,
    hint: string,
    attributes: { readonly placeholder?: string; readonly list?: string } = {},
  ) => (
    <Field label={label} hint={hint} error={errorOf(field)}>
      {(tied) => (
        <input
          {...tied}
          {...attributes}
          className={input.input}
          value={form[field]}
          autoComplete="off"
          onChange={(event) => onChange({ [field]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <div className={styles.options}>
      {text("symbol", t("Symbol"), t("What the series is found by"))}
      {!series && text("name", t("Name"), t("Optional"))}
      {!series && text("currency", t("Currency"), t("Optional, such as USD"))}
      {!series &&
        text("timezone", t("Time zone"), t("Of the exchange. Empty: UTC"), {
          placeholder: "UTC",
          list: "timezones",
        })}
      <Field label={t("Dates are written as")} error={errorOf("dateFormat")}>
        {(tied) => (
          <select
            {...tied}
            className={input.input}
            value={form.dateFormat}
            onChange={(event) => onChange({ dateFormat: event.target.value })}
          >
            <option value="">{t("As the file tells")}</option>
            {dateForms(rows, form.dateFormat).map(({ pattern, name }) => (
              <option key={pattern} value={pattern}>
                {name}
              </option>
            ))}
            <option value={ownForm}>{t("Another form, spelled in letters")}</option>
          </select>
        )}
      </Field>
      {form.dateFormat === ownForm && (
        <Field
          label={t("The form in letters")}
          hint={t(
            "y year, M month (MMM by name), d day, H hour (h with a for am and pm), m minute, s second, Z zone: {example}",
            { example: exampleForm },
          )}
        >
          {(tied) => (
            <input
              {...tied}
              className={input.input}
              value={form.ownDateFormat}
              placeholder={exampleForm}
              autoComplete="off"
              onChange={(event) => onChange({ ownDateFormat: event.target.value })}
            />
          )}
        </Field>
      )}
      <datalist id="timezones">
        {zones.map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
    </div>
  );
}
