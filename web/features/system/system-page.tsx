/** What this installation trains with: its engines, verified and timed, and its workers. */
"use client";
import Link from "next/link";
import { Card } from "../../components/card.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Empty, Failure, Loading } from "../../components/states.tsx";
import { TabTitle } from "../../components/tab-title.tsx";
import table from "../../components/table.module.css";
import type { SystemQuery } from "../../graphql/generated/graphql.ts";
import { timeAgo, word } from "../../lib/format.ts";
import { useApiQuery } from "../../lib/use-api-query.ts";
import { useEvery } from "../../lib/use-every.ts";
import { useNow } from "../../lib/use-now.ts";
import { systemQuery } from "./documents.ts";
import styles from "./system-page.module.css";

const refreshMs = 5_000;

export function SystemPage() {
  const { data, error, refetch } = useApiQuery(systemQuery, {});
  useEvery(refreshMs, refetch);
  return (
    <>
      <TabTitle>System</TabTitle>
      <PageHeader title="System" />
      {data ? (
        <Installation {...data} />
      ) : (
        <Card>{error ? <Failure error={error} onRetry={refetch} /> : <Loading lines={8} />}</Card>
      )}
    </>
  );
}

function Installation({ engines, workers }: SystemQuery) {
  return (
    <div className={styles.page}>
      <Card
        title="Engines"
        note="Each proves itself against the reference before it is trusted. Timed on one batch of the standard model."
        isFlush
      >
        <Engines engines={engines} />
      </Card>
      <Card title="Workers" isFlush>
        {workers.length > 0 ? (
          <Workers workers={workers} />
        ) : (
          <Empty title="No worker is here">Runs wait in the queue until one starts.</Empty>
        )}
      </Card>
    </div>
  );
}

function Engines({ engines }: Pick<SystemQuery, "engines">) {
  const fastest = engines.reduce<number>(
    (best, { available, batchMs }) => (available && batchMs !== null ? Math.min(best, batchMs) : best),
    Number.POSITIVE_INFINITY,
  );
  return (
    <table className={table.table}>
      <thead>
        <tr>
          <th scope="col">Engine</th>
          <th scope="col">State</th>
          <th scope="col" className={table.number}>
            Batch
          </th>
          <th scope="col" className={table.wide}>
            Device and finding
          </th>
        </tr>
      </thead>
      <tbody>
        {engines.map(({ engine, available, detail, device, batchMs }) => (
          <tr key={engine}>
            <td className={table.name}>{word(engine)}</td>
            <td>
              <span className={available ? styles.ready : styles.absent}>
                {available ? "Ready" : "Not available"}
              </span>
              {available && batchMs === fastest && <span className={styles.fastest}>fastest</span>}
            </td>
            <td className={table.number}>{batchMs === null ? "–" : `${batchMs.toFixed(1)} ms`}</td>
            <td className={table.wide}>
              {device ?? ""}
              <span className={table.sub}>{detail}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Workers({ workers }: Pick<SystemQuery, "workers">) {
  const now = useNow(refreshMs);
  return (
    <table className={table.table}>
      <thead>
        <tr>
          <th scope="col">Host</th>
          <th scope="col">State</th>
          <th scope="col">Trains</th>
          <th scope="col" className={table.wide}>
            Device
          </th>
          <th scope="col" className={`${table.number} ${table.wide}`}>
            Last seen
          </th>
        </tr>
      </thead>
      <tbody>
        {workers.map(({ id, host, device, status, lastSeenAt, currentRun }) => (
          <tr key={id}>
            <td className={table.name}>{host}</td>
            <td>
              <span className={status === "LOST" ? styles.lost : styles.ready}>{word(status)}</span>
            </td>
            <td>
              {currentRun ? (
                <Link href={`/runs/${currentRun.id}`}>
                  {currentRun.name}, epoch {currentRun.epoch} of {currentRun.config.epochs}
                </Link>
              ) : (
                <span className={table.soft}>–</span>
              )}
            </td>
            <td className={`${table.soft} ${table.wide}`}>{device}</td>
            <td className={`${table.number} ${table.soft} ${table.wide}`}>
              {timeAgo(Date.parse(lastSeenAt), now)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
