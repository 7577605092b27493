/** The page of one run: from waiting, over the live losses, to the scores and the overlay. */
"use client";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { ButtonLink } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { Notice } from "../../components/notice.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Empty, Failure, Loading } from "../../components/states.tsx";
import { TabTitle } from "../../components/tab-title.tsx";
import { DeleteRunsButton } from "../../entities/run/delete-runs-button.tsx";
import { StatusChip } from "../../entities/run/status-chip.tsx";
import { LossChart } from "../../entities/run-history/loss-chart.tsx";
import { progressOf, tabTitleOf } from "../../entities/run-history/progress.ts";
import { ProgressFigures } from "../../entities/run-history/progress-figures.tsx";
import { useRunHistory } from "../../entities/run-history/use-run-history.ts";
import { inWords } from "../../lib/api-words.ts";
import { moment } from "../../lib/format.ts";
import { useApiQuery } from "../../lib/use-api-query.ts";
import { useEvery } from "../../lib/use-every.ts";
import { useUntil } from "../../lib/use-until.ts";
import { CancelButton } from "./cancel-button.tsx";
import { Configuration } from "./configuration.tsx";
import { CoverageCard } from "./coverage-card.tsx";
import { runQuery } from "./documents.ts";
import { EventLog } from "./event-log.tsx";
import { ForecastCard } from "./forecast-card.tsx";
import { LeaderboardCard } from "./leaderboard-card.tsx";
import { OverlayCard } from "./overlay-card.tsx";
import type { Run } from "./run.ts";
import styles from "./run-page.module.css";
import { partInWords } from "./verdict.ts";
import { VerdictCard } from "./verdict-card.tsx";

const refreshPlaceMs = 3_000;
const nothing = () => {};

export function RunPage({ id }: { id: string }) {
  const { data, error, isFetching, refetch } = useApiQuery(runQuery, { id });
  const run = data?.run;
  if (run) return <LoadedRun key={run.id} run={run} isFetching={isFetching} refetch={refetch} />;
  return (
    <Card>
      <TabTitle>Run</TabTitle>
      {error && <Failure error={error} onRetry={refetch} />}
      {!error && !data && <Loading lines={8} label="Loading the run" />}
      {!error && data && (
        <Empty title="There is no such run" action={<ButtonLink href="/">All runs</ButtonLink>}>
          The address may be mistyped, or the run was deleted.
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
  const { isActive, status } = progress;
  const router = useRouter();
  // Engine, scores, warnings and errors come with a new status: then the fetched run is out of date.
  useUntil(status === run.status, refetch);
  // Others that leave the queue tell nothing to those that wait.
  useEvery(refreshPlaceMs, progress.status === "QUEUED" ? refetch : nothing);

  // Whoever watched the losses goes on to see them: what the end brings is laid beneath, and nothing jumps.
  const [wasWatched] = useState(isActive);
  const hasResult = run.scores.length > 0;
  const losses = (
    <LossChart
      epochs={history.epochs}
      lastEpoch={isActive ? progress.epochs : progress.epoch}
      scoredEpoch={run.bestEpoch}
      isActive={isActive}
    />
  );
  return (
    <>
      <TabTitle>{tabTitleOf(run.name, progress)}</TabTitle>
      <PageHeader
        title={run.name}
        facts={<RunFacts run={run} status={status} />}
        actions={
          <>
            <ButtonLink href={`/runs/new?like=${run.id}`}>Run again with changes</ButtonLink>
            {isActive && (
              <CancelButton runId={run.id} epoch={progress.epoch} isRequested={run.cancelRequested} />
            )}
            {status !== "RUNNING" && <DeleteRunsButton runs={[run]} onDeleted={() => router.push("/")} />}
          </>
        }
      >
        <div className={wasWatched ? styles.kept : undefined}>
          {isActive && (
            <Card>
              <ProgressFigures progress={progress} epochs={history.epochs} />
            </Card>
          )}
          {run.error && (
            <Notice tone="bad" title="This run failed">
              <p>{inWords(run.error.message)}</p>
            </Notice>
          )}
          {hasResult && <VerdictCard run={run} />}
        </div>
      </PageHeader>
      <div className={styles.page}>
        {wasWatched && losses}
        <Warnings warnings={run.warnings} />
        {status === "SUCCEEDED" && hasResult && <ForecastCard run={run} />}
        {hasResult && <OverlayCard run={run} />}
        {hasResult && <LeaderboardCard run={run} />}
        {run.coverage.length > 0 && <CoverageCard run={run} />}
        {!wasWatched && losses}
        <div className={styles.pair}>
          <Configuration run={run} />
          <EventLog runId={run.id} log={history.log} />
        </div>
      </div>
    </>
  );
}

function Warnings({ warnings }: Pick<Run, "warnings">) {
  if (warnings.length === 0) return null;
  return (
    <Notice tone="caution" title="Keep in mind when reading the results">
      <ul>
        {warnings.map((warning) => (
          <li key={warning}>{inWords(warning)}</li>
        ))}
      </ul>
    </Notice>
  );
}

function RunFacts({ run, status }: { run: Run; status: Run["status"] }) {
  const { priceSeries, experiment, createdAt } = run;
  return (
    <>
      <StatusChip status={status} />
      <Link href={`/series/${priceSeries.id}`}>{priceSeries.name ?? priceSeries.symbol}</Link>
      {experiment && (
        <span>
          {partInWords(experiment)} <Link href={`/experiments/${experiment.id}`}>{experiment.name}</Link>
        </span>
      )}
      <time dateTime={createdAt}>{moment(createdAt)}</time>
    </>
  );
}
