/** The form's state: what is typed, what is wrong with it, and how it is sent. */
"use client";
import { useRouter } from "next/navigation";
import { useMemo, useState } from "react";
import { useMutation } from "urql";
import type { StartExperimentInput, StartTrainingInput } from "../../graphql/generated/graphql.ts";
import { type ApiError, readErrors } from "../../lib/api-error.ts";
import { inWords } from "../../lib/api-words.ts";
import { randomKey } from "../../lib/random-key.ts";
import { checkForm, type FormErrors } from "./checks.ts";
import { startExperimentMutation, startTrainingMutation } from "./documents.ts";
import {
  type Beginning,
  type FieldValue,
  type FormValues,
  labelsOf,
  type RecipeField,
  trainingInput,
  withField,
} from "./form-values.ts";
import { checkRepeat, experimentInput, type Repeat } from "./repeat.ts";
import { type Axis, axesOf } from "./sweep.ts";
import { numberOf } from "./typed-numbers.ts";
import { type Preview, usePreview } from "./use-preview.ts";

export interface StartForm {
  readonly fields: readonly RecipeField[];
  readonly values: FormValues;
  readonly change: (changes: Partial<FormValues>) => void;
  readonly repeat: Repeat;
  readonly changeRepeat: (changes: Partial<Repeat>) => void;
  readonly changeField: (name: string, value: FieldValue) => void;
  readonly errorOf: (path: string) => string | undefined;
  /** Fields with several values, each combination of which becomes a run. */
  readonly axes: readonly Axis[];
  /** What was asked last; null before. How the series would be cut, how long it would take. */
  readonly preview: Preview | null;
  /** The request as it would be sent; null while something is wrong. */
  readonly request: {
    readonly training: StartTrainingInput;
    readonly experiment: StartExperimentInput | null;
  } | null;
  /** Of the server, about no field that the form shows. */
  readonly generalErrors: readonly string[];
  readonly isSending: boolean;
  /** Whether it was sent: with errors, the first of them gets the focus. */
  readonly submit: () => boolean;
}

/**
 * @param preset what the values began with; null: a run's configuration
 * @param firstRepeat how many runs it begins with
 */
export function useStartForm(
  initial: FormValues,
  fields: readonly RecipeField[],
  preset: Beginning | null,
  firstRepeat: Repeat,
  onSent: () => void,
): StartForm {
  const router = useRouter();
  const [values, setValues] = useState(initial);
  const [repeat, setRepeat] = useState(firstRepeat);
  const [wasTried, setWasTried] = useState(false);
  const [refusals, setRefusals] = useState<readonly ApiError[]>([]);
  // Pressed twice, or sent again after a lost answer, the same form starts one run.
  const [key, setKey] = useState(randomKey);
  const [oneRun, startRun] = useMutation(startTrainingMutation);
  const [severalRuns, startExperiment] = useMutation(startExperimentMutation);
  const labels = useMemo(() => labelsOf(fields), [fields]);

  const checked = useMemo(() => checkForm(values, fields), [values, fields]);
  const isRight = Object.keys(checked).length === 0;
  const axes = useMemo(() => (isRight ? axesOf(values, fields) : []), [isRight, values, fields]);
  const repeatErrors = checkRepeat(repeat, axes);
  const asked = useMemo(
    () => (isRight ? trainingInput(values, fields, null, preset) : null),
    [isRight, values, fields, preset],
  );
  const { preview, isCurrent } = usePreview(asked);
  const problem = isCurrent ? (preview?.problem ?? null) : null;

  const isShown = (path: string | null): path is string => path !== null && isFieldOf(fields, path);
  const errors: FormErrors = {
    ...checked,
    ...repeatErrors,
    ...(problem && { [formField(fields, problem.field)]: inWords(problem.message, labels) }),
    ...byField(
      fields,
      refusals.filter(({ field }) => isShown(field)),
    ),
  };

  const onChanged = () => {
    setRefusals([]);
    setKey(randomKey());
  };
  const change = (changes: Partial<FormValues>) => {
    setValues((before) => ({ ...before, ...changes }));
    onChanged();
  };
  const experimentOf = (training: StartTrainingInput) =>
    experimentInput(repeat, training, axes, numberOf(String(values.recipe.seed)));
  const isWhole = isRight && !problem && Object.keys(repeatErrors).length === 0;
  const request = isWhole && asked ? { training: asked, experiment: experimentOf(asked) } : null;
  const send = async () => {
    const training = trainingInput(values, fields, key, preset);
    const experiment = experimentOf(training);
    if (experiment) {
      const { data, error } = await startExperiment({ input: experiment });
      if (error) setRefusals(readErrors(error, labels));
      else if (data) {
        onSent();
        router.push(`/experiments/${data.startExperiment.experiment.id}`);
      }
    } else {
      const { data, error } = await startRun({ input: training });
      if (error) setRefusals(readErrors(error, labels));
      else if (data) {
        onSent();
        router.push(`/runs/${data.startTraining.run.id}`);
      }
    }
  };

  return {
    fields,
    values,
    change,
    repeat,
    changeRepeat(changes) {
      setRepeat((before) => ({ ...before, ...changes }));
      onChanged();
    },
    changeField: (name, value) => change(withField(values, name, value)),
    // Nobody has failed to choose a series before trying to go on without one.
    errorOf: (path) => (path === "priceSeriesId" && !wasTried ? undefined : errors[path]),
    axes,
    preview,
    request,
    generalErrors: refusals.filter(({ field }) => !isShown(field)).map(({ message }) => message),
    isSending: oneRun.fetching || severalRuns.fetching,
    submit() {
      setWasTried(true);
      if (!isWhole) return false;
      void send();
      return true;
    },
  };
}

/** A choice of several is one field of the form; the API names which of its entries, or what part of it, it means. */
function formField(fields: readonly RecipeField[], path: string): string {
  const [name = ""] = path.split("[");
  return fields.some((field) => field.name === name && field.kind !== "LAYERS") ? name : path;
}

const isFieldOf = (fields: readonly RecipeField[], path: string): boolean => {
  const [name = ""] = path.split(/[[.]/);
  return (
    ["priceSeriesId", "name", "engine", "seeds", "folds"].includes(name) ||
    fields.some((field) => field.name === name)
  );
};

const byField = (fields: readonly RecipeField[], refusals: readonly ApiError[]): FormErrors =>
  Object.fromEntries(refusals.map(({ field, message }) => [formField(fields, field ?? ""), message]));
