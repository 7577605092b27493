/** Every forecaster over all runs of an experiment: the mean, and how far it differs from run to run. */
import { Card } from "../../components/card.tsx";
import { ScrollBox } from "../../components/scroll-box.tsx";
import { Empty } from "../../components/states.tsx";
import table from "../../components/table.module.css";
import { Skill } from "../../entities/run/skill.tsx";
import type { Target } from "../../entities/run/target.ts";
import type { ExperimentPlan } from "../../graphql/generated/graphql.ts";
import { count } from "../../lib/format.ts";
import { t } from "../../lib/words/t.ts";
import styles from "./group-leaderboard.module.css";
import { type GroupRow, groupName, maeCell, skillSpread } from "./group-scores.ts";

interface Props {
  readonly rows: readonly GroupRow[];
  readonly plan: ExperimentPlan;
  readonly target: Target;
}

export function GroupLeaderboard({ rows, plan, target }: Props) {
  return (
    <Card
      title={t("Forecasters")}
      note={
        plan === "WALK_FORWARD"
          ? t("On the tests of all runs: the mean ± the deviation from fold to fold")
          : t("On the tests of all runs: the mean ± the deviation from seed to seed")
      }
      isFlush
    >
      {rows.length === 0 ? (
        <Empty title={t("No scores yet")}>{t("They come as soon as the first run is done.")}</Empty>
      ) : (
        <ScrollBox label={t("Scores of all forecasters")}>
          <table className={`${table.table} ${styles.scores}`} data-testid="group-leaderboard">
            <thead>
              <tr>
                <th scope="col">{t("Forecaster")}</th>
                <th scope="col" className={table.number}>
                  {t("Skill")}
                </th>
                <th scope="col" className={table.number}>
                  {target.noun === "volatility" ? t("MAE, log") : "MAE"}
                </th>
                <th scope="col" className={table.number}>
                  {plan === "WALK_FORWARD" ? t("Folds") : plan === "SEEDS" ? t("Seeds") : t("Runs")}
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr
                  key={`${row.forecaster} ${row.name}`}
                  className={
                    row.forecaster === "GRU" || row.forecaster === "ENSEMBLE" ? styles.own : undefined
                  }
                >
                  <th scope="row">{groupName(row, target)}</th>
                  <td className={table.number}>
                    {row.forecaster === "LAST_VALUE" ? "0%" : <Skill value={row.skillMean} />}
                    <span className={table.soft}>{skillSpread(row)}</span>
                  </td>
                  <td className={table.number}>{maeCell(row, target)}</td>
                  <td className={table.number}>{count(row.count)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      )}
    </Card>
  );
}
