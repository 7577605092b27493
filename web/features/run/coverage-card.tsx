/** Whether the run's intervals held what they promise. */
import { Card } from "../../components/card.tsx";
import { ScrollBox } from "../../components/scroll-box.tsx";
import table from "../../components/table.module.css";
import { targetOf } from "../../entities/run/target.ts";
import { t } from "../../lib/words/t.ts";
import { heldInWords, share, sourceInWords, widthInWords } from "./coverage.ts";
import styles from "./coverage-card.module.css";
import type { Run } from "./run.ts";

export function CoverageCard({ run }: { run: Run }) {
  const target = targetOf(run.config.target, run.priceSeries.currency);
  const hasSteps = run.config.horizon > 1;
  return (
    <Card title={t("Intervals on the test")} note={sourceInWords(run.intervalSource)} isFlush>
      <ScrollBox label={t("How well the intervals held")}>
        <table className={table.table} data-testid="coverage">
          <thead>
            <tr>
              {hasSteps && <th scope="col">{t("Step")}</th>}
              <th scope="col">{t("Promised")}</th>
              <th scope="col" className={table.number} title={t("Share of real values within the interval")}>
                {t("Held")}
              </th>
              <th scope="col" className={table.number} title={t("Lowest share in a block of 50 bars")}>
                {t("Worst 50 bars")}
              </th>
              <th
                scope="col"
                className={table.number}
                title={t("Mean distance from the lower to the upper end")}
              >
                {target.noun === "volatility" ? t("Mean reach") : t("Mean width")}
              </th>
              <th
                scope="col"
                title={t("How likely so many or so few misses are where the promise holds (Kupiec 1995)")}
              >
                {t("In words")}
              </th>
            </tr>
          </thead>
          <tbody>
            {run.coverage.map((one) => (
              <tr key={`${one.step} ${one.level}`}>
                {hasSteps && <td>{one.step}</td>}
                <th scope="row" className={styles.promised}>
                  {share(one.level)}
                </th>
                <td className={table.number}>{share(one.covered)}</td>
                <td className={table.number}>{share(one.worstBlock)}</td>
                <td className={table.number}>{widthInWords(one, target)}</td>
                <td className={styles.words}>{heldInWords(one)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </Card>
  );
}
