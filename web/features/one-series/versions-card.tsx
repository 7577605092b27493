/** The versions of a series, the newest first, and the way back to an earlier one. */
"use client";
import { useState } from "react";
import { useMutation } from "urql";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { ShowMore } from "../../components/show-more.tsx";
import { Failure, Loading } from "../../components/states.tsx";
import table from "../../components/table.module.css";
import type { SeriesVersionsQuery } from "../../graphql/generated/graphql.ts";
import { readError } from "../../lib/api-error.ts";
import { moment, plural, shortMoment } from "../../lib/format.ts";
import { useApiQuery } from "../../lib/use-api-query.ts";
import { usePageSize } from "../../lib/use-page-size.ts";
import { revertSeriesMutation, seriesVersionsQuery } from "./documents.ts";

type Version = NonNullable<SeriesVersionsQuery["priceSeries"]>["versions"]["edges"][number]["node"];

export function VersionsCard({ seriesId }: { seriesId: string }) {
  const { first, more } = usePageSize();
  const { data, error, isFetching, refetch } = useApiQuery(seriesVersionsQuery, { id: seriesId, first });
  const [wanted, setWanted] = useState<Version | null>(null);
  const series = data?.priceSeries;
  return (
    <Card title="Versions" note="Each import that changed something, with the bars as they were then" isFlush>
      {!series && error && <Failure error={error} onRetry={refetch} />}
      {!series && !error && <Loading label="Loading the versions" />}
      {series && (
        <table className={table.table} data-testid="versions">
          <thead>
            <tr>
              <th scope="col">Stored</th>
              <th scope="col" className={table.number}>
                Content
              </th>
              <th scope="col">
                <span className="visually-hidden">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {series.versions.edges.map(({ node: version }) => (
              <tr key={version.id}>
                <td>
                  <time dateTime={version.createdAt} title={moment(version.createdAt)}>
                    {shortMoment(version.createdAt)}
                  </time>
                </td>
                <td className={table.number}>{plural(version.barCount, "bar")}</td>
                <td className={table.number}>
                  {version.contentHash === series.contentHash ? (
                    <span className={table.soft}>As it is now</span>
                  ) : (
                    <Button
                      aria-label={`Go back to this: ${wordsFor(version)}`}
                      onClick={() => setWanted(version)}
                    >
                      Go back to this
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <ShowMore list={series?.versions} isFetching={isFetching} onMore={more} />
      {wanted && <RevertDialog seriesId={seriesId} version={wanted} onClose={() => setWanted(null)} />}
    </Card>
  );
}

/** "27 Nov 2026, 10:02, 5,105 bars" */
const wordsFor = ({ createdAt, barCount }: Version): string =>
  `${shortMoment(createdAt)}, ${plural(barCount, "bar")}`;

interface RevertProps {
  readonly seriesId: string;
  readonly version: Version;
  readonly onClose: () => void;
}

function RevertDialog({ seriesId, version, onClose }: RevertProps) {
  const [{ fetching, error }, revert] = useMutation(revertSeriesMutation);
  return (
    <Dialog
      title="Go back to this version?"
      yes="Go back to it"
      no="Keep the series as it is"
      isBusy={fetching}
      onNo={onClose}
      onYes={async () => {
        const answer = await revert({ id: seriesId, toVersion: version.number });
        if (!answer.error) onClose();
      }}
    >
      {error && <p role="alert">{readError(error).message}</p>}
      <p>
        The series has the bars of {wordsFor(version)} again, as its newest version. Runs keep the bars that
        they were trained on, and the bars of today stay in the list.
      </p>
    </Dialog>
  );
}
