/** What happened to a run, newest first; its epochs are in the loss chart. Older lines come when they are asked for. */
"use client";
import { useState } from "react";
import { useClient } from "urql";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { Segmented } from "../../components/segmented.tsx";
import { Empty } from "../../components/states.tsx";
import { type LogEntry, logEntriesOf } from "../../entities/run-history/run-history.ts";
import { readError } from "../../lib/api-error.ts";
import { clockTime, moment, word } from "../../lib/format.ts";
import { said } from "../../lib/words/said.ts";
import { t } from "../../lib/words/t.ts";
import { olderLogQuery } from "./documents.ts";
import styles from "./event-log.module.css";
import { type OlderLines, withOlder } from "./older-lines.ts";

export function EventLog({ runId, log }: { runId: string; log: readonly LogEntry[] }) {
  const [older, setOlder] = useState<OlderLines | null>(null);
  const [least, setLeast] = useState<Level>("info");
  const { lines, before } = withOlder(log, older);
  const shown = lines.filter((entry) => rank[levelOf(entry)] >= rank[least]);
  const ask = useOlderLines(runId);
  return (
    <Card
      title={t("Log")}
      actions={<Segmented label={t("Lines shown")} value={least} choices={levels()} onChange={setLeast} />}
    >
      {shown.length === 0 ? (
        <Empty title={lines.length === 0 ? t("Nothing happened yet") : t("No such line")} />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard (WCAG 2.1.1)
        <ol className={styles.log} aria-label={t("Lines of the log")} tabIndex={0}>
          {[...shown].reverse().map((entry) => (
            <li key={entry.sequence} className={styles[levelOf(entry)]}>
              <time dateTime={entry.at} title={moment(entry.at)}>
                {clockTime(entry.at)}
              </time>
              <span>{textOf(entry)}</span>
            </li>
          ))}
        </ol>
      )}
      {ask.problem && <p role="alert">{ask.problem}</p>}
      {before !== null && (
        <Button
          disabled={ask.isBusy}
          onClick={async () => {
            const found = await ask.before(before);
            if (found) setOlder({ lines: [...found, ...lines], reachesStart: found.length === 0 });
          }}
        >
          {t("Show older lines")}
        </Button>
      )}
    </Card>
  );
}

/** Asks for a page of the log. Null: it could not be had, and `problem` says why. */
function useOlderLines(runId: string) {
  const client = useClient();
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const before = async (sequence: number): Promise<LogEntry[] | null> => {
    setIsBusy(true);
    const { data, error } = await client.query(olderLogQuery, { id: runId, before: sequence });
    setIsBusy(false);
    setProblem(error ? readError(error).message : null);
    return error ? null : logEntriesOf(data?.run?.log ?? []);
  };
  return { isBusy, problem, before };
}

type Level = "info" | "warning" | "error";
const rank: Readonly<Record<Level, number>> = { info: 0, warning: 1, error: 2 };
const levels = (): readonly { value: Level; name: string }[] => [
  { value: "info", name: t("lines|All") },
  { value: "warning", name: t("Warnings") },
  { value: "error", name: t("lines|Errors") },
];

function levelOf(entry: LogEntry): Level {
  if (entry.__typename === "RunLogged")
    return entry.level === "INFO" ? "info" : entry.level === "WARNING" ? "warning" : "error";
  return entry.status === "FAILED" ? "error" : "info";
}

function textOf(entry: LogEntry): string {
  if (entry.__typename === "RunLogged") return said(entry.logMessage);
  const status = word(entry.status);
  return entry.message ? t("{status}: {message}", { status, message: said(entry.message) }) : status;
}
