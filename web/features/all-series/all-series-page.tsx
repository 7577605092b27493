/** All price series, and the import of another. */
"use client";
import Link from "next/link";
import { useDeferredValue, useState } from "react";
import { Button, ButtonLink } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import input from "../../components/input.module.css";
import { PageHeader } from "../../components/page-header.tsx";
import { ShowMore } from "../../components/show-more.tsx";
import { Empty, Failure, Loading } from "../../components/states.tsx";
import { TabTitle } from "../../components/tab-title.tsx";
import table from "../../components/table.module.css";
import type { AllSeriesQuery } from "../../graphql/generated/graphql.ts";
import { count, day, plural } from "../../lib/format.ts";
import { useApiQuery } from "../../lib/use-api-query.ts";
import { usePageSize } from "../../lib/use-page-size.ts";
import { allSeriesQuery } from "./documents.ts";
import { DropZone } from "./drop-zone.tsx";
import styles from "./import.module.css";
import { ImportCard } from "./import-card.tsx";
import type { ImportFile } from "./read-file.ts";

type Series = AllSeriesQuery["allPriceSeries"]["edges"][number]["node"];

export function AllSeriesPage() {
  const [search, setSearch] = useState("");
  const [file, setFile] = useState<ImportFile | null>(null);
  const { first, more } = usePageSize();
  const { data, error, isFetching, refetch } = useApiQuery(
    allSeriesQuery,
    { first, search: useDeferredValue(search).trim() || null },
    { about: ["PriceSeries"] },
  );
  const list = data?.allPriceSeries;

  return (
    <>
      <TabTitle>Series</TabTitle>
      <PageHeader
        title="Price series"
        facts={list && plural(list.totalCount, "series", "series")}
        actions={
          <input
            type="search"
            className={input.input}
            aria-label="Search series"
            placeholder="Search symbol or name"
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
        }
      />
      <DropZone onFile={setFile}>
        <p>
          <strong>Drop a CSV file here to import it.</strong> Yahoo, Stooq, Tushare, AkShare, Investing.com,
          or any other table of prices.
        </p>
      </DropZone>
      {file && (
        <div className={styles.place}>
          <ImportCard key={`${file.name} ${file.body.size}`} file={file} onClose={() => setFile(null)} />
        </div>
      )}
      <Card isFlush>
        {list && list.edges.length > 0 && <SeriesTable series={list.edges.map(({ node }) => node)} />}
        {!list && error && <Failure error={error} onRetry={refetch} />}
        {!list && !error && <Loading lines={4} label="Loading series" />}
        {list?.edges.length === 0 &&
          (search ? (
            <Empty
              title="No series fits"
              action={<Button onClick={() => setSearch("")}>Show all series</Button>}
            >
              No symbol and no name has these words in it.
            </Empty>
          ) : (
            <Empty title="No series yet">
              Drop a CSV file with prices above; it is checked before anything is stored.
            </Empty>
          ))}
      </Card>
      <ShowMore list={list} isFetching={isFetching} onMore={more} />
    </>
  );
}

function SeriesTable({ series }: { series: readonly Series[] }) {
  return (
    <table className={table.table}>
      <thead>
        <tr>
          <th scope="col">Series</th>
          <th scope="col" className={table.number}>
            Bars
          </th>
          <th scope="col" className={table.wide}>
            From
          </th>
          <th scope="col" className={table.wide}>
            To
          </th>
          <th scope="col" className={table.wide}>
            Currency
          </th>
          <th scope="col">
            <span className="visually-hidden">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {series.map(({ id, symbol, name, barCount, firstTime, lastTime, timezone, currency }) => (
          <tr key={id}>
            <td>
              <Link href={`/series/${id}`} className={table.name}>
                {name ?? symbol}
              </Link>
              <span className={table.sub}>{symbol}</span>
            </td>
            <td className={table.number}>{count(barCount)}</td>
            <td className={table.wide}>{firstTime ? day(firstTime, timezone) : "–"}</td>
            <td className={table.wide}>{lastTime ? day(lastTime, timezone) : "–"}</td>
            <td className={`${table.soft} ${table.wide}`}>{currency ?? "–"}</td>
            <td className={table.number}>
              <ButtonLink href={`/runs/new?series=${id}`}>Train</ButtonLink>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
