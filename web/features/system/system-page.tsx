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
import { moment, timeAgo, word } from "../../lib/format.ts";
import { useApiQuery } from "../../lib/use-api-query.ts";
import { useEvery } from "../../lib/use-every.ts";
import { useNow } from "../../lib/use-now.ts";
import { said } from "../../lib/words/said.ts";
import { t, tn } from "../../lib/words/t.ts";
import { systemQuery } from "./documents.ts";
import styles from "./system-page.module.css";
import { loadInWords, workerName } from "./workers.ts";

const refreshMs = 5_000;

export function SystemPage() {
  const { data, error, refetch } = useApiQuery(systemQuery, {});
  useEvery(refreshMs, refetch);
  return (
    <>
      <TabTitle>{t("System")}</TabTitle>
      <PageHeader title={t("System")} />
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
        title={t("Workers")}
        note={t("Each trains one run at a time, or several small ones beside each other")}
        isFlush
      >
        {workers.length > 0 ? (
          <ScrollBox label={t("Workers")}>
            <Workers workers={workers} />
          </ScrollBox>
        ) : (
          <Empty title={t("No worker is here")}>{t("Runs wait in the queue until one starts.")}</Empty>
        )}
      </Card>
      <Card title={t("Queue")}>
        <Queue waiting={waiting} />
      </Card>
      <Card
        title={t("Engines")}
        note={t(
          "Each proves itself against the reference before it is trusted. Timed on one batch of the standard model.",
        )}
        isFlush
      >
        <ScrollBox label={t("Engines")}>
          <Engines engines={engines} />
        </ScrollBox>
      </Card>
      <Card title={t("This installation")}>
        <About {...installation} />
      </Card>
    </div>
  );
}

function Queue({ waiting: { totalCount } }: Pick<SystemQuery, "waiting">) {
  return (
    <p>
      {totalCount === 0
        ? t("No run waits.")
        : tn(totalCount, "{n} run waits for a worker.", "{n} runs wait for a worker.")}{" "}
      <PageLink href="/">{t("What is happening now")}</PageLink>
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
          [t("Up since"), moment(startedAt)],
        ]}
      />
      <p className={styles.links}>
        <a href="/graphql">{t("How to query the API")}</a>
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
          <th scope="col">{t("Engine")}</th>
          <th scope="col">{t("State")}</th>
          <th scope="col" className={table.number}>
            {t("Batch")}
          </th>
          <th scope="col" className={table.wide}>
            {t("Device and finding")}
          </th>
        </tr>
      </thead>
      <tbody>
        {engines.map(({ engine, available, detail, device, batchMs }) => (
          <tr key={engine}>
            <td className={`${table.name} ${styles.engine}`}>{word(engine)}</td>
            <td>
              <span className={available ? styles.ready : styles.absent}>
                {available ? t("Ready") : t("Not available")}
              </span>
              {available && batchMs === fastest && <span className={styles.fastest}>{t("fastest")}</span>}
            </td>
            <td className={table.number}>
              {batchMs === null ? "–" : t("{ms} ms", { ms: batchMs.toFixed(1) })}
            </td>
            <td className={table.wide}>
              {said(device ?? "")}
              <span className={table.sub}>{said(detail)}</span>
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
          <th scope="col">{t("Worker")}</th>
          <th scope="col">{t("State")}</th>
          <th scope="col">{t("Trains")}</th>
          <th scope="col" className={table.wide}>
            {t("Device")}
          </th>
          <th scope="col" className={table.wide}>
            {t("Takes")}
          </th>
          <th scope="col" className={`${table.number} ${table.wide}`}>
            {t("Last seen")}
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
                    {t("{name}, epoch {epoch} of {epochs}", { name, epoch, epochs: config.epochs })}
                  </PageLink>
                </div>
              ))}
            </td>
            <td className={`${table.soft} ${table.wide}`}>{said(worker.device)}</td>
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
