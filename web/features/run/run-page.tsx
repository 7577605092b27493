/** The page of one run: the verdict first, then the losses, what is forecast, the test, and all that lies behind it. */
"use client";
import { useState } from "react";
import { Beneath } from "../../components/beneath.tsx";
import { ButtonLink } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { Gone } from "../../components/gone.tsx";
import { Notice } from "../../components/notice.tsx";
import { Empty, Failure, Loading } from "../../components/states.tsx";
import { TabTitle } from "../../components/tab-title.tsx";
import { useDeleted } from "../../entities/run/deleted-here.ts";
import { StopMenu } from "../../entities/run/stop-menu.tsx";
import { LossChart } from "../../entities/run-history/loss-chart.tsx";
import { progressOf, tabTitleOf } from "../../entities/run-history/progress.ts";
import { ProgressFigures } from "../../entities/run-history/progress-figures.tsx";
import { useRunHistory } from "../../entities/run-history/use-run-history.ts";
import { useRunChanges } from "../../entities/run-list/run-changes.tsx";
import { inWords } from "../../lib/api-words.ts";
import { useApiQuery } from "../../lib/use-api-query.ts";
import { useEvery } from "../../lib/use-every.ts";
import { useStillThere } from "../../lib/use-still-there.ts";
import { useUntil } from "../../lib/use-until.ts";
import { t } from "../../lib/words/t.ts";
import { ApiCard } from "./api-card.tsx";
import { Configuration } from "./configuration.tsx";
import { CoverageCard } from "./coverage-card.tsx";
import { runIsThereQuery, runQuery } from "./documents.ts";
import { EventLog } from "./event-log.tsx";
import { ForecastCard } from "./forecast-card.tsx";
import { LeaderboardCard } from "./leaderboard-card.tsx";
import { isOutdated } from "./outdated.ts";
import { ResumeButton } from "./resume-button.tsx";
import { notesOn, type Run } from "./run.ts";
import { RunFacts } from "./run-facts.tsx";
import { RunHeader } from "./run-header.tsx";
import styles from "./run-page.module.css";
import { SoFarCard } from "./so-far-card.tsx";
import { TestCard } from "./test-card.tsx";
import { VerdictCard } from "./verdict-card.tsx";

const refreshPlaceMs = 3_000;
/** What needs a person is found on the server, which tells it with the run. */
const refreshAttentionMs = 15_000;
const nothing = () => {};

export function RunPage({ id }: { id: string }) {
  const { data, error, isFetching, refetch } = useApiQuery(runQuery, { id });
  const [known, setKnown] = useState<Run | null>(null);
  const deleted = useDeleted();
  const isThere = useStillThere(runIsThereQuery, id);
  const run = data?.run;
  if (run && run !== known) setKnown(run);
  const wasThere = known?.id === id;
  const isDeleted = !isThere || deleted.has(id) || deleted.has(known?.priceSeries.id ?? "");
  if (wasThere && (isDeleted || data?.run === null))
    return (
      <Gone
        title={t("This run was deleted")}
        action={<ButtonLink href="/runs">{t("All runs")}</ButtonLink>}
      />
    );
  if (run) return <LoadedRun key={run.id} run={run} isFetching={isFetching} refetch={refetch} />;
  return (
    <Card>
      <TabTitle>{t("Run")}</TabTitle>
      <h1 className="visually-hidden">{t("Run")}</h1>
      {error && <Failure error={error} onRetry={refetch} />}
      {!error && !data && <Loading lines={8} label={t("Loading the run")} />}
      {!error && data && (
        <Empty
          title={t("There is no such run")}
          action={<ButtonLink href="/runs">{t("All runs")}</ButtonLink>}
        >
          {t("The address may be mistyped, or the run was deleted.")}
        </Empty>
      )}
    </Card>
  );
}

interface Loaded {
  readonly run: Run;
  readonly isFetching: boolean;
  readonly refetch: () => void;
}

function LoadedRun({ run, isFetching, refetch }: Loaded) {
  const history = useRunHistory({ snapshot: run, isFetching, refetch });
  const progress = progressOf(run, history);
  const { isActive, status, epoch } = progress;
  // Engine, scores, warnings and errors come with a new status: then the fetched run is out of date.
  useUntil(status === run.status, refetch);
  // In another tab, or by somebody else: resumed, asked to stop, renamed.
  useUntil(!isOutdated(run, useRunChanges().get(run.id)), refetch);
  // Others that leave the queue tell nothing to those that wait.
  useEvery(refreshPlaceMs, progress.status === "QUEUED" ? refetch : nothing);
  useEvery(refreshAttentionMs, progress.status === "RUNNING" ? refetch : nothing);

  // Whoever watched the losses goes on to see the figures' place kept: what the end brings is laid beneath, and nothing jumps.
  const [wasWatched] = useState(isActive);
  const hasResult = run.scores.length > 0;
  const canResume = status === "CANCELLED" && epoch > 0;
  return (
    <>
      <TabTitle>{tabTitleOf(run.name, progress)}</TabTitle>
      <RunHeader
        name={run.name}
        isBaseline={run.isBaseline}
        progress={progress}
        actions={
          <>
            {isActive && (
              <StopMenu
                {...{ runId: run.id, epoch, isRequested: run.cancelRequested }}
                isScoreRequested={run.scoreRequested}
              />
            )}
            {canResume && <ResumeButton runId={run.id} onResumed={refetch} />}
          </>
        }
      />
      <div className={styles.page}>
        <div className={`${styles.first} ${wasWatched ? styles.kept : ""}`}>
          {run.error && (
            <Notice tone="bad" title={t("This run failed")}>
              <p>{inWords(run.error.message)}</p>
            </Notice>
          )}
          {hasResult ? (
            <VerdictCard run={run} />
          ) : (
            !run.error && <SoFarCard {...{ run, epochs: history.epochs, status }} />
          )}
          {isActive && (
            <Card>
              <ProgressFigures progress={progress} epochs={history.epochs} />
            </Card>
          )}
        </div>
        <RunFacts run={run} status={status} onChanged={refetch} />
        <Warnings warnings={notesOn(run)} />
        <LossChart
          epochs={history.epochs}
          lastEpoch={isActive ? progress.epochs : progress.epoch}
          scoredEpoch={run.bestEpoch}
          isActive={isActive}
          naiveLoss={run.naiveLoss}
          runId={run.id}
        />
        <Beneath>
          {status === "SUCCEEDED" && hasResult && <ForecastCard run={run} />}
          {hasResult && <TestCard run={run} />}
          {hasResult && <LeaderboardCard run={run} />}
          {run.coverage.length > 0 && <CoverageCard run={run} />}
          <div className={styles.pair}>
            <Configuration run={run} />
            <EventLog runId={run.id} log={history.log} />
          </div>
          <ApiCard runId={run.id} />
        </Beneath>
      </div>
    </>
  );
}

function Warnings({ warnings }: Pick<Run, "warnings">) {
  if (warnings.length === 0) return null;
  return (
    <Notice tone="caution" title={t("Keep in mind when reading the results")}>
      <ul>
        {warnings.map((warning) => (
          <li key={warning}>{inWords(warning)}</li>
        ))}
      </ul>
    </Notice>
  );
}
