/** One field for everything: what is typed finds runs, series and actions; arrows and Enter choose (ARIA's combobox). */
"use client";
import { useRouter } from "next/navigation";
import { type KeyboardEvent, useEffect, useId, useState } from "react";
import input from "../../components/input.module.css";
import { useModal } from "../../components/use-modal.ts";
import { chooseTheme } from "../../lib/theme.ts";
import { useApiQuery } from "../../lib/use-api-query.ts";
import { t, tn } from "../../lib/words/t.ts";
import { paletteQuery } from "./documents.ts";
import { type Entry, entriesFor, moved } from "./entries.ts";
import styles from "./palette.module.css";

interface Props {
  readonly onClose: () => void;
  readonly onKeys: () => void;
}

/** While one types, the server is asked no more often than this. */
const pauseMs = 150;

export function Palette({ onClose, onKeys }: Props) {
  const id = useId();
  const dialog = useModal();
  const router = useRouter();
  const [typed, setTyped] = useState("");
  const [asked, setAsked] = useState("");
  const [at, setAt] = useState(0);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(typed.trim()), pauseMs);
    return () => clearTimeout(timer);
  }, [typed]);
  const { data, error, isFetching } = useApiQuery(paletteQuery, { search: asked });
  const entries = entriesFor(typed, data, !isFetching && asked === typed.trim());
  const place = Math.min(at, entries.length - 1);

  const choose = ({ act }: Entry) => {
    onClose();
    if (act.kind === "go") router.push(act.href);
    else if (act.kind === "theme") chooseTheme(act.theme);
    else onKeys();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Home and End go through a text that is being written.
    const keys = typed === "" ? ["ArrowDown", "ArrowUp", "Home", "End"] : ["ArrowDown", "ArrowUp"];
    if (keys.includes(event.key)) setAt(moved(place, event.key, entries.length));
    else if (event.key === "Enter" && entries[place]) choose(entries[place]);
    else return;
    event.preventDefault();
  };
  useEffect(() => {
    document.getElementById(`${id}-${place}`)?.scrollIntoView({ block: "nearest" });
  }, [id, place]);

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it, too
    <dialog
      ref={dialog}
      className={styles.palette}
      aria-label={t("Find or do")}
      onClose={onClose}
      onClick={({ target, currentTarget }) => target === currentTarget && onClose()}
    >
      <div className={styles.inner}>
        <input
          className={`${input.input} ${styles.field}`}
          role="combobox"
          aria-label={t("Find a run, a series or an action")}
          aria-expanded={entries.length > 0}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={entries[place] ? `${id}-${place}` : undefined}
          autoComplete="off"
          spellCheck={false}
          placeholder={t("Run, series or action")}
          value={typed}
          onChange={({ target }) => {
            setTyped(target.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
        <div id={`${id}-list`} role="listbox" aria-label={t("What fits")} className={styles.list}>
          {entries.map((entry, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: its keys are the field's
            // biome-ignore lint/a11y/useFocusableInteractive: as above
            <div
              key={entry.key}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === place}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => choose(entry)}
            >
              <span className={styles.name}>{entry.name}</span>
              <span className={styles.note}>
                {entry.note}
                {entry.note && " · "}
                {groupWords()[entry.group]}
              </span>
            </div>
          ))}
        </div>
        {entries.length === 0 && <p className={styles.none}>{t("Nothing fits.")}</p>}
        {error && (
          <p className={styles.none} role="alert">
            {t("Runs and series cannot be searched now: {reason}", { reason: error.message })}
          </p>
        )}
        <p className="visually-hidden" role="status">
          {tn(entries.length, "{n} result", "{n} results")}
        </p>
      </div>
    </dialog>
  );
}

const groupWords = (): Readonly<Record<Entry["group"], string>> => ({
  Actions: t("Action"),
  Runs: t("Run"),
  Series: t("Series"),
});
