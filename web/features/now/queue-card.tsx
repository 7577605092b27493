/** The runs that wait, in the order of their turns, with when each is likely to begin and a way to move it. */
"use client";
import { useMutation } from "urql";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { PageLink } from "../../components/page-link.tsx";
import type { RunRow } from "../../entities/run-list/live-runs.ts";
import { readError } from "../../lib/api-error.ts";
import { count, duration } from "../../lib/format.ts";
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
  const [{ error, fetching }, setPriority] = useMutation(setPriorityMutation);
  const more = Math.max(total, queue.length) - Math.min(queue.length, mostShown);
  return (
    <Card title="Next" note={queue.length === 0 ? "Nothing waits." : undefined}>
      {error && (
        <p role="alert" className={styles.problem}>
          {readError(error).message}
        </p>
      )}
      {queue.length > 0 && (
        <ol className={`${styles.list} ${styles.queue}`} aria-label="The queue">
          {queue.slice(0, mostShown).map((run, place) => {
            const move = { sooner: sooner(queue, place), later: later(queue, place) };
            return (
              <li key={run.id} data-waits={run.id}>
                <span className={styles.place}>{place + 1}</span>
                <span className={styles.name} title={run.name}>
                  {isTouchable ? <PageLink href={`/runs/${run.id}`}>{run.name}</PageLink> : run.name}
                </span>
                <span className={styles.soft}>{run.priceSeries.symbol}</span>
                <span className={styles.start}>{startWords(starts[place] ?? null)}</span>
                {isTouchable && (
                  <span className={styles.moves}>
                    {(["sooner", "later"] as const).map((way) => (
                      <Button
                        key={way}
                        kind="quiet"
                        disabled={move[way] === null || fetching}
                        aria-label={`Train ${run.name} ${way}`}
                        title={`Train it ${way}`}
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
      {more > 0 && <p className={styles.soft}>{count(more)} more wait.</p>}
    </Card>
  );
}

const startWords = (ms: number | null): string =>
  ms === null ? "" : ms < 5_000 ? "begins soon" : `in about ${duration(Math.ceil(ms / 5_000) * 5_000)}`;
