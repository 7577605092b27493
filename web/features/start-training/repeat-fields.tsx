/** Whether one run is started, or several that answer one question. */
"use client";
import { Segmented } from "../../components/segmented.tsx";
import { t } from "../../lib/words/t.ts";
import { TextInput } from "./inputs.tsx";
import type { Plan } from "./repeat.ts";
import styles from "./start-form.module.css";
import type { StartForm } from "./use-start-form.ts";

const plans = (): readonly { value: Plan; name: string }[] => [
  { value: "ONE", name: t("One run") },
  { value: "SEEDS", name: t("Several seeds") },
  { value: "WALK_FORWARD", name: t("Walk forward") },
];

function hintOn(plan: Plan): string {
  switch (plan) {
    case "ONE":
      return t("One training, one score: how much of it is luck, it does not tell.");
    case "SEEDS":
      return t(
        "The same recipe again and again, each time from another seed: how much of the score is luck, and what the mean of all is worth.",
      );
    case "WALK_FORWARD":
      return t(
        "Trained on the past, tested on the next bars, trained again a little later: whether it holds at other times. The test bars are shared by all folds.",
      );
  }
}

/** As the API calls them. */
const seedsField = "seeds";
const foldsField = "folds";

export function RepeatFields({ form: { repeat, changeRepeat, errorOf } }: { readonly form: StartForm }) {
  return (
    <div className={styles.repeat}>
      <Segmented
        label={t("How many runs")}
        value={repeat.plan}
        choices={plans()}
        onChange={(plan) => changeRepeat({ plan })}
      />
      <p className={styles.aside}>{hintOn(repeat.plan)}</p>
      {repeat.plan === "SEEDS" && (
        <TextInput
          name={seedsField}
          label={t("Seeds")}
          hint={t("From the seed above on")}
          error={errorOf(seedsField)}
          value={repeat.seeds}
          onChange={(seeds) => changeRepeat({ seeds })}
          isNumber
        />
      )}
      {repeat.plan === "WALK_FORWARD" && (
        <TextInput
          name={foldsField}
          label={t("Folds")}
          hint={t("How often it is trained anew")}
          error={errorOf(foldsField)}
          value={repeat.folds}
          onChange={(folds) => changeRepeat({ folds })}
          isNumber
        />
      )}
    </div>
  );
}
