/** What ended since somebody looked, on this browser, until it is marked as read. */
"use client";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { PageLink } from "../../components/page-link.tsx";
import { Skill } from "../../entities/run/skill.tsx";
import type { RunRow } from "../../entities/run-list/live-runs.ts";
import { count, timeAgo, word } from "../../lib/format.ts";
import { useNow } from "../../lib/use-now.ts";
import { t } from "../../lib/words/t.ts";
import styles from "./lists.module.css";
import { mostShown } from "./since.ts";
import { attentionWords } from "./tile-words.ts";

interface Props {
  readonly runs: readonly RunRow[];
  /** Null on a wall, where nobody presses anything. */
  readonly onRead: (() => void) | null;
}

export function SinceCard({ runs, onRead }: Props) {
  const now = useNow(15_000);
  return (
    <Card
      title={
        runs.length === 0 ? t("Since you looked") : t("Since you looked ({n})", { n: count(runs.length) })
      }
      note={runs.length === 0 ? t("Nothing has ended.") : undefined}
      actions={
        onRead &&
        runs.length > 0 && (
          <Button kind="quiet" className={styles.action} onClick={onRead}>
            {t("Mark read")}
          </Button>
        )
      }
    >
      {runs.length > 0 && (
        <ul className={styles.list} aria-label={t("Ended since you looked")}>
          {runs.slice(0, mostShown).map((run) => (
            <li key={run.id} data-ended={run.id}>
              <Mark status={run.status} />
              <span className={styles.name} dir="auto" title={run.name}>
                {onRead ? <PageLink href={`/runs/${run.id}`}>{run.name}</PageLink> : run.name}
              </span>
              <Worth run={run} />
              <span className={styles.soft}>{timeAgo(Date.parse(run.finishedAt!), now)}</span>
            </li>
          ))}
        </ul>
      )}
      {runs.length > mostShown && (
        <p className={styles.soft}>
          <PageLink href="/runs">{t("{n} more", { n: count(runs.length - mostShown) })}</PageLink>
        </p>
      )}
    </Card>
  );
}

const marks = {
  SUCCEEDED: ["✓", styles.good],
  FAILED: ["✗", styles.bad],
  CANCELLED: ["–", styles.soft],
} as const satisfies Partial<Record<RunRow["status"], readonly [string, string | undefined]>>;

function Mark({ status }: { status: RunRow["status"] }) {
  if (status === "QUEUED" || status === "RUNNING") return null;
  const [mark, look] = marks[status];
  return (
    <span className={look} title={word(status)} data-status={status}>
      <span aria-hidden="true">{mark}</span>
      <span className="visually-hidden">{word(status)}</span>
    </span>
  );
}

function Worth({ run }: { run: RunRow }) {
  const test = run.scores.find(({ split }) => split === "TEST");
  if (test) return <Skill value={test.skill} />;
  const mark = attentionWords(run.attention);
  return <span className={styles.soft}>{mark ?? ""}</span>;
}
