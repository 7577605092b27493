/** Plain inputs of the form, each with its label, its hint and what is wrong with it. */
"use client";
import { type ReactNode, useId } from "react";
import { Field } from "../../components/field.tsx";
import input from "../../components/input.module.css";
import styles from "./start-form.module.css";

interface InputProps<Value> {
  /** Path of the field, as the API writes it. */
  readonly name: string;
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error: string | undefined;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

interface TextProps extends InputProps<string> {
  readonly placeholder?: string | undefined;
  readonly isNumber?: boolean;
}

export function TextInput({ name, label, hint, error, value, onChange, placeholder, isNumber }: TextProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(attributes) => (
        <input
          {...attributes}
          name={name}
          className={input.input}
          placeholder={placeholder}
          inputMode={isNumber ? "decimal" : undefined}
          autoComplete="off"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

export interface Option {
  readonly value: string;
  readonly name: string;
}

export function Choice({
  name,
  label,
  hint,
  error,
  value,
  onChange,
  options,
}: InputProps<string> & { readonly options: readonly Option[] }) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(attributes) => (
        <select
          {...attributes}
          name={name}
          className={input.input}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

export function Check({ name, label, hint, error, value, onChange }: InputProps<boolean>) {
  const id = useId();
  const [labelId, hintId, errorId] = [`${id}-label`, `${id}-hint`, `${id}-error`];
  return (
    <div className={styles.whole}>
      <label className={styles.check}>
        <input
          type="checkbox"
          name={name}
          checked={value}
          aria-labelledby={labelId}
          aria-describedby={idsOf(hint && hintId, error && errorId)}
          aria-invalid={error !== undefined}
          onChange={(event) => onChange(event.target.checked)}
        />
        <span id={labelId}>{label}</span>
        {hint && (
          <span id={hintId} className={styles.aside}>
            {hint}
          </span>
        )}
      </label>
      {error && (
        <p id={errorId} className={styles.error}>
          {error}
        </p>
      )}
    </div>
  );
}

export function Checks({
  name,
  label,
  error,
  value,
  onChange,
  options,
}: InputProps<readonly string[]> & { readonly options: readonly Option[] }) {
  const errorId = useId();
  return (
    <fieldset className={styles.whole} aria-describedby={idsOf(error && errorId)}>
      <legend className={styles.legend}>{label}</legend>
      <div className={styles.checks}>
        {options.map((option) => (
          <label key={option.value}>
            <input
              type="checkbox"
              name={name}
              checked={value.includes(option.value)}
              aria-invalid={error !== undefined}
              onChange={(event) =>
                onChange(
                  event.target.checked
                    ? [...value, option.value]
                    : value.filter((other) => other !== option.value),
                )
              }
            />
            {option.name}
          </label>
        ))}
      </div>
      {error && (
        <p id={errorId} className={styles.error}>
          {error}
        </p>
      )}
    </fieldset>
  );
}

const idsOf = (...ids: readonly ReactNode[]): string | undefined =>
  ids.filter(Boolean).join(" ") || undefined;
