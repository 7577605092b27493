/** The stack of recurrent layers: parts of each, one more, one less. */
"use client";
import { useId } from "react";
import { Button } from "../../components/button.tsx";
import { said } from "../../lib/words/said.ts";
import { t } from "../../lib/words/t.ts";
import type { LayerValues, RecipeField } from "./form-values.ts";
import { TextInput } from "./inputs.tsx";
import styles from "./start-form.module.css";

interface Props {
  readonly field: RecipeField;
  readonly layers: readonly LayerValues[];
  readonly errorOf: (path: string) => string | undefined;
  readonly onChange: (layers: readonly LayerValues[]) => void;
}

/** Of a layer that is added. */
const usualLayer: LayerValues = { units: "64", dropout: "0.2" };

export function Layers({ field, layers, errorOf, onChange }: Props) {
  const id = useId();
  const error = errorOf(field.name);
  const changeLayer = (index: number, changes: LayerValues) =>
    onChange(layers.map((layer, at) => (at === index ? { ...layer, ...changes } : layer)));
  return (
    <fieldset
      className={`${styles.layers} ${styles.whole}`}
      aria-label={said(field.label)}
      aria-describedby={error ? `${id}-error` : undefined}
    >
      {layers.map((layer, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a layer is its place in the stack
        <fieldset key={index} className={styles.layer} aria-labelledby={`${id}-${index}`}>
          <span id={`${id}-${index}`}>{`GRU ${index + 1}`}</span>
          {field.parts.map((part) => (
            <TextInput
              key={part.name}
              name={`${field.name}[${index}].${part.name}`}
              label={said(part.label)}
              error={errorOf(`${field.name}[${index}].${part.name}`)}
              value={layer[part.name] ?? ""}
              onChange={(text) => changeLayer(index, { [part.name]: text })}
              isNumber
            />
          ))}
          {layers.length > (field.minimum ?? 1) && (
            <Button onClick={() => onChange(layers.filter((_, at) => at !== index))}>
              {t("Remove")}
              <span className="visually-hidden">{t(" layer {number}", { number: index + 1 })}</span>
            </Button>
          )}
        </fieldset>
      ))}
      {error && (
        <p id={`${id}-error`} className={styles.error}>
          {error}
        </p>
      )}
      <div>
        <Button
          disabled={field.maximum != null && layers.length >= field.maximum}
          onClick={() => onChange([...layers, usualLayer])}
        >
          {t("Add a layer")}
        </Button>
      </div>
    </fieldset>
  );
}
