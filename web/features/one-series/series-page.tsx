/** The page of one series: its prices, its facts, the runs that were trained on it. */
"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Beneath } from "../../components/beneath.tsx";
import { ButtonLink } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { Facts } from "../../components/facts.tsx";
import { Gone } from "../../components/gone.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Empty, Failure, Loading } from "../../components/states.tsx";
import { TabTitle } from "../../components/tab-title.tsx";
import { useDeleted } from "../../entities/run/deleted-here.ts";
import { ImportDesk } from "../../entities/series-import/import-desk.tsx";
import type { SeriesQuery } from "../../graphql/generated/graphql.ts";
import { count, day } from "../../lib/format.ts";
import { useApiQuery } from "../../lib/use-api-query.ts";
import { useStillThere } from "../../lib/use-still-there.ts";
import { t, tn } from "../../lib/words/t.ts";
import { DeleteSeriesButton } from "./delete-series-button.tsx";
import { DescribeButton } from "./describe-button.tsx";
import { seriesIsThereQuery, seriesQuery } from "./documents.ts";
import { PriceChart } from "./price-chart.tsx";
import { QualityCard } from "./quality-card.tsx";
import styles from "./series-page.module.css";
import { SeriesRunsCard } from "./series-runs-card.tsx";
import { VersionsCard } from "./versions-card.tsx";

type Series = NonNullable<SeriesQuery["priceSeries"]>;

export function SeriesPage({ id }: { id: string }) {
  const { data, error, refetch } = useApiQuery(seriesQuery, { id });
  const [known, setKnown] = useState<string | null>(null);
  const deleted = useDeleted();
  const isThere = useStillThere(seriesIsThereQuery, id);
  if (data?.priceSeries?.id === id && known !== id) setKnown(id);
  if (known === id && (!isThere || deleted.has(id) || data?.priceSeries === null))
    return (
      <Gone
        title={t("This series was deleted")}
        action={<ButtonLink href="/series">{t("All series")}</ButtonLink>}
      />
    );
  if (data?.priceSeries) return <LoadedSeries series={data.priceSeries} />;
  return (
    <Card>
      <TabTitle>{t("Series")}</TabTitle>
      {error && <Failure error={error} onRetry={refetch} />}
      {!error && !data && <Loading lines={8} label={t("Loading the series")} />}
      {!error && data && (
        <Empty
          title={t("There is no such series")}
          action={<ButtonLink href="/series">{t("All series")}</ButtonLink>}
        >
          {t("The address may be mistyped.")}
        </Empty>
      )}
    </Card>
  );
}

function LoadedSeries({ series }: { series: Series }) {
  const router = useRouter();
  const { id, symbol, name, currency, timezone, barCount, firstTime, lastTime, contentHash } = series;
  return (
    <>
      <TabTitle>{name ?? symbol}</TabTitle>
      <PageHeader
        title={name ?? symbol}
        facts={
          <>
            <span>{symbol}</span>
            <span>{tn(barCount, "{n} bar", "{n} bars")}</span>
            {currency && <span>{currency}</span>}
          </>
        }
        actions={
          <>
            <ButtonLink kind="primary" href={`/runs/new?series=${id}`}>
              {t("Train on this")}
            </ButtonLink>
            <ImportDesk symbol={symbol} isCompact />
            <DescribeButton series={series} />
            <DeleteSeriesButton series={series} onDeleted={() => router.push("/series")} />
          </>
        }
      />
      <div className={styles.page}>
        {firstTime && lastTime && (
          <PriceChart
            // Other bars, another range to look at.
            key={contentHash}
            seriesId={id}
            symbol={symbol}
            all={{ from: Date.parse(firstTime), to: Date.parse(lastTime) }}
            barCount={barCount}
            timezone={timezone}
          />
        )}
        <Beneath>
          <Card title={t("Facts")}>
            <Facts
              facts={[
                [t("Symbol"), symbol],
                [t("Bars"), count(barCount)],
                [t("bar|First"), firstTime ? day(firstTime, timezone) : "–"],
                [t("bar|Last"), lastTime ? day(lastTime, timezone) : "–"],
                [t("Time zone"), timezone],
                [t("Currency"), currency ?? "–"],
                [
                  t("Content"),
                  <code key="hash" title={contentHash}>
                    {contentHash.slice(0, 12)}
                  </code>,
                ],
              ]}
            />
          </Card>
          <QualityCard seriesId={id} timezone={timezone} />
          <VersionsCard seriesId={id} />
          <SeriesRunsCard seriesId={id} contentHash={contentHash} />
        </Beneath>
      </div>
    </>
  );
}
