/** One cell of the table: what the server says of a run, as people read it. */
"use client";
import { PageLink } from "../../components/page-link.tsx";
import { ProgressBar } from "../../components/progress-bar.tsx";
import { cellOf, cellText } from "../../entities/run/cells.ts";
import { LossSparkline } from "../../entities/run/loss-sparkline.tsx";
import { Skill } from "../../entities/run/skill.tsx";
import { waitingSentence } from "../../entities/run/status.ts";
import { StatusChip } from "../../entities/run/status-chip.tsx";
import { moment, timeAgo, timeLeft } from "../../lib/format.ts";
import { t } from "../../lib/words/t.ts";
import styles from "./cell.module.css";
import type { Column, Row } from "./columns.ts";

/** @param column absent while the columns are not known yet: the name of it is */
export function TableCell({ row, name, column }: { row: Row; name: string; column: Column | undefined }) {
  if (name === "status") return <StatusChip status={row.status} />;
  if (name === "progress") return <Progress row={row} />;
  if (name === "curve")
    return row.lossCurve.length > 0 ? <LossSparkline losses={row.lossCurve} width={80} /> : <None />;
  if (name === "tags") return row.tags.length > 0 ? <Tags tags={row.tags} /> : <None />;
  if (name === "series")
    return (
      <PageLink href={`/series/${row.priceSeries.id}`} title={row.priceSeries.name ?? undefined}>
        {row.priceSeries.symbol}
      </PageLink>
    );
  if (name === "experiment" && row.experiment)
    return <PageLink href={`/experiments/${row.experiment.id}`}>{row.experiment.name}</PageLink>;
  const cell = cellOf(row, name);
  if (name === "skill") return typeof cell?.number === "number" ? <Skill value={cell.number} /> : <None />;
  if (name === "vsBaseline")
    return row.isBaseline ? (
      <span title={t("Others of its series are compared with it")}>★ {t("base")}</span>
    ) : typeof cell?.number === "number" ? (
      <Versus value={cell.number} />
    ) : (
      <None />
    );
  if (column?.kind === "TIME" && typeof cell?.number === "number")
    return (
      <time dateTime={new Date(cell.number).toISOString()} title={moment(cell.number)}>
        {timeAgo(cell.number, Date.now())}
      </time>
    );
  const text = column ? cellText(column, cell) : "";
  return text === "–" ? <None /> : <span title={column?.kind === "TEXT" ? text : undefined}>{text}</span>;
}

const None = () => <span className={styles.none}>–</span>;

function Tags({ tags }: { tags: readonly string[] }) {
  return (
    <span className={styles.tags} title={tags.join(", ")}>
      {tags.map((tag) => (
        <span key={tag} className={styles.tag}>
          {tag}
        </span>
      ))}
    </span>
  );
}

function Versus({ value }: { value: number }) {
  const words =
    value > 0
      ? t("better than the baseline")
      : value < 0
        ? t("worse than the baseline")
        : t("as the baseline");
  const tone = value > 0 ? styles.better : value < 0 ? styles.worse : undefined;
  return (
    <strong className={tone} title={words}>
      {cellText(
        { kind: "SHARE", name: "vsBaseline", choices: null, unit: null, better: "HIGHER" },
        { number: value, text: null },
      )}
      <span className="visually-hidden"> {words}</span>
    </strong>
  );
}

/** As wide whatever it says: the columns beside it stay where they are. */
function Progress({ row }: { row: Row }) {
  const { epochs } = row.config;
  const done = t("{epoch} of {epochs}", { epoch: row.epoch, epochs });
  if (row.status === "QUEUED") {
    const { queuePosition } = row;
    const place =
      queuePosition === null ? t("In the queue") : t("Number {n} in the queue", { n: queuePosition });
    return (
      <span className={styles.progress} title={waitingSentence(queuePosition)}>
        {place}
      </span>
    );
  }
  if (row.status !== "RUNNING") return <span className={styles.progress}>{done}</span>;
  return (
    <span className={styles.progress}>
      <span className={styles.done}>
        <ProgressBar done={row.epoch} total={epochs} label={t("Epochs of {name}", { name: row.name })} />
        <span className={styles.count}>{done}</span>
      </span>
      <span className={styles.left}>{row.etaMs !== null && timeLeft(row.etaMs)}</span>
    </span>
  );
}
