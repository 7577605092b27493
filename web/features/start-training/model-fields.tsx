/** The network: its layers and the variant of its gates. */
"use client";
import { Button } from "../../components/button.tsx";
import { Field } from "../../components/field.tsx";
import input from "../../components/input.module.css";
import { Segmented } from "../../components/segmented.tsx";
import type { LayerValues } from "./form-values.ts";
import styles from "./start-form.module.css";
import type { StartForm } from "./use-start-form.ts";

const mostLayers = 4;

export function ModelFields({ form }: { form: StartForm }) {
  const { values, change, errorOf } = form;
  const { layers } = values;
  const changeLayer = (index: number, changes: Partial<LayerValues>) =>
    change({ layers: layers.map((layer, i) => (i === index ? { ...layer, ...changes } : layer)) });
  return (
    <div className={styles.model}>
      <div className={styles.layers}>
        {layers.map((layer, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a layer is its place in the stack
          <div key={index} className={styles.layer}>
            <span>GRU {index + 1}</span>
            <LayerInput
              label="Units"
              name={`layers[${index}].units`}
              value={layer.units}
              error={errorOf(`layers[${index}].units`)}
              onChange={(units) => changeLayer(index, { units })}
            />
            <LayerInput
              label="Dropout"
              name={`layers[${index}].dropout`}
              value={layer.dropout}
              error={errorOf(`layers[${index}].dropout`)}
              onChange={(dropout) => changeLayer(index, { dropout })}
            />
            {layers.length > 1 && (
              <Button onClick={() => change({ layers: layers.filter((_, i) => i !== index) })}>
                Remove<span className="visually-hidden"> layer {index + 1}</span>
              </Button>
            )}
          </div>
        ))}
        {errorOf("layers") && <p className={styles.error}>{errorOf("layers")}</p>}
        <div>
          <Button
            disabled={layers.length >= mostLayers}
            onClick={() => change({ layers: [...layers, { units: "64", dropout: "0.2" }] })}
          >
            Add a layer
          </Button>
        </div>
      </div>
      <div>
        <p className={styles.legend}>Reset gate</p>
        <Segmented
          label="Reset gate"
          value={values.resetAfter ? "after" : "before"}
          choices={[
            { value: "after", name: "After the product (Keras, PyTorch, cuDNN)" },
            { value: "before", name: "Before it (original formula)" },
          ]}
          onChange={(choice) => change({ resetAfter: choice === "after" })}
        />
      </div>
    </div>
  );
}

interface LayerInputProps {
  readonly label: string;
  readonly name: string;
  readonly value: string;
  readonly error: string | undefined;
  readonly onChange: (value: string) => void;
}

function LayerInput({ label, name, value, error, onChange }: LayerInputProps) {
  return (
    <Field label={label} error={error}>
      {(attributes) => (
        <input
          {...attributes}
          name={name}
          className={input.input}
          inputMode="decimal"
          autoComplete="off"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
