/** Which step of the horizon is looked at: a few side by side, many in a list. */
"use client";
import input from "../../components/input.module.css";
import { Segmented } from "../../components/segmented.tsx";
import { t } from "../../lib/words/t.ts";
import styles from "./step-choice.module.css";

const mostSideBySide = 5;

interface Props<Step extends number | null> {
  readonly horizon: number;
  readonly step: Step;
  /** Whether all steps together, null, can be chosen. */
  readonly hasAll?: boolean;
  readonly onChange: (step: Step) => void;
}

export function StepChoice<Step extends number | null>({
  horizon,
  step,
  hasAll = false,
  onChange,
}: Props<Step>) {
  const steps = Array.from({ length: horizon }, (_, i) => String(i + 1));
  const read = (text: string) => onChange((text === "all" ? null : Number(text)) as Step);
  const value = step === null ? "all" : String(step);
  if (horizon <= mostSideBySide)
    return (
      <Segmented
        label={t("Step ahead")}
        value={value}
        choices={[
          ...(hasAll ? [{ value: "all", name: t("All steps") }] : []),
          ...steps.map((one, i) => ({
            value: one,
            name: i === 0 && !hasAll ? t("Step {step}", { step: one }) : one,
          })),
        ]}
        onChange={read}
      />
    );
  return (
    <label className={styles.step}>
      {t("Step ahead")}
      <select className={input.input} value={value} onChange={(event) => read(event.target.value)}>
        {hasAll && <option value="all">{t("steps|All")}</option>}
        {steps.map((one) => (
          <option key={one}>{one}</option>
        ))}
      </select>
    </label>
  );
}
