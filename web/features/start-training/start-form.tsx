/** The form for a new run: presets on top, then every choice with its check beside it. */
"use client";
import { useRef, useState } from "react";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { Notice } from "../../components/notice.tsx";
import { word } from "../../lib/format.ts";
import { engines, type FormValues, formValues, type RecipeField } from "./form-values.ts";
import { Choice } from "./inputs.tsx";
import { PresetChoice } from "./preset-choice.tsx";
import { MoreRecipeFields, RecipeFields } from "./recipe-fields.tsx";
import { once, repeatOf, startWords } from "./repeat.ts";
import { RepeatFields } from "./repeat-fields.tsx";
import { SeriesFields } from "./series-fields.tsx";
import { SplitBar } from "./split-bar.tsx";
import type { Preset, SeriesChoice } from "./start-choices.ts";
import styles from "./start-form.module.css";
import { useStartForm } from "./use-start-form.ts";

interface Props {
  readonly initial: FormValues;
  readonly fields: readonly RecipeField[];
  readonly series: readonly SeriesChoice[];
  readonly presets: readonly Preset[];
  /** Whether `initial` is another run's configuration rather than the first preset. */
  readonly hasModel: boolean;
}

export function StartForm({ initial, fields, series, presets, hasModel }: Props) {
  const element = useRef<HTMLFormElement>(null);
  const [presetId, setPresetId] = useState(hasModel ? null : (presets[0]?.id ?? null));
  const preset = presets.find(({ id }) => id === presetId) ?? null;
  const form = useStartForm(initial, fields, preset, preset ? repeatOf(preset) : once);

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
          form.change(formValues(form.values, fields, preset.values));
          form.changeRepeat(repeatOf(preset));
        }}
      />
      <Card title="Data">
        <div className={styles.fields}>
          <SeriesFields form={form} series={series} />
          <RecipeFields form={form} series={series} group="DATA" />
          {form.splits.length > 0 && <SplitBar splits={form.splits} />}
        </div>
        <MoreRecipeFields form={form} series={series} group="DATA" about="the data" />
      </Card>
      <Card title="Model">
        <div className={styles.fields}>
          <RecipeFields form={form} series={series} group="MODEL" />
        </div>
        <MoreRecipeFields form={form} series={series} group="MODEL" about="the network" />
      </Card>
      <Card title="Training">
        <div className={styles.fields}>
          <RecipeFields form={form} series={series} group="TRAINING" />
          <Choice
            name="engine"
            label="Engine"
            error={form.errorOf("engine")}
            value={form.values.engine}
            onChange={(engine) => form.change({ engine: engine as FormValues["engine"] })}
            options={engines.map((value) => ({
              value,
              name: value === "AUTO" ? "The fastest here" : word(value),
            }))}
          />
        </div>
        <MoreRecipeFields form={form} series={series} group="TRAINING" about="the training" />
      </Card>
      <Card title="How many runs">
        <RepeatFields form={form} />
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
          {form.isSending ? "Starting…" : startWords(form.repeat)}
        </Button>
      </div>
    </form>
  );
}
