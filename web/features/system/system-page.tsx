/** What this installation trains with: its engines, verified and timed, and its workers. */
"use client";
import { Card } from "../../components/card.tsx";
import { Facts } from "../../components/facts.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { PageLink } from "../../components/page-link.tsx";
import { ScrollBox } from "../../components/scroll-box.tsx";
import { Empty, Failure, Loading } from "../../components/states.tsx";
import { TabTitle } from "../../components/tab-title.tsx";
import table from "../../components/table.module.css";
import type { SystemQuery } from "../../graphql/generated/graphql.ts";
import { moment, plural, timeAgo, word } from "../../lib/format.ts";
import { useApiQuery } from "../../lib/use-api-query.ts";
import { useEvery } from "../../lib/use-every.ts";
import { useNow } from "../../lib/use-now.ts";
import { systemQuery } from "./documents.ts";
import styles from "./system-page.module.css";
import { loadInWords, workerName } from "./workers.ts";

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

function Installation({ installation, engines, workers, waiting }: SystemQuery) {
  return (
    <div className={styles.page}>
      <Card
        title="Workers"
        note="Each trains one run at a time, or several small ones beside each other"
        isFlush
      >
        {workers.length > 0 ? (
          <ScrollBox label="Workers">
            <Workers workers={workers} />
          </ScrollBox>
        ) : (
          <Empty title="No worker is here">Runs wait in the queue until one starts.</Empty>
        )}
      </Card>
      <Card title="Queue">
        <Queue waiting={waiting} />
      </Card>
      <Card
        title="Engines"
        note="Each proves itself against the reference before it is trusted. Timed on one batch of the standard model."
        isFlush
      >
        <ScrollBox label="Engines">
          <Engines engines={engines} />
        </ScrollBox>
      </Card>
      <Card title="This installation">
        <About {...installation} />
      </Card>
    </div>
  );
}

function Queue({ waiting: { totalCount } }: Pick<SystemQuery, "waiting">) {
  return (
    <p>
      {totalCount === 0 ? "No run waits. " : `${plural(totalCount, "run waits", "runs wait")} for a worker. `}
      <PageLink href="/">What is happening now</PageLink>
    </p>
  );
}

function About({ version, node, startedAt }: SystemQuery["installation"]) {
  return (
    <>
      <Facts
        facts={[
          ["Gatecast", version],
          ["Node.js", node],
          ["Up since", moment(startedAt)],
        ]}
      />
      <p className={styles.links}>
        <a href="/graphql">How to query the API</a>
      </p>
    </>
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
            <td className={`${table.name} ${styles.engine}`}>{word(engine)}</td>
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
          <th scope="col">Worker</th>
          <th scope="col">State</th>
          <th scope="col">Trains</th>
          <th scope="col" className={table.wide}>
            Device
          </th>
          <th scope="col" className={table.wide}>
            Takes
          </th>
          <th scope="col" className={`${table.number} ${table.wide}`}>
            Last seen
          </th>
        </tr>
      </thead>
      <tbody>
        {workers.map((worker) => (
          <tr key={worker.id}>
            <td className={table.name}>{workerName(worker, workers)}</td>
            <td>
              <span className={worker.status === "LOST" ? styles.lost : styles.ready}>
                {word(worker.status)}
              </span>
            </td>
            <td>
              {worker.currentRuns.length === 0 && <span className={table.soft}>–</span>}
              {worker.currentRuns.map(({ id, name, epoch, config }) => (
                <div key={id}>
                  <PageLink href={`/runs/${id}`}>
                    {name}, epoch {epoch} of {config.epochs}
                  </PageLink>
                </div>
              ))}
            </td>
            <td className={`${table.soft} ${table.wide}`}>{worker.device}</td>
            <td className={`${table.soft} ${table.wide}`}>{loadInWords(worker)}</td>
            <td className={`${table.number} ${table.soft} ${table.wide}`}>
              {timeAgo(Date.parse(worker.lastSeenAt), now)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
