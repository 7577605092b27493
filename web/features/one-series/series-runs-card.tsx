/** The runs on a series: the best first, or the newest; and whether its bars changed since. */
"use client";
import { useMemo, useState } from "react";
import { Card } from "../../components/card.tsx";
import { Segmented } from "../../components/segmented.tsx";
import { Empty, Failure, Loading } from "../../components/states.tsx";
import { noFilter } from "../../entities/run-list/live-runs.ts";
import { useLiveRuns } from "../../entities/run-list/run-changes.tsx";
import { RunsTable } from "../../entities/run-list/runs-table.tsx";
import { count } from "../../lib/format.ts";
import { useApiQuery } from "../../lib/use-api-query.ts";
import { t } from "../../lib/words/t.ts";
import { seriesRunsQuery } from "./documents.ts";
import { inOrder, type RunsOrder, versionNotes } from "./series-runs.ts";

export function SeriesRunsCard({ seriesId, contentHash }: { seriesId: string; contentHash: string }) {
  const [order, setOrder] = useState<RunsOrder>("best");
  const { data, error, refetch } = useApiQuery(seriesRunsQuery, { seriesId }, { about: ["Run"] });
  const rows = useMemo(() => data?.runs.edges.map(({ node }) => node) ?? [], [data]);
  const filter = useMemo(() => ({ ...noFilter, seriesId }), [seriesId]);
  const runs = useLiveRuns(rows, filter, refetch);
  const notes = useMemo(() => versionNotes(rows, contentHash), [rows, contentHash]);
  const total = data?.runs.totalCount ?? 0;
  return (
    <Card
      title={t("Runs on this series")}
      note={
        total > rows.length
          ? t("The newest {shown} of {total}", { shown: count(rows.length), total: count(total) })
          : undefined
      }
      isFlush
      actions={
        runs.length > 1 && (
          <Segmented
            label={t("Order")}
            value={order}
            choices={[
              { value: "best", name: t("Best first") },
              { value: "newest", name: t("Newest first") },
            ]}
            onChange={setOrder}
          />
        )
      }
    >
      {runs.length > 0 && <RunsTable runs={inOrder(runs, order)} notes={notes} />}
      {runs.length === 0 && error && <Failure error={error} onRetry={refetch} />}
      {runs.length === 0 && !error && !data && <Loading />}
      {runs.length === 0 && data && (
        <Empty title={t("None yet")}>{t("Train on it, and its runs are listed here.")}</Empty>
      )}
    </Card>
  );
}
