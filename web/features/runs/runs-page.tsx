/** All runs, newest first, as they are this moment. */
"use client";
import { useDeferredValue, useMemo, useState } from "react";
import { Button, ButtonLink } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { ShowMore } from "../../components/show-more.tsx";
import { Empty, Failure, Loading } from "../../components/states.tsx";
import { TabTitle } from "../../components/tab-title.tsx";
import { DeleteRunsButton } from "../../entities/run/delete-runs-button.tsx";
import { noFilter } from "../../entities/run-list/live-runs.ts";
import { useLiveRuns } from "../../entities/run-list/run-changes.tsx";
import { RunsTable } from "../../entities/run-list/runs-table.tsx";
import { plural } from "../../lib/format.ts";
import { useApiQuery } from "../../lib/use-api-query.ts";
import { usePageSize } from "../../lib/use-page-size.ts";
import { runsQuery } from "./documents.ts";
import { RunsFilterBar } from "./runs-filter.tsx";
import styles from "./runs-page.module.css";
import { tabTitleOf } from "./tab-title.ts";

export function RunsPage() {
  const [filter, setFilter] = useState(noFilter);
  const { first, more } = usePageSize();
  const asked = useDeferredValue(filter);
  const { data, error, isFetching, refetch } = useApiQuery(
    runsQuery,
    {
      first,
      filter: {
        status: asked.status.length > 0 ? [...asked.status] : null,
        search: asked.search.trim() || null,
      },
    },
    { about: ["Run"] },
  );
  const connection = data?.runs;
  const rows = useMemo(() => connection?.edges.map(({ node }) => node) ?? [], [connection]);
  const runs = useLiveRuns(rows, filter, refetch);

  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  // What left the list, or began to train, is chosen no more.
  const chosenRuns = runs.filter(({ id, status }) => chosen.has(id) && status !== "RUNNING");

  const isReady = connection !== undefined || error !== null;
  const isFiltered = filter !== noFilter && (filter.status.length > 0 || filter.search.trim() !== "");
  return (
    <>
      <TabTitle>{tabTitleOf(runs)}</TabTitle>
      <PageHeader
        title="Runs"
        facts={connection ? plural(Math.max(connection.totalCount, runs.length), "run") : "…"}
      />
      <RunsFilterBar filter={filter} onChange={setFilter} />
      {chosenRuns.length > 0 && (
        <section className={styles.chosen} aria-label="Chosen runs">
          <span>{plural(chosenRuns.length, "run")} chosen</span>
          <Button onClick={() => setChosen(new Set())}>Choose none</Button>
          <DeleteRunsButton runs={chosenRuns} onDeleted={() => setChosen(new Set())} />
        </section>
      )}
      <Card isFlush>
        {!isReady && <Loading lines={6} label="Loading runs" />}
        {isReady && runs.length > 0 && <RunsTable runs={runs} chosen={chosen} onChoose={setChosen} />}
        {isReady && runs.length === 0 && error && <Failure error={error} onRetry={refetch} />}
        {isReady && runs.length === 0 && !error && connection && !isFiltered && (
          <Empty
            title="Nothing trained yet"
            action={
              <ButtonLink href="/runs/new" kind="primary">
                Start a run
              </ButtonLink>
            }
          >
            Pick a price series, and watch a network learn it epoch by epoch.
          </Empty>
        )}
        {isReady && runs.length === 0 && !error && connection && isFiltered && !isFetching && (
          <Empty
            title="No run fits"
            action={<Button onClick={() => setFilter(noFilter)}>Show all runs</Button>}
          >
            No run has this status and these words in its name or symbol.
          </Empty>
        )}
      </Card>
      <ShowMore list={connection} isFetching={isFetching} onMore={more} />
    </>
  );
}
