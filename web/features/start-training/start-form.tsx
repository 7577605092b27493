/** The form for a new run: presets on top, then every choice with its check beside it. */
"use client";
import { useRef, useState } from "react";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { Notice } from "../../components/notice.tsx";
import type { StartChoicesQuery } from "../../graphql/generated/graphql.ts";
import { DataFields } from "./data-fields.tsx";
import { type FormValues, formValues } from "./form-values.ts";
import { ModelFields } from "./model-fields.tsx";
import { PresetChoice } from "./preset-choice.tsx";
import styles from "./start-form.module.css";
import { TrainingFields } from "./training-fields.tsx";
import { useStartForm } from "./use-start-form.ts";

export type Preset = StartChoicesQuery["trainingPresets"][number];
export type SeriesChoice = StartChoicesQuery["allPriceSeries"]["edges"][number]["node"];

interface Props {
  readonly initial: FormValues;
  readonly series: readonly SeriesChoice[];
  readonly presets: readonly Preset[];
  /** Whether `initial` is another run's configuration rather than the first preset. */
  readonly hasModel: boolean;
}

export function StartForm({ initial, series, presets, hasModel }: Props) {
  const element = useRef<HTMLFormElement>(null);
  const [presetId, setPresetId] = useState(hasModel ? null : (presets[0]?.id ?? null));
  const form = useStartForm(initial, (id) => series.find((choice) => choice.id === id)?.barCount ?? null);
  const chosen = series.find(({ id }) => id === form.values.priceSeriesId) ?? null;

  return (
    <form
      ref={element}
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (form.submit()) return;
        // The messages of the first attempt are drawn first.
        requestAnimationFrame(() =>
          element.current?.querySelector<HTMLElement>("[aria-invalid='true']")?.focus(),
        );
      }}
    >
      <PresetChoice
        presets={presets}
        chosenId={presetId}
        onChoose={(preset) => {
          setPresetId(preset.id);
          form.change(formValues(form.values, preset));
        }}
      />
      <Card title="Data">
        <DataFields form={form} series={series} chosen={chosen} />
      </Card>
      <Card title="Model">
        <ModelFields form={form} />
      </Card>
      <Card title="Training">
        <TrainingFields form={form} />
      </Card>
      {form.generalErrors.length > 0 && (
        <Notice tone="bad" title="The run was not started">
          {form.generalErrors.map((message) => (
            <p key={message}>{message}</p>
          ))}
        </Notice>
      )}
      <div className={styles.submit}>
        <Button kind="primary" type="submit" disabled={form.isSending}>
          {form.isSending ? "Starting…" : "Start the run"}
        </Button>
      </div>
    </form>
  );
}
