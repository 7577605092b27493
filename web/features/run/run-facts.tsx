/** What a run belongs to, what people said of it, and what may be done with it. */
"use client";
import { useRouter } from "next/navigation";
import { ButtonLink } from "../../components/button.tsx";
import { PageLink } from "../../components/page-link.tsx";
import { DeleteRunsButton } from "../../entities/run/delete-runs-button.tsx";
import { RunActions } from "../../entities/run/run-actions.tsx";
import { count, moment } from "../../lib/format.ts";
import { rich, t } from "../../lib/words/t.ts";
import type { Run } from "./run.ts";
import styles from "./run-page.module.css";
import { partInWords } from "./verdict.ts";

interface Props {
  readonly run: Run;
  readonly status: Run["status"];
  readonly onChanged: () => void;
}

export function RunFacts({ run, status, onChanged }: Props) {
  const { priceSeries, experiment, createdAt, startedAt, tags, note, seriesVersion } = run;
  const router = useRouter();
  const versions = { number: count(seriesVersion.number), newest: count(priceSeries.version.number) };
  const { baselineRun } = priceSeries;
  const others = baselineRun && baselineRun.id !== run.id ? `,${baselineRun.id}&base=${baselineRun.id}` : "";
  return (
    <div className={styles.facts}>
      <div className={styles.words}>
        <PageLink href={`/series/${priceSeries.id}`}>{priceSeries.name ?? priceSeries.symbol}</PageLink>
        {experiment && (
          <span>
            {partInWords(experiment)}{" "}
            <PageLink href={`/experiments/${experiment.id}`}>{experiment.name}</PageLink>
          </span>
        )}
        <time dateTime={startedAt ?? createdAt}>
          {startedAt
            ? t("Began {time}", { time: moment(startedAt) })
            : t("Asked for {time}", { time: moment(createdAt) })}
        </time>
        <span data-testid="data-version">
          {seriesVersion.id === priceSeries.version.id
            ? t("Data version {number} of {newest}", versions)
            : rich("Data version {number} of {newest}: the series changed since, {look}", {
                ...versions,
                look: <PageLink href={`/series/${priceSeries.id}`}>{t("link|look")}</PageLink>,
              })}
        </span>
        {tags.map((tag) => (
          <span key={tag} className={styles.tag}>
            {tag}
          </span>
        ))}
      </div>
      <div className={styles.actions}>
        <ButtonLink href={`/runs/new?like=${run.id}`}>{t("Run again with changes")}</ButtonLink>
        <ButtonLink href={`/compare?runs=${run.id}${others}`}>{t("Compare")}</ButtonLink>
        <RunActions run={run} onChanged={onChanged} />
        {status !== "RUNNING" && <DeleteRunsButton runs={[run]} onDeleted={() => router.push("/runs")} />}
      </div>
      {note && <p className={styles.note}>{note}</p>}
    </div>
  );
}
