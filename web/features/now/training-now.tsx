/** The run that trains at this moment, drawn live on top of the list: a newcomer sees what this is all about. */
"use client";
import { useState } from "react";
import { ButtonLink } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { StatusChip } from "../../entities/run/status-chip.tsx";
import { runSnapshotQuery } from "../../entities/run-history/documents.ts";
import { LossChart } from "../../entities/run-history/loss-chart.tsx";
import { progressOf } from "../../entities/run-history/progress.ts";
import { ProgressFigures } from "../../entities/run-history/progress-figures.tsx";
import { useRunHistory } from "../../entities/run-history/use-run-history.ts";
import type { RunRow } from "../../entities/run-list/live-runs.ts";
import { useApiQuery } from "../../lib/use-api-query.ts";
import styles from "./training-now.module.css";

export function TrainingNow({ runs }: { runs: readonly RunRow[] }) {
  // Once it is done it stays until another one trains: nobody likes a chart that vanishes under their eyes.
  const [shownId, setShownId] = useState<string | null>(null);
  const training = runs.find(({ status }) => status === "RUNNING");
  if (training && training.id !== shownId) setShownId(training.id);
  const run = runs.find(({ id }) => id === shownId);
  return run ? <LiveRun key={run.id} run={run} /> : null;
}

function LiveRun({ run }: { run: RunRow }) {
  const { data, isFetching, refetch } = useApiQuery(runSnapshotQuery, { id: run.id });
  const history = useRunHistory({ snapshot: data?.run ?? null, isFetching, refetch });
  const progress = progressOf(run, history);
  return (
    <div className={styles.now}>
      <Card
        title={run.name}
        note={run.priceSeries.name ?? run.priceSeries.symbol}
        actions={<StatusChip status={progress.status} />}
      >
        <div className={styles.words}>
          <ProgressFigures progress={progress} epochs={history.epochs} />
          <ButtonLink href={`/runs/${run.id}`} kind={progress.status === "SUCCEEDED" ? "primary" : "plain"}>
            {progress.status === "SUCCEEDED" ? "See its predictions and scores" : "Open the run"}
          </ButtonLink>
        </div>
      </Card>
      <LossChart
        epochs={history.epochs}
        lastEpoch={progress.epochs}
        scoredEpoch={null}
        isActive={progress.isActive}
        height={220}
      />
    </div>
  );
}
