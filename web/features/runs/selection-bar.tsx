/** What can be done with the chosen runs. */
"use client";
import { type FormEvent, useState } from "react";
import { useMutation } from "urql";
import { Button, ButtonLink } from "../../components/button.tsx";
import input from "../../components/input.module.css";
import { tagsIn } from "../../entities/run/run-notes.ts";
import { updateRunsMutation } from "../../entities/run/run-notes-documents.ts";
import { isFinal } from "../../entities/run/status.ts";
import { readError } from "../../lib/api-error.ts";
import { t, tn } from "../../lib/words/t.ts";
import type { Row } from "./columns.ts";
import { stopRunMutation } from "./documents.ts";
import { OneChosen } from "./one-chosen.tsx";
import { deleteSoon } from "./pending-deletes.ts";
import styles from "./selection-bar.module.css";

const mostCompared = 10;

interface Props {
  readonly runs: readonly Row[];
  readonly tags: readonly string[];
  readonly onNone: () => void;
  readonly onChanged: () => void;
}

export function SelectionBar({ runs, tags, onNone, onChanged }: Props) {
  const [isTagging, setIsTagging] = useState(false);
  const [typed, setTyped] = useState("");
  const [, stop] = useMutation(stopRunMutation);
  const [, update] = useMutation(updateRunsMutation);
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const active = runs.filter(({ status }) => !isFinal(status));
  const idle = runs.filter(({ status }) => status !== "RUNNING");
  const ids = runs.map(({ id }) => id);
  const areArchived = runs.every(({ archived }) => archived);
  const canCompare = runs.length >= 2 && runs.length <= mostCompared;
  const common =
    runs.length > 0 ? runs[0]!.tags.filter((tag) => runs.every((run) => run.tags.includes(tag))) : [];

  async function doing(what: () => Promise<{ error?: Parameters<typeof readError>[0] | undefined } | null>) {
    setIsBusy(true);
    const answer = await what();
    setIsBusy(false);
    setProblem(answer?.error ? readError(answer.error).message : null);
    onChanged();
    return !answer?.error;
  }
  const change = (of: Parameters<typeof update>[0]["input"]) =>
    doing(() => update({ ids, input: of }, { additionalTypenames: ["Run"] }));
  const stopAll = () =>
    doing(async () => {
      for (const { id } of active) {
        const answer = await stop({ runId: id });
        if (answer.error) return answer;
      }
      return null;
    });
  async function addTags(event: FormEvent) {
    event.preventDefault();
    const found = tagsIn(typed);
    if (found.length > 0 && (await change({ addTags: found }))) setTyped("");
  }

  return (
    <section className={styles.bar} aria-label={t("Chosen runs")}>
      <strong aria-live="polite">{tn(runs.length, "{n} run chosen", "{n} runs chosen")}</strong>
      {canCompare ? (
        <ButtonLink kind="primary" href={`/compare?runs=${ids.join(",")}`}>
          {t("Compare")}
        </ButtonLink>
      ) : (
        <Button disabled title={t("2 to {n} runs can be compared", { n: mostCompared })}>
          {t("Compare")}
        </Button>
      )}
      {active.length > 0 && (
        <Button disabled={isBusy} onClick={stopAll}>
          {active.length < runs.length ? t("Stop {n}", { n: active.length }) : t("Stop")}
        </Button>
      )}
      {runs.length === 1 && <OneChosen key={ids[0]} id={ids[0]!} onChanged={onChanged} />}
      <Button aria-expanded={isTagging} onClick={() => setIsTagging(!isTagging)}>
        {t("Tag")}
      </Button>
      <Button disabled={isBusy} onClick={() => change({ archived: !areArchived })}>
        {areArchived ? t("Take out of the archive") : t("Archive")}
      </Button>
      <Button
        kind="danger"
        disabled={idle.length === 0}
        title={idle.length < runs.length ? t("Runs that train stay: stop them first") : undefined}
        onClick={() => {
          deleteSoon(idle.map(({ id }) => id));
          onNone();
        }}
      >
        {idle.length < runs.length ? t("Delete {n}", { n: idle.length }) : t("Delete")}
      </Button>
      <Button kind="quiet" onClick={onNone}>
        {t("Choose none")}
      </Button>
      {isTagging && (
        <form className={styles.tags} onSubmit={addTags}>
          <input
            className={input.input}
            aria-label={t("Tags to add")}
            placeholder={t("Tags to add: paper, …")}
            list="known-tags"
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
          />
          <datalist id="known-tags">
            {tags.map((tag) => (
              <option key={tag} value={tag} />
            ))}
          </datalist>
          <Button type="submit" disabled={isBusy}>
            {t("Add")}
          </Button>
          {common.map((tag) => (
            <Button key={tag} kind="quiet" disabled={isBusy} onClick={() => change({ removeTags: [tag] })}>
              {t("Remove “{tag}”", { tag })}
            </Button>
          ))}
        </form>
      )}
      {problem && (
        <p role="alert" className={styles.problem}>
          {problem}
        </p>
      )}
    </section>
  );
}
