/** What happened to a run, newest first; its epochs are in the loss chart. */
import { Card } from "../../components/card.tsx";
import { Empty } from "../../components/states.tsx";
import { clockTime, moment, word } from "../../lib/format.ts";
import type { RunHistory } from "../../lib/live/run-history.ts";
import styles from "./event-log.module.css";

type Entry = RunHistory["log"][number];

export function EventLog({ log }: { log: readonly Entry[] }) {
  return (
    <Card title="Log">
      {log.length === 0 ? (
        <Empty title="Nothing happened yet" />
      ) : (
        <ol className={styles.log}>
          {[...log].reverse().map((entry) => (
            <li key={entry.sequence} className={styles[levelOf(entry)]}>
              <time dateTime={entry.at} title={moment(entry.at)}>
                {clockTime(entry.at)}
              </time>
              <span>{textOf(entry)}</span>
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}

function levelOf(entry: Entry): "info" | "warning" | "error" {
  if (entry.__typename === "RunLogged")
    return entry.level === "INFO" ? "info" : entry.level === "WARNING" ? "warning" : "error";
  return entry.status === "FAILED" ? "error" : "info";
}

function textOf(entry: Entry): string {
  if (entry.__typename === "RunLogged") return entry.logMessage;
  return entry.message ? `${word(entry.status)}: ${entry.message}` : word(entry.status);
}
