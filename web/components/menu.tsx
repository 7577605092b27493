/** A button that opens a list of things to do; Escape and a click beside it close it. */
"use client";
import { type ComponentProps, type ReactNode, useId, useRef } from "react";
import { Button } from "./button.tsx";
import styles from "./menu.module.css";

export interface MenuItem {
  readonly name: string;
  /** What it does, in a line. */
  readonly hint?: string;
  readonly isDangerous?: boolean;
  readonly onChoose: () => void;
}

interface Props {
  readonly label: ReactNode;
  /** For those who hear it, where the label alone does not say what it is about. */
  readonly name?: string;
  readonly kind?: ComponentProps<typeof Button>["kind"];
  readonly isDisabled?: boolean;
  readonly items: readonly MenuItem[];
}

export function Menu({ label, name: about, kind = "plain", isDisabled = false, items }: Props) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  return (
    <span className={styles.menu}>
      <Button
        kind={kind}
        popoverTarget={id}
        disabled={isDisabled}
        className={styles.opener!}
        aria-label={about}
      >
        {label} <span aria-hidden>▾</span>
      </Button>
      <div id={id} ref={list} popover="auto" className={styles.list}>
        {items.map(({ name, hint, isDangerous = false, onChoose }) => (
          <button
            key={name}
            type="button"
            className={isDangerous ? styles.dangerous : undefined}
            onClick={() => {
              list.current?.hidePopover();
              onChoose();
            }}
          >
            {name}
            {hint && <small>{hint}</small>}
          </button>
        ))}
      </div>
    </span>
  );
}
