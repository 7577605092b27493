/** The best run of each series, with what its experiment's other seeds say of it, and how often its test was looked at. */

import { Card } from "../../components/card.tsx";
import { PageLink } from "../../components/page-link.tsx";
import { Skill } from "../../entities/run/skill.tsx";
import type { StandingsQuery } from "../../graphql/generated/graphql.ts";
import { percent, plural, signedPercent } from "../../lib/format.ts";
import styles from "./lists.module.css";

type Leader = StandingsQuery["seriesLeaders"][number];

export function BestCard({ leaders, isTouchable }: { leaders: readonly Leader[]; isTouchable: boolean }) {
  return (
    <Card
      title="Best so far"
      note={
        leaders.length === 0
          ? "No run was scored yet."
          : "Test skill against the naive forecast. The more runs looked at a test, the more its best is luck."
      }
    >
      {leaders.length > 0 && (
        <ul className={styles.list} aria-label="Best run of each series">
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
        {spreadWords(leader)}
        {plural(run.testUses, "run")} looked at this test
      </span>
    </li>
  );
}

/** "Mean of 5 seeds −0.4% ± 1.2%; " */
function spreadWords({ count, skillMean, skillDeviation }: Leader): string {
  if (count < 2 || skillDeviation === null) return "";
  return `Mean of its ${count} runs ${signedPercent(skillMean)} ± ${percent(skillDeviation, 1)}; `;
}
