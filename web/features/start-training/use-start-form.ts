/** The form's state: what is typed, what is wrong with it, and how it is sent. */
"use client";
import { useRouter } from "next/navigation";
import { useMemo, useState } from "react";
import { useMutation } from "urql";
import { type ApiError, readErrors } from "../../lib/api-error.ts";
import { inWords } from "../../lib/api-words.ts";
import { randomKey } from "../../lib/random-key.ts";
import { checkForm, type FormErrors } from "./checks.ts";
import { startTrainingMutation } from "./documents.ts";
import {
  type Beginning,
  type FieldValue,
  type FormValues,
  labelsOf,
  type RecipeField,
  trainingInput,
  withField,
} from "./form-values.ts";
import { type Preview, usePreview } from "./use-preview.ts";

export interface StartForm {
  readonly fields: readonly RecipeField[];
  readonly values: FormValues;
  readonly change: (changes: Partial<FormValues>) => void;
  readonly changeField: (name: string, value: FieldValue) => void;
  readonly errorOf: (path: string) => string | undefined;
  /** How the series would be cut, as far as the API was asked. */
  readonly splits: Preview["splits"];
  /** Of the server, about no field that the form shows. */
  readonly generalErrors: readonly string[];
  readonly isSending: boolean;
  /** Whether it was sent: with errors, the first of them gets the focus. */
  readonly submit: () => boolean;
}

/** @param preset what the values began with; null: a run's configuration */
export function useStartForm(
  initial: FormValues,
  fields: readonly RecipeField[],
  preset: Beginning | null,
): StartForm {
  const router = useRouter();
  const [values, setValues] = useState(initial);
  const [wasTried, setWasTried] = useState(false);
  const [refusals, setRefusals] = useState<readonly ApiError[]>([]);
  // Pressed twice, or sent again after a lost answer, the same form starts one run.
  const [key, setKey] = useState(randomKey);
  const [{ fetching }, start] = useMutation(startTrainingMutation);
  const labels = useMemo(() => labelsOf(fields), [fields]);

  const checked = useMemo(() => checkForm(values, fields), [values, fields]);
  const isRight = Object.keys(checked).length === 0;
  const asked = useMemo(
    () => (isRight ? trainingInput(values, fields, null, preset) : null),
    [isRight, values, fields, preset],
  );
  const { preview, isCurrent } = usePreview(asked);
  const problem = isCurrent ? (preview?.problem ?? null) : null;

  const isShown = (path: string | null): path is string => path !== null && isFieldOf(fields, path);
  const errors: FormErrors = {
    ...checked,
    ...(problem && { [formField(problem.field)]: inWords(problem.message, labels) }),
    ...byField(refusals.filter(({ field }) => isShown(field))),
  };

  const change = (changes: Partial<FormValues>) => {
    setValues((before) => ({ ...before, ...changes }));
    setRefusals([]);
    setKey(randomKey());
  };
  const send = async () => {
    const { data, error } = await start({ input: trainingInput(values, fields, key, preset) });
    if (error) setRefusals(readErrors(error, labels));
    else if (data) router.push(`/runs/${data.startTraining.run.id}`);
  };

  return {
    fields,
    values,
    change,
    changeField: (name, value) => change(withField(values, name, value)),
    // Nobody has failed to choose a series before trying to go on without one.
    errorOf: (path) => (path === "priceSeriesId" && !wasTried ? undefined : errors[path]),
    splits: preview?.splits ?? [],
    generalErrors: refusals.filter(({ field }) => !isShown(field)).map(({ message }) => message),
    isSending: fetching,
    submit() {
      setWasTried(true);
      if (!isRight || problem) return false;
      void send();
      return true;
    },
  };
}

/** A choice of several is one field of the form; the API names which of its entries it means. */
const formField = (path: string): string => path.replace(/^(\w+)\[\d+\]$/, "$1");

const isFieldOf = (fields: readonly RecipeField[], path: string): boolean => {
  const [name = ""] = path.split(/[[.]/);
  return ["priceSeriesId", "name", "engine"].includes(name) || fields.some((field) => field.name === name);
};

const byField = (refusals: readonly ApiError[]): FormErrors =>
  Object.fromEntries(refusals.map(({ field, message }) => [formField(field ?? ""), message]));
