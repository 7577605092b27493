/** The runs that wait, in the order of their turns, with when each is likely to begin and a way to move it. */
"use client";
import { useMutation } from "urql";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { PageLink } from "../../components/page-link.tsx";
import type { RunRow } from "../../entities/run-list/live-runs.ts";
import { readError } from "../../lib/api-error.ts";
import { count, duration } from "../../lib/format.ts";
import { useUntilBack } from "../../lib/live/use-until-back.ts";
import { t } from "../../lib/words/t.ts";
import { setPriorityMutation } from "./documents.ts";
import styles from "./lists.module.css";
import { later, sooner } from "./queue.ts";

interface Props {
  readonly queue: readonly RunRow[];
  /** Milliseconds until each begins; null where unknown. */
  readonly starts: readonly (number | null)[];
  /** Of them more wait than are known here. */
  readonly total: number;
  readonly isTouchable: boolean;
}

const mostShown = 12;

export function QueueCard({ queue, starts, total, isTouchable }: Props) {
  const [{ error: latest, fetching }, setPriority] = useMutation(setPriorityMutation);
  const error = useUntilBack(latest);
  const more = Math.max(total, queue.length) - Math.min(queue.length, mostShown);
  return (
    <Card title={t("queue|Next")} note={queue.length === 0 ? t("Nothing waits.") : undefined}>
      {error && (
        <p role="alert" className={styles.problem}>
          {readError(error).message}
        </p>
      )}
      {queue.length > 0 && (
        <ol className={`${styles.list} ${styles.queue}`} aria-label={t("The queue")}>
          {queue.slice(0, mostShown).map((run, place) => {
            const move = { sooner: sooner(queue, place), later: later(queue, place) };
            return (
              <li key={run.id} data-waits={run.id}>
                <span className={styles.place}>{place + 1}</span>
                <span className={styles.name} dir="auto" title={run.name}>
                  {isTouchable ? <PageLink href={`/runs/${run.id}`}>{run.name}</PageLink> : run.name}
                </span>
                <span className={styles.soft}>{run.priceSeries.symbol}</span>
                <span className={styles.start}>{startWords(starts[place] ?? null)}</span>
                {isTouchable && (
                  <span className={styles.moves}>
                    {ways(run.name).map(({ way, label, title }) => (
                      <Button
                        key={way}
                        kind="quiet"
                        disabled={move[way] === null || fetching}
                        aria-label={label}
                        title={title}
                        onClick={() => setPriority({ runId: run.id, priority: move[way]! })}
                      >
                        <span aria-hidden="true">{way === "sooner" ? "↑" : "↓"}</span>
                      </Button>
                    ))}
                  </span>
                )}
              </li>
            );
          })}
        </ol>
      )}
      {more > 0 && <p className={styles.soft}>{t("{n} more wait.", { n: count(more) })}</p>}
    </Card>
  );
}

const ways = (name: string) => [
  { way: "sooner" as const, label: t("Train {name} sooner", { name }), title: t("Train it sooner") },
  { way: "later" as const, label: t("Train {name} later", { name }), title: t("Train it later") },
];

function startWords(ms: number | null): string {
  if (ms === null) return "";
  if (ms < 5_000) return t("begins soon");
  return t("in about {time}", { time: duration(Math.ceil(ms / 5_000) * 5_000) });
}
