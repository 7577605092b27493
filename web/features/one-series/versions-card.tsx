/** The versions of a series, the newest first, with what each changed, and the way back to an earlier one. */
"use client";
import { useState } from "react";
import { useMutation } from "urql";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { ShowMore } from "../../components/show-more.tsx";
import { Failure, Loading } from "../../components/states.tsx";
import table from "../../components/table.module.css";
import { readError } from "../../lib/api-error.ts";
import { moment, shortMoment } from "../../lib/format.ts";
import { useApiQuery } from "../../lib/use-api-query.ts";
import { usePageSize } from "../../lib/use-page-size.ts";
import { t, tn } from "../../lib/words/t.ts";
import { revertSeriesMutation, seriesVersionsQuery } from "./documents.ts";
import { changeWords, revertQuestion, type Version, type Wanted, wordsFor } from "./versions.ts";
import styles from "./versions-card.module.css";

export function VersionsCard({ seriesId }: { seriesId: string }) {
  const { first, more } = usePageSize();
  const { data, error, isFetching, refetch } = useApiQuery(seriesVersionsQuery, { id: seriesId, first });
  const [wanted, setWanted] = useState<Wanted | null>(null);
  const series = data?.priceSeries;
  const versions = series?.versions.edges.map(({ node }) => node) ?? [];
  return (
    <Card
      title={t("Versions")}
      note={t("Each import that changed something, with the bars as they were then")}
      isFlush
    >
      {!series && error && <Failure error={error} onRetry={refetch} />}
      {!series && !error && <Loading label={t("Loading the versions")} />}
      {series && (
        <table className={table.table} data-testid="versions">
          <thead>
            <tr>
              <th scope="col">{t("version|Stored")}</th>
              <th scope="col">{t("What changed")}</th>
              <th scope="col" className={`${table.number} ${table.wide}`}>
                {t("Content")}
              </th>
              <th scope="col">
                <span className="visually-hidden">{t("Actions")}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {versions.map((version, at) => (
              <tr key={version.id}>
                <td>
                  <time dateTime={version.createdAt} title={moment(version.createdAt)}>
                    {shortMoment(version.createdAt)}
                  </time>
                </td>
                <td>{changeWords(version, versions.slice(at + 1))}</td>
                <td className={`${table.number} ${table.wide}`}>
                  {tn(version.barCount, "{n} bar", "{n} bars")}
                </td>
                <td className={styles.actions}>
                  <Actions
                    version={version}
                    isNow={version.contentHash === series.contentHash}
                    before={at === 0 ? versions[1] : undefined}
                    onWanted={setWanted}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <ShowMore list={series?.versions} isFetching={isFetching} onMore={more} />
      {wanted && <RevertDialog seriesId={seriesId} wanted={wanted} onClose={() => setWanted(null)} />}
    </Card>
  );
}

interface ActionsProps {
  readonly version: Version;
  readonly isNow: boolean;
  /** Of the newest version the one before it, which undoing it leads to. */
  readonly before: Version | undefined;
  readonly onWanted: (wanted: Wanted) => void;
}

function Actions({ version, isNow, before, onWanted }: ActionsProps) {
  if (!isNow)
    return (
      <Button
        aria-label={t("Go back to this: {version}", { version: wordsFor(version) })}
        onClick={() => onWanted({ version, undone: null })}
      >
        {t("Go back to this")}
      </Button>
    );
  return (
    <>
      <span className={table.soft}>{t("As it is now")}</span>{" "}
      {before && (
        <Button
          aria-label={t("Undo: {time}", { time: shortMoment(version.createdAt) })}
          onClick={() => onWanted({ version: before, undone: version })}
        >
          {t("Undo")}
        </Button>
      )}
    </>
  );
}

interface RevertProps {
  readonly seriesId: string;
  readonly wanted: Wanted;
  readonly onClose: () => void;
}

function RevertDialog({ seriesId, wanted, onClose }: RevertProps) {
  const [{ fetching, error }, revert] = useMutation(revertSeriesMutation);
  const { title, yes, words } = revertQuestion(wanted);
  return (
    <Dialog
      title={title}
      yes={yes}
      no={t("Keep the series as it is")}
      isBusy={fetching}
      onNo={onClose}
      onYes={async () => {
        const answer = await revert({ id: seriesId, toVersion: wanted.version.number });
        if (!answer.error) onClose();
      }}
    >
      {error && <p role="alert">{readError(error).message}</p>}
      <p>{words}</p>
    </Dialog>
  );
}
