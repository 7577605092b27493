/** The page of one experiment: what its runs say together, their losses as they come, and each of them. */
"use client";
import { useMemo } from "react";
import { ButtonLink } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { Finding } from "../../components/finding.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { PageLink } from "../../components/page-link.tsx";
import { ProgressBar } from "../../components/progress-bar.tsx";
import { Empty, Failure, Loading } from "../../components/states.tsx";
import { TabTitle } from "../../components/tab-title.tsx";
import { StatusChip } from "../../entities/run/status-chip.tsx";
import { targetOf } from "../../entities/run/target.ts";
import { noFilter } from "../../entities/run-list/live-runs.ts";
import { useLiveRuns } from "../../entities/run-list/run-changes.tsx";
import { RunsTable } from "../../entities/run-list/runs-table.tsx";
import { moment } from "../../lib/format.ts";
import { useApiQuery } from "../../lib/use-api-query.ts";
import { useUntil } from "../../lib/use-until.ts";
import { t } from "../../lib/words/t.ts";
import { CancelExperimentButton } from "./cancel-experiment-button.tsx";
import { experimentQuery, experimentScoresQuery } from "./documents.ts";
import { type Experiment, planInWords, type Standing, standingInWords, standingOf } from "./experiment.ts";
import styles from "./experiment-page.module.css";
import { GroupLeaderboard } from "./group-leaderboard.tsx";
import { type GroupVerdict, groupVerdict } from "./group-scores.ts";
import { LossesCard } from "./losses-card.tsx";
import { useMembers } from "./use-members.tsx";

export function ExperimentPage({ id }: { id: string }) {
  const { data, error, refetch } = useApiQuery(experimentQuery, { id }, { about: ["Run"] });
  const experiment = data?.experiment;
  if (experiment && experiment.runs.edges.length > 0)
    return <LoadedExperiment experiment={experiment} refetch={refetch} />;
  return (
    <Card>
      <TabTitle>{t("Experiment")}</TabTitle>
      {error && <Failure error={error} onRetry={refetch} />}
      {!error && !data && <Loading lines={8} label={t("Loading the experiment")} />}
      {!error && data && (
        <Empty
          title={t("There is no such experiment")}
          action={<ButtonLink href="/">{t("All runs")}</ButtonLink>}
        >
          {t("The address may be mistyped, or its runs were deleted.")}
        </Empty>
      )}
    </Card>
  );
}

function LoadedExperiment({ experiment, refetch }: { experiment: Experiment; refetch: () => void }) {
  const { id, name, plan, createdAt } = experiment;
  const fetched = useMemo(() => experiment.runs.edges.map(({ node }) => node), [experiment]);
  const filter = useMemo(() => ({ ...noFilter, experimentId: id }), [id]);
  const runs = useLiveRuns(fetched, filter, refetch);
  const standing = standingOf(runs);
  const scores = useApiQuery(experimentScoresQuery, { id }, { about: ["Run"] });
  const [first] = fetched;
  const { priceSeries, config } = first!;
  const target = targetOf(config.target, priceSeries.currency);
  const rows = scores.data?.experiment?.leaderboard ?? [];
  // Scores come with the end of each run.
  const scored = rows.find(({ forecaster }) => forecaster === "GRU")?.count ?? 0;
  useUntil(scores.data === undefined || scored >= standing.succeeded, scores.refetch);
  const verdict = groupVerdict(rows, plan, target);
  const { losses, tests, followers } = useMembers(runs, priceSeries.timezone);
  return (
    <>
      <TabTitle>{name}</TabTitle>
      {followers}
      <PageHeader
        title={name}
        facts={
          <>
            <StatusChip status={standing.status} />
            <PageLink href={`/series/${priceSeries.id}`}>{priceSeries.name ?? priceSeries.symbol}</PageLink>
            <span>{planInWords(plan, standing.total)}</span>
            <time dateTime={createdAt}>{moment(createdAt)}</time>
          </>
        }
        actions={
          standing.isActive && <CancelExperimentButton id={id} left={standing.total - standing.ended} />
        }
      >
        <FirstWords standing={standing} plan={plan} verdict={verdict} />
      </PageHeader>
      <div className={styles.page}>
        <LossesCard members={losses} isActive={standing.isActive} epochs={config.epochs} />
        <GroupLeaderboard rows={rows} plan={plan} target={target} />
        <Card title={t("Its runs")} isFlush>
          <RunsTable runs={runs} notes={plan === "SEEDS" ? undefined : tests} />
        </Card>
      </div>
    </>
  );
}

interface FirstProps {
  readonly standing: Standing;
  readonly plan: Experiment["plan"];
  readonly verdict: GroupVerdict | null;
}

function FirstWords({ standing, plan, verdict }: FirstProps) {
  return (
    <div className={styles.first}>
      {standing.isActive && (
        <Card>
          <div className={styles.progress} data-testid="progress">
            <p className={styles.sentence}>{standingInWords(standing, plan)}</p>
            <ProgressBar done={standing.done} total={standing.total} label={t("Runs")} />
          </div>
        </Card>
      )}
      {!standing.isActive && verdict && <Finding {...verdict} />}
    </div>
  );
}
