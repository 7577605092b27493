/** The form's state: what is typed, what is wrong with it, and how it is sent. */
"use client";
import { useRouter } from "next/navigation";
import { useMemo, useState } from "react";
import { useMutation } from "urql";
import { type ApiError, readErrors } from "../../lib/api-error.ts";
import { randomKey } from "../../lib/random-key.ts";
import { checkForm, type FormErrors } from "./checks.ts";
import { startTrainingMutation } from "./documents.ts";
import { type FormValues, trainingInput } from "./form-values.ts";

export interface StartForm {
  readonly values: FormValues;
  readonly change: (changes: Partial<FormValues>) => void;
  readonly errorOf: (field: string) => string | undefined;
  /** Of the server, about no field that the form shows. */
  readonly generalErrors: readonly string[];
  readonly isSending: boolean;
  /** Whether it was sent: with errors, the first of them gets the focus. */
  readonly submit: () => boolean;
}

export function useStartForm(
  initial: FormValues,
  barCountOf: (seriesId: string) => number | null,
): StartForm {
  const router = useRouter();
  const [values, setValues] = useState(initial);
  const [wasTried, setWasTried] = useState(false);
  const [refusals, setRefusals] = useState<readonly ApiError[]>([]);
  // Pressed twice, or sent again after a lost answer, the same form starts one run.
  const [key, setKey] = useState(randomKey);
  const [{ fetching }, start] = useMutation(startTrainingMutation);

  const barCount = barCountOf(values.priceSeriesId);
  const checked = useMemo(() => checkForm(values, barCount), [values, barCount]);
  const errors: FormErrors = { ...checked, ...byField(refusals) };

  const send = async () => {
    const { data, error } = await start({ input: trainingInput(values, key) });
    if (error) setRefusals(readErrors(error));
    else if (data) router.push(`/runs/${data.startTraining.run.id}`);
  };

  return {
    values,
    change(changes) {
      setValues((before) => ({ ...before, ...changes }));
      setRefusals([]);
      setKey(randomKey());
    },
    // Nobody has failed to choose a series before trying to go on without one.
    errorOf: (field) => (field === "priceSeriesId" && !wasTried ? undefined : errors[field]),
    generalErrors: refusals.filter(({ field }) => !isShown(field)).map(({ message }) => message),
    isSending: fetching,
    submit() {
      setWasTried(true);
      if (Object.keys(checked).length > 0) return false;
      void send();
      return true;
    },
  };
}

const shown =
  /^(priceSeriesId|name|target|transform|features|window|horizon|layers|layers\[\d\]\.(units|dropout)|epochs|batchSize|learningRate|clipNorm|weightDecay|seed|testBars|validationBars|validateOnTest|scalerFit|engine)$/;

/** The features are one field of the form; the API names which of them it means. */
const formField = (field: string) => field.replace(/^features\[\d+\]$/, "features");
const isShown = (field: string | null) => field !== null && shown.test(formField(field));

const byField = (refusals: readonly ApiError[]): FormErrors =>
  Object.fromEntries(
    refusals.flatMap(({ field, message }) =>
      field !== null && isShown(field) ? [[formField(field), message]] : [],
    ),
  );
