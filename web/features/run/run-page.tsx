/** The page of one run: from waiting, over the live losses, to the scores and the overlay. */
"use client";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
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
import { duration, moment, word } from "../../lib/format.ts";
import { useApiQuery } from "../../lib/use-api-query.ts";
import { useEvery } from "../../lib/use-every.ts";
import { CancelButton } from "./cancel-button.tsx";
import { Configuration } from "./configuration.tsx";
import { runQuery } from "./documents.ts";
import { EventLog } from "./event-log.tsx";
import { OverlayCard } from "./overlay-chart.tsx";
import type { Run } from "./run.ts";
import styles from "./run-page.module.css";
import { Scores } from "./scores.tsx";

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
  const router = useRouter();
  useRefetchOnChange(history.status, run.status, refetch);
  // Others that leave the queue tell nothing to those that wait.
  useEvery(refreshPlaceMs, progress.status === "QUEUED" ? refetch : nothing);

  const { isActive, status } = progress;
  const hasResult = run.scores.length > 0;
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
      />
      <div className={styles.page}>
        {run.error && (
          <Notice tone="bad" title="This run failed">
            <p>{inWords(run.error.message)}</p>
          </Notice>
        )}
        {run.warnings.length > 0 && (
          <Notice tone="caution" title="Keep in mind when reading the results">
            <ul>
              {run.warnings.map((warning) => (
                <li key={warning}>{inWords(warning)}</li>
              ))}
            </ul>
          </Notice>
        )}
        {isActive && (
          <Card>
            <ProgressFigures progress={progress} epochs={history.epochs} />
          </Card>
        )}
        {hasResult && <OverlayCard run={run} />}
        <div className={hasResult ? styles.pair : undefined}>
          <LossChart
            epochs={history.epochs}
            lastEpoch={isActive ? progress.epochs : progress.epoch}
            scoredEpoch={run.bestEpoch}
            isActive={isActive}
          />
          {hasResult && <Scores run={run} />}
        </div>
        <div className={styles.pair}>
          <Configuration config={run.config} />
          <EventLog runId={run.id} log={history.log} />
        </div>
      </div>
    </>
  );
}

function RunFacts({ run, status }: { run: Run; status: Run["status"] }) {
  const tookMs =
    run.startedAt && run.finishedAt ? Date.parse(run.finishedAt) - Date.parse(run.startedAt) : null;
  return (
    <>
      <StatusChip status={status} />
      <Link href={`/series/${run.priceSeries.id}`}>{run.priceSeries.name ?? run.priceSeries.symbol}</Link>
      {run.engine && (
        <span>
          {word(run.engine)}
          {run.device && `, ${run.device}`}
        </span>
      )}
      <time dateTime={run.createdAt}>{moment(run.createdAt)}</time>
      {tookMs !== null && <span>took {duration(tookMs)}</span>}
    </>
  );
}

/** Engine, scores, warnings and errors come with a new status: then the fetched run is out of date. */
function useRefetchOnChange(heard: Run["status"] | null, fetched: Run["status"], refetch: () => void): void {
  const asked = useRef<Run["status"]>(fetched);
  useEffect(() => {
    if (heard === null || heard === fetched || heard === asked.current) return;
    asked.current = heard;
    refetch();
  }, [heard, fetched, refetch]);
}
