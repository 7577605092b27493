/** The filter by expression, with what may come next while one types. */
"use client";
import { type KeyboardEvent, useEffect, useEffectEvent, useId, useRef, useState } from "react";
import { flushSync } from "react-dom";
import input from "../../components/input.module.css";
import { t } from "../../lib/words/t.ts";
import { type Completion, complete, type Vocabulary } from "./complete.ts";
import styles from "./expression-input.module.css";
import { readDraft, storeDraft } from "./filter-draft.ts";

interface Props {
  readonly value: string;
  readonly onApply: (expression: string) => void;
  readonly vocabulary: Vocabulary;
  /** What the server says of it; null: it is understood. */
  readonly problem: string | null;
}

export function ExpressionInput({ value, onApply, vocabulary, problem }: Props) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(value);
  const [offer, setOffer] = useState<Completion | null>(null);
  const [at, setAt] = useState(-1);
  const [isLeft, setIsLeft] = useState(false);
  // Going back, or a saved view, brings another one; a reload what was typed and not entered.
  useEffect(() => {
    const draft = readDraft(sessionStorage, value);
    setTyped(draft ?? value);
    setIsLeft(draft !== null);
  }, [value]);
  const type = (text: string) => {
    setTyped(text);
    storeDraft(sessionStorage, value, text);
  };

  const suggestions = offer?.suggestions ?? [];
  const look = () => {
    const caret = field.current?.selectionStart ?? 0;
    setOffer(complete(field.current?.value ?? "", caret, vocabulary));
    setAt(-1);
  };
  const take = (text: string) => {
    const { from, to } = offer!;
    const next = `${typed.slice(0, from)}${text} ${typed.slice(to).trimStart()}`;
    // At once: who types on would otherwise find the caret moved back into what was typed meanwhile.
    flushSync(() => type(next));
    const caret = from + text.length + 1;
    field.current?.focus();
    field.current?.setSelectionRange(caret, caret);
    look();
  };
  // The columns may come after the first letters.
  const lookAgain = useEffectEvent(() => {
    if (document.activeElement === field.current) look();
  });
  const isKnown = vocabulary.columns.length > 0;
  useEffect(() => {
    if (isKnown) lookAgain();
  }, [isKnown]);
  const apply = (expression: string) => {
    setOffer(null);
    storeDraft(sessionStorage, value, value);
    setIsLeft(false);
    onApply(expression.trim());
  };
  function onKeyDown(event: KeyboardEvent) {
    const { key } = event;
    const step = key === "ArrowDown" ? 1 : key === "ArrowUp" ? -1 : 0;
    if (step !== 0 && suggestions.length > 0) {
      event.preventDefault();
      setAt((before) => (before + step + suggestions.length + 1) % (suggestions.length + 1));
    } else if ((key === "Enter" || key === "Tab") && suggestions[at]) {
      event.preventDefault();
      take(suggestions[at].text);
    } else if (key === "Enter") {
      apply(typed);
    } else if (key === "Escape" && offer) {
      event.preventDefault();
      setOffer(null);
    }
  }
  return (
    <div className={styles.filter}>
      <input
        ref={field}
        className={`${input.input} ${styles.input}`}
        role="combobox"
        aria-label={t("Filter runs by expression")}
        aria-expanded={suggestions.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={suggestions[at] ? `${id}-${at}` : undefined}
        aria-invalid={problem !== null}
        aria-describedby={problem ? `${id}-problem` : undefined}
        autoComplete="off"
        spellCheck={false}
        placeholder={t("lr < 1e-3 and tag = paper")}
        value={typed}
        onChange={({ target }) => {
          type(target.value);
          look();
          if (target.value.trim() === "") apply("");
        }}
        onFocus={() => {
          setIsLeft(false);
          look();
        }}
        onClick={look}
        onBlur={() => {
          setOffer(null);
          if (typed.trim() !== value) apply(typed);
        }}
        onKeyDown={onKeyDown}
      />
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label={t("What may come next")}
        hidden={suggestions.length === 0}
        className={styles.list}
      >
        {suggestions.map(({ text, hint }, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: its keys are the input's
          // biome-ignore lint/a11y/useFocusableInteractive: as above
          <div
            key={text}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === at}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => take(text)}
          >
            <code>{text}</code> <span>{hint}</span>
          </div>
        ))}
      </div>
      {isLeft && <p className={styles.left}>{t("Typed before and not applied yet: press Enter in it.")}</p>}
      {problem && (
        <p id={`${id}-problem`} role="alert" className={styles.problem}>
          {problem}
        </p>
      )}
    </div>
  );
}
