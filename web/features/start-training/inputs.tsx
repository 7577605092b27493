/** The form's inputs, tied to its state by the name of the field. */
"use client";
import type { ReactNode } from "react";
import { Field } from "../../components/field.tsx";
import input from "../../components/input.module.css";
import type { FormValues } from "./form-values.ts";
import styles from "./start-form.module.css";
import type { StartForm } from "./use-start-form.ts";

type FieldOf<Value> = {
  [Key in keyof FormValues]: FormValues[Key] extends Value ? Key : never;
}[keyof FormValues];
type TextField = Exclude<FieldOf<string>, FieldOf<"PRICE" | "OPEN" | "TRAIN" | "AUTO">>;

interface InputProps {
  readonly form: StartForm;
  readonly label: string;
  readonly hint?: ReactNode;
}

export function TextInput({
  form,
  name,
  label,
  hint,
  placeholder,
  isNumber = false,
}: InputProps & { name: TextField; placeholder?: string; isNumber?: boolean }) {
  return (
    <Field label={label} hint={hint} error={form.errorOf(name)}>
      {(attributes) => (
        <input
          {...attributes}
          name={name}
          className={input.input}
          placeholder={placeholder}
          inputMode={isNumber ? "decimal" : undefined}
          autoComplete="off"
          value={form.values[name]}
          onChange={(event) => form.change({ [name]: event.target.value })}
        />
      )}
    </Field>
  );
}

export function Choice<Name extends "priceSeriesId" | "target" | "transform" | "scalerFit" | "engine">({
  form,
  name,
  label,
  hint,
  choices,
  onChoose = (value) => form.change({ [name]: value }),
}: InputProps & {
  name: Name;
  choices: readonly { readonly value: FormValues[Name]; readonly name: string }[];
  onChoose?: (value: FormValues[Name]) => void;
}) {
  return (
    <Field label={label} hint={hint} error={form.errorOf(name)}>
      {(attributes) => (
        <select
          {...attributes}
          name={name}
          className={input.input}
          value={form.values[name]}
          onChange={(event) => onChoose(event.target.value as FormValues[Name])}
        >
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

export function Check({ form, name, label }: InputProps & { name: FieldOf<boolean> }) {
  const error = form.errorOf(name);
  return (
    <div>
      <label className={styles.check}>
        <input
          type="checkbox"
          name={name}
          checked={form.values[name]}
          aria-invalid={error !== undefined}
          onChange={(event) => form.change({ [name]: event.target.checked })}
        />
        {label}
      </label>
      {error && <p className={styles.error}>{error}</p>}
    </div>
  );
}
