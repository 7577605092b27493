/** All price series, and the import of another. */
"use client";
import { parseAsString, useQueryState } from "nuqs";
import { useDeferredValue } from "react";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import input from "../../components/input.module.css";
import { PageHeader } from "../../components/page-header.tsx";
import { ShowMore } from "../../components/show-more.tsx";
import { Empty, Failure, Loading } from "../../components/states.tsx";
import { TabTitle } from "../../components/tab-title.tsx";
import { ImportDesk } from "../../entities/series-import/import-desk.tsx";
import { count } from "../../lib/format.ts";
import { useApiQuery } from "../../lib/use-api-query.ts";
import { usePageSize } from "../../lib/use-page-size.ts";
import { rich, t } from "../../lib/words/t.ts";
import { allSeriesQuery } from "./documents.ts";
import styles from "./series-table.module.css";
import { SeriesTable } from "./series-table.tsx";

export function AllSeriesPage() {
  const [search, setSearch] = useQueryState("search", parseAsString.withDefault(""));
  const { first, more } = usePageSize();
  const { data, error, isFetching, refetch } = useApiQuery(
    allSeriesQuery,
    { first, search: useDeferredValue(search).trim() || null },
    { about: ["PriceSeries", "Run"] },
  );
  const list = data?.allPriceSeries;

  return (
    <>
      <TabTitle>{t("Series")}</TabTitle>
      <PageHeader
        title={t("Price series")}
        facts={list && t("{n} series", { n: count(list.totalCount) })}
        actions={
          <input
            type="search"
            className={`${input.input} ${styles.search}`}
            aria-label={t("Search series")}
            placeholder={t("Search symbol or name")}
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
        }
      />
      <ImportDesk>
        <p>
          {rich(
            "{what} Yahoo, Stooq, Tushare, AkShare, Investing.com, or any other table of prices. Each is checked before anything is stored.",
            { what: <strong>{t("Drop CSV files here to import them.")}</strong> },
          )}
        </p>
      </ImportDesk>
      <Card isFlush>
        {list && list.edges.length > 0 && <SeriesTable series={list.edges.map(({ node }) => node)} />}
        {!list && error && <Failure error={error} onRetry={refetch} />}
        {!list && !error && <Loading lines={4} label={t("Loading series")} />}
        {list?.edges.length === 0 &&
          (search ? (
            <Empty
              title={t("No series fits")}
              action={<Button onClick={() => setSearch("")}>{t("Show all series")}</Button>}
            >
              {t("No symbol and no name has these words in it.")}
            </Empty>
          ) : (
            <Empty title={t("No series yet")}>
              {t("Drop a CSV file with prices above; it is checked before anything is stored.")}
            </Empty>
          ))}
      </Card>
      <ShowMore list={list} isFetching={isFetching} onMore={more} />
    </>
  );
}
