/** How the network is trained. */
"use client";
import { word } from "../../lib/format.ts";
import { engines } from "./form-values.ts";
import { Choice, TextInput } from "./inputs.tsx";
import styles from "./start-form.module.css";
import type { StartForm } from "./use-start-form.ts";

export function TrainingFields({ form }: { form: StartForm }) {
  return (
    <div className={styles.fields}>
      <TextInput form={form} name="epochs" label="Epochs" isNumber />
      <TextInput form={form} name="batchSize" label="Batch size" isNumber />
      <TextInput form={form} name="learningRate" label="Learning rate" hint="Adam's step size" isNumber />
      <TextInput
        form={form}
        name="clipNorm"
        label="Gradient clipping"
        hint="Largest norm; empty: none"
        placeholder="None"
        isNumber
      />
      <TextInput form={form} name="weightDecay" label="Weight decay" hint="As in AdamW; 0: none" isNumber />
      <TextInput form={form} name="seed" label="Seed" hint="The same seed gives the same losses" isNumber />
      <Choice
        form={form}
        name="scalerFit"
        label="Scaler fitted on"
        choices={[
          { value: "TRAIN", name: "The training split" },
          { value: "EACH_SPLIT", name: "Each split on its own (it leaks)" },
        ]}
      />
      <Choice
        form={form}
        name="engine"
        label="Engine"
        choices={engines.map((value) => ({
          value,
          name: value === "AUTO" ? "The fastest here" : word(value),
        }))}
      />
    </div>
  );
}
