/** A question that must be answered before anything else; Escape means no. */
"use client";
import type { ReactNode } from "react";
import { Button } from "./button.tsx";
import styles from "./dialog.module.css";
import { useModal } from "./use-modal.ts";

interface Props {
  readonly title: string;
  readonly children: ReactNode;
  readonly yes: string;
  readonly no: string;
  readonly isBusy?: boolean;
  readonly onYes: () => void;
  readonly onNo: () => void;
}

export function Dialog({ title, children, yes, no, isBusy = false, onYes, onNo }: Props) {
  const dialog = useModal();
  return (
    <dialog ref={dialog} className={styles.dialog} onClose={onNo} aria-label={title}>
      <h2>{title}</h2>
      <div className={styles.words}>{children}</div>
      <div className={styles.answers}>
        <Button onClick={onNo}>{no}</Button>
        <Button kind="danger" onClick={onYes} disabled={isBusy}>
          {yes}
        </Button>
      </div>
    </dialog>
  );
}
