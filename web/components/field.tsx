/** A labelled input with its hint, or what is wrong with it. */
"use client";
import { type ReactNode, useId } from "react";
import styles from "./field.module.css";

interface Props {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  /** Draws the input; the attributes tie it to its label and message. */
  readonly children: (attributes: {
    id: string;
    "aria-describedby": string | undefined;
    "aria-invalid": boolean;
  }) => ReactNode;
}

export function Field({ label, hint, error, children }: Props) {
  const id = useId();
  const wordsId = `${id}-words`;
  const words = error ?? hint;
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      {children({ id, "aria-describedby": words ? wordsId : undefined, "aria-invalid": error !== undefined })}
      {words && (
        <p id={wordsId} className={error ? styles.error : styles.hint}>
          {words}
        </p>
      )}
    </div>
  );
}
