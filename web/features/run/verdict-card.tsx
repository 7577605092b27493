/** What a finished run is worth, and whether its scores can be believed. The first thing on its page. */
import { Finding } from "../../components/finding.tsx";
import { targetOf } from "../../entities/run/target.ts";
import { said } from "../../lib/words/said.ts";
import { t } from "../../lib/words/t.ts";
import type { Run } from "./run.ts";
import { usesInWords, verdictOn } from "./verdict.ts";
import styles from "./verdict-card.module.css";

export function VerdictCard({ run }: { run: Run }) {
  const verdict = verdictOn(run, targetOf(run.config.target, run.priceSeries.currency));
  const uses = usesInWords(run.testUses);
  if (!verdict) return null;
  return (
    <Finding tone={verdict.tone} headline={verdict.headline}>
      <p>{verdict.explanation}</p>
      {run.leakTest && <LeakChip {...run.leakTest} />}
      {uses && <p className={styles.uses}>{uses}</p>}
    </Finding>
  );
}

/** Its detail opens by mouse, finger and keyboard. */
function LeakChip({ passed, detail }: NonNullable<Run["leakTest"]>) {
  return (
    <details className={styles.leak}>
      <summary className={passed ? styles.passed : styles.failed}>
        {passed ? t("Leak test passed") : t("It knew what was still to come")}
      </summary>
      <p>{said(detail)}</p>
    </details>
  );
}
