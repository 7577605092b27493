/** Chooses the runs whose predictions lie over a series' prices. */
"use client";
import { signedPercent } from "../../lib/format.ts";
import { t, tn } from "../../lib/words/t.ts";
import { type LayableRun, mostLaid } from "./laid-runs.ts";
import styles from "./series-page.module.css";

interface Props {
  readonly runs: readonly LayableRun[];
  readonly laid: readonly string[];
  readonly onLay: (id: string, isLaid: boolean) => void;
}

const shown = 20;

export function LayRuns({ runs, laid, onLay }: Props) {
  if (runs.length === 0) return null;
  return (
    <details className={styles.lay}>
      <summary>{t("Lay runs’ predictions of the test over it")}</summary>
      <fieldset>
        <legend className="visually-hidden">{tn(mostLaid, "Up to {n} run", "Up to {n} runs")}</legend>
        {runs.slice(0, shown).map(({ id, name, scores }) => {
          const test = scores.find(({ split }) => split === "TEST");
          return (
            <label key={id}>
              <input
                type="checkbox"
                checked={laid.includes(id)}
                onChange={({ target }) => onLay(id, target.checked)}
              />
              <span>
                {test ? t("{name}, {skill} beside naive", { name, skill: signedPercent(test.skill) }) : name}
              </span>
            </label>
          );
        })}
      </fieldset>
    </details>
  );
}
