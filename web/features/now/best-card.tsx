/** The best run of each series, with what its experiment's other seeds say of it, and how often its test was looked at. */

import { Card } from "../../components/card.tsx";
import { PageLink } from "../../components/page-link.tsx";
import { Skill } from "../../entities/run/skill.tsx";
import type { StandingsQuery } from "../../graphql/generated/graphql.ts";
import { percent, signedPercent } from "../../lib/format.ts";
import { t, tn } from "../../lib/words/t.ts";
import styles from "./lists.module.css";

type Leader = StandingsQuery["seriesLeaders"][number];

export function BestCard({ leaders, isTouchable }: { leaders: readonly Leader[]; isTouchable: boolean }) {
  return (
    <Card
      title={t("Best so far")}
      note={
        leaders.length === 0
          ? t("No run was scored yet.")
          : t(
              "Test skill against the naive forecast. The more runs looked at a test, the more its best is luck.",
            )
      }
    >
      {leaders.length > 0 && (
        <ul className={styles.list} aria-label={t("Best run of each series")}>
          {leaders.map((leader) => (
            <BestOfSeries
              key={leader.priceSeries?.id ?? leader.run?.id}
              leader={leader}
              isTouchable={isTouchable}
            />
          ))}
        </ul>
      )}
    </Card>
  );
}

function BestOfSeries({ leader, isTouchable }: { leader: Leader; isTouchable: boolean }) {
  const { run, priceSeries, skill } = leader;
  if (!run || !priceSeries) return null;
  return (
    <li className={styles.two} data-best={run.id}>
      <span className={styles.strong}>{priceSeries.symbol}</span>
      <span className={styles.name} title={run.name}>
        {isTouchable ? <PageLink href={`/runs/${run.id}`}>{run.name}</PageLink> : run.name}
      </span>
      <Skill value={skill} />
      <span className={styles.beneath}>
        {beneath(leader, tn(run.testUses, "{n} run looked at this test", "{n} runs looked at this test"))}
      </span>
    </li>
  );
}

/** "Mean of its 5 runs −0.4% ± 1.2%; 12 runs looked at this test" */
function beneath({ count, skillMean, skillDeviation }: Leader, looked: string): string {
  if (count < 2 || skillDeviation === null) return looked;
  const spread = { count, mean: signedPercent(skillMean), deviation: percent(skillDeviation, 1) };
  return t("Mean of its {count} runs {mean} ± {deviation}; {looked}", { ...spread, looked });
}
