/** Fields that are rarely changed, folded away under what they are called. */
"use client";
import { type ReactNode, useState } from "react";
import { enumerated } from "../../entities/run/listed.ts";
import { t } from "../../lib/words/t.ts";
import styles from "./start-form.module.css";

interface Props {
  /** What they are about: "the data". */
  readonly about: string;
  readonly labels: readonly string[];
  /** Opens it: something in it is wrong. */
  readonly mustOpen: boolean;
  readonly children: ReactNode;
}

export function MoreFields({ about, labels, mustOpen, children }: Props) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details
      className={styles.more}
      open={isOpen || mustOpen}
      onToggle={(event) => setIsOpen(event.currentTarget.open)}
    >
      <summary>
        <strong>{t("More about {about}", { about })}</strong>
        <span>{enumerated(labels)}</span>
      </summary>
      <div className={styles.fields}>{children}</div>
    </details>
  );
}
