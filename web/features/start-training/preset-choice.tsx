/** Configurations to begin with. */
"use client";
import { typeset } from "../../lib/format.ts";
import { said } from "../../lib/words/said.ts";
import { t } from "../../lib/words/t.ts";
import type { Preset } from "./start-choices.ts";
import styles from "./start-form.module.css";

interface Props {
  readonly presets: readonly Preset[];
  readonly chosenId: string | null;
  readonly onChoose: (preset: Preset) => void;
}

const groupName = "preset";

export function PresetChoice({ presets, chosenId, onChoose }: Props) {
  const chosen = presets.find(({ id }) => id === chosenId);
  return (
    <fieldset>
      <legend className="visually-hidden">{t("Begin with")}</legend>
      <div className={styles.presets}>
        {presets.map((preset) => (
          <label key={preset.id} className={styles.preset}>
            <input
              type="radio"
              name={groupName}
              value={preset.id}
              aria-label={said(preset.title)}
              aria-describedby={`preset-${preset.id}`}
              checked={preset.id === chosenId}
              onChange={() => onChoose(preset)}
            />
            <strong>{said(preset.title)}</strong>
            <span id={`preset-${preset.id}`}>{said(preset.description)}</span>
          </label>
        ))}
      </div>
      <p className={styles.expectation} data-testid="expectation">
        {chosen && (
          <>
            <strong>{t("What to expect")}</strong> {typeset(chosen.expectation)}
          </>
        )}
      </p>
    </fieldset>
  );
}
