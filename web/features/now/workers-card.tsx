/** What each worker does. */

import { Card } from "../../components/card.tsx";
import { PageLink } from "../../components/page-link.tsx";
import type { StandingsQuery } from "../../graphql/generated/graphql.ts";
import { word } from "../../lib/format.ts";
import { said } from "../../lib/words/said.ts";
import { rich, t } from "../../lib/words/t.ts";
import styles from "./lists.module.css";

type Worker = StandingsQuery["workers"][number];

export function WorkersCard({ workers, isTouchable }: { workers: readonly Worker[]; isTouchable: boolean }) {
  return (
    <Card
      title={t("Workers")}
      note={workers.length === 0 ? t("No worker is here: runs wait until one starts.") : undefined}
    >
      {workers.length > 0 && (
        <ul className={styles.list} aria-label={t("Workers")}>
          {workers.map(({ id, host, device, status, currentRuns }) => (
            <li key={id} className={styles.two}>
              <span className={styles.strong}>{host}</span>
              <span className={styles.name} title={said(device)}>
                {said(device)}
              </span>
              <span className={status === "LOST" ? styles.bad : styles.soft}>{word(status)}</span>
              {currentRuns.length > 0 && (
                <span className={styles.beneath}>
                  {rich("Trains {runs}", {
                    runs: currentRuns.map((run, place) => (
                      <span key={run.id} className={styles.run}>
                        {place > 0 && t(", ")}
                        {isTouchable ? <PageLink href={`/runs/${run.id}`}>{run.name}</PageLink> : run.name}
                      </span>
                    )),
                  })}
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
