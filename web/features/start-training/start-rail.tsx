/** What the form comes to, beside it: how many runs, how long, how the series is cut, what differs from the preset. */
"use client";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { CopyButton } from "../../components/copy-button.tsx";
import { Notice } from "../../components/notice.tsx";
import { enumerated } from "../../entities/run/listed.ts";
import { word } from "../../lib/format.ts";
import { t, tn } from "../../lib/words/t.ts";
import { asCommand } from "./as-command.ts";
import { estimateWords } from "./estimate-words.ts";
import { changedFields, type FormValues, labelWithin } from "./form-values.ts";
import { runsInWords, runsOf, startWords, sweepWords } from "./repeat.ts";
import { SplitBar } from "./split-bar.tsx";
import styles from "./start-rail.module.css";
import type { StartForm } from "./use-start-form.ts";

interface Props {
  readonly form: StartForm;
  /** What the form began with, and what it is called. */
  readonly begun: FormValues;
  readonly begunName: string;
  readonly onReset: () => void;
  /** Null while there is nothing to take back. */
  readonly onUndo: (() => void) | null;
}

export function StartRail({ form, begun, begunName, onReset, onUndo }: Props) {
  const { axes, repeat, preview, request } = form;
  const changed = changedFields(begun, form.values, form.fields);
  const sweep = sweepWords(axes, repeat);
  const estimate = preview?.estimate;
  const times = estimate && estimateWords(estimate, runsOf(repeat, axes));
  return (
    <Card title={runsInWords(repeat, axes)}>
      <div className={styles.rail} data-testid="rail">
        {sweep && <p>{sweep}</p>}
        <p className={styles.times} data-testid="estimate">
          {times ? (
            <>
              <strong>{times.takes}</strong>
              <span>{times.starts}</span>
              <span>{t("Reckoned for {engine}", { engine: word(estimate.engine) })}</span>
            </>
          ) : (
            <span>{t("The time it takes is said as soon as the form is right and a worker is there.")}</span>
          )}
        </p>
        {preview && preview.splits.length > 0 && <SplitBar splits={preview.splits} />}
        <div className={styles.changes}>
          <span data-testid="changes">
            {changed.length === 0
              ? t("As {name}", { name: begunName })
              : tn(changed.length, "{n} change to {name}: {fields}", "{n} changes to {name}: {fields}", {
                  name: begunName,
                  fields: enumerated(changed.map(({ label }) => labelWithin(label))),
                })}
          </span>
          {changed.length > 0 && <Button onClick={onReset}>{t("Reset")}</Button>}
          {onUndo && <Button onClick={onUndo}>{t("Undo")}</Button>}
        </div>
        {form.generalErrors.length > 0 && (
          <Notice tone="bad" title={t("The run was not started")}>
            {form.generalErrors.map((message) => (
              <p key={message}>{message}</p>
            ))}
          </Notice>
        )}
        <Button kind="primary" type="submit" disabled={form.isSending}>
          {form.isSending ? t("Starting…") : startWords(repeat, axes)}
        </Button>
        {request && <Command text={asCommand(window.location.origin, request)} />}
      </div>
    </Card>
  );
}

function Command({ text }: { readonly text: string }) {
  return (
    <details className={styles.command}>
      <summary>{t("As a command")}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls */}
      <pre tabIndex={0}>{text}</pre>
      <CopyButton text={text} what={t("the command")} />
    </details>
  );
}
