/** Whether one run is started, or several that answer one question. */
"use client";
import { Segmented } from "../../components/segmented.tsx";
import { TextInput } from "./inputs.tsx";
import type { Plan } from "./repeat.ts";
import styles from "./start-form.module.css";
import type { StartForm } from "./use-start-form.ts";

const plans: readonly { value: Plan; name: string }[] = [
  { value: "ONE", name: "One run" },
  { value: "SEEDS", name: "Several seeds" },
  { value: "WALK_FORWARD", name: "Walk forward" },
];

const hints: Readonly<Record<Plan, string>> = {
  ONE: "One training, one score: how much of it is luck, it does not tell.",
  SEEDS:
    "The same recipe again and again, each time from another seed: how much of the score is luck, and what the mean of all is worth.",
  WALK_FORWARD:
    "Trained on the past, tested on the next bars, trained again a little later: whether it holds at other times. The test bars are shared by all folds.",
};

export function RepeatFields({ form: { repeat, changeRepeat, errorOf } }: { readonly form: StartForm }) {
  return (
    <div className={styles.repeat}>
      <Segmented
        label="How many runs"
        value={repeat.plan}
        choices={plans}
        onChange={(plan) => changeRepeat({ plan })}
      />
      <p className={styles.aside}>{hints[repeat.plan]}</p>
      {repeat.plan === "SEEDS" && (
        <TextInput
          name="seeds"
          label="Seeds"
          hint="From the seed above on"
          error={errorOf("seeds")}
          value={repeat.seeds}
          onChange={(seeds) => changeRepeat({ seeds })}
          isNumber
        />
      )}
      {repeat.plan === "WALK_FORWARD" && (
        <TextInput
          name="folds"
          label="Folds"
          hint="How often it is trained anew"
          error={errorOf("folds")}
          value={repeat.folds}
          onChange={(folds) => changeRepeat({ folds })}
          isNumber
        />
      )}
    </div>
  );
}
