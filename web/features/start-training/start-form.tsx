/** The form for a new run: presets on top, then every choice with its check beside it. */
"use client";
import { useRef, useState } from "react";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { shortMoment, word } from "../../lib/format.ts";
import { said } from "../../lib/words/said.ts";
import { t } from "../../lib/words/t.ts";
import { type Draft, readDraft } from "./draft.ts";
import { changedFields, engines, type FormValues, formValues, type RecipeField } from "./form-values.ts";
import { Choice } from "./inputs.tsx";
import { PresetChoice } from "./preset-choice.tsx";
import { MoreRecipeFields, RecipeFields } from "./recipe-fields.tsx";
import { once, repeatOf } from "./repeat.ts";
import { RepeatFields } from "./repeat-fields.tsx";
import { SeriesFields } from "./series-fields.tsx";
import type { Preset, SeriesChoice } from "./start-choices.ts";
import styles from "./start-form.module.css";
import { StartRail } from "./start-rail.tsx";
import { browserStore, useDraft } from "./use-draft.ts";
import { useStartForm } from "./use-start-form.ts";

interface Props {
  readonly initial: FormValues;
  readonly fields: readonly RecipeField[];
  readonly series: readonly SeriesChoice[];
  readonly presets: readonly Preset[];
  /** The run whose configuration `initial` is, rather than the first preset's. */
  readonly like: { readonly id: string; readonly name: string } | null;
  /** The series that the address names: it goes before a draft's. */
  readonly seriesId: string | null;
}

/** As the API calls it. */
const engineField = "engine";

export function StartForm({ initial, fields, series, presets, like, seriesId }: Props) {
  const element = useRef<HTMLFormElement>(null);
  const [begin] = useState(() => {
    const presetId = like ? null : (presets[0]?.id ?? null);
    const repeat = like || !presets[0] ? once : repeatOf(presets[0]);
    const fresh = { values: initial, repeat, presetId };
    const draft = readDraft(browserStore(), like?.id ?? null, fresh, fields);
    if (!draft) return { ...fresh, savedAt: null };
    const known = series.some(({ id }) => id === draft.values.priceSeriesId);
    const priceSeriesId = seriesId ?? (known ? draft.values.priceSeriesId : initial.priceSeriesId);
    return { ...draft, values: { ...draft.values, priceSeriesId } };
  });
  const [presetId, setPresetId] = useState(begin.presetId);
  const [draftAt, setDraftAt] = useState(begin.savedAt);
  const preset = presets.find(({ id }) => id === presetId) ?? null;
  const form = useStartForm(begin.values, fields, preset, begin.repeat, () => drafts.forget());
  const drafts = useDraft(like?.id ?? null, { values: form.values, repeat: form.repeat, presetId });
  const [before, setBefore] = useState<Pick<Draft, "values" | "repeat" | "presetId"> | null>(null);

  const begun = preset ? formValues(form.values, fields, preset.values) : initial;
  /** Whatever was typed can be had back. */
  const startAnew = (to: Preset | null) => {
    if (changedFields(begun, form.values, fields).length > 0)
      setBefore({ values: form.values, repeat: form.repeat, presetId });
    setPresetId(to?.id ?? null);
    form.change(to ? formValues(form.values, fields, to.values) : { recipe: initial.recipe });
    form.changeRepeat(to ? repeatOf(to) : once);
  };
  const takeBack = (kept: NonNullable<typeof before>) => {
    setPresetId(kept.presetId);
    form.change(kept.values);
    form.changeRepeat(kept.repeat);
    setBefore(null);
  };

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
      <div className={styles.cards}>
        {draftAt !== null && (
          <p className={styles.draft} data-testid="draft">
            <span>{t("Your draft of {time} is back.", { time: shortMoment(draftAt) })}</span>
            <Button
              onClick={() => {
                setDraftAt(null);
                startAnew(like ? null : (presets[0] ?? null));
                form.change({ name: "" });
                drafts.startOver();
              }}
            >
              {t("Start over")}
            </Button>
          </p>
        )}
        <PresetChoice presets={presets} chosenId={presetId} onChoose={startAnew} />
        <Card title={t("Data")}>
          <div className={styles.fields}>
            <SeriesFields form={form} series={series} />
            <RecipeFields form={form} series={series} group="DATA" />
          </div>
          <MoreRecipeFields form={form} series={series} group="DATA" about={t("the data")} />
        </Card>
        <Card title={t("Model")}>
          <div className={styles.fields}>
            <RecipeFields form={form} series={series} group="MODEL" />
          </div>
          <MoreRecipeFields form={form} series={series} group="MODEL" about={t("the network")} />
        </Card>
        <Card title={t("Training")}>
          <div className={styles.fields}>
            <RecipeFields form={form} series={series} group="TRAINING" />
            <Choice
              name={engineField}
              label={t("Engine")}
              error={form.errorOf(engineField)}
              value={form.values.engine}
              onChange={(engine) => form.change({ engine: engine as FormValues["engine"] })}
              options={engines.map((value) => ({
                value,
                name: value === "AUTO" ? t("The fastest here") : word(value),
              }))}
            />
          </div>
          <MoreRecipeFields form={form} series={series} group="TRAINING" about={t("the training")} />
        </Card>
        <Card
          title={t("How many runs")}
          note={t("Several values in a field, such as 16, 32 or 1-5, make a run of each combination")}
        >
          <RepeatFields form={form} />
        </Card>
      </div>
      <aside className={styles.beside}>
        <StartRail
          form={form}
          begun={begun}
          begunName={preset ? said(preset.title) : (like?.name ?? t("the form"))}
          onReset={() => startAnew(preset)}
          onUndo={before && (() => takeBack(before))}
        />
      </aside>
    </form>
  );
}
