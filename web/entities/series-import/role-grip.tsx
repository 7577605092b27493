/** What a column's role is dragged by. For hands only: the list beside it does the same for the keyboard. */
"use client";
import type { PointerEventHandler } from "react";
import { t } from "../../lib/words/t.ts";
import styles from "./columns-table.module.css";

interface Props {
  /** Of the role. */
  readonly name: string;
  readonly onTake: PointerEventHandler;
}

const dots = [5, 10, 15].flatMap((y) => [4, 9].map((x) => ({ x, y })));

export function RoleGrip({ name, onTake }: Props) {
  return (
    <span
      className={styles.grip}
      title={t("Drag {role} onto another column", { role: name })}
      aria-hidden
      onPointerDown={onTake}
    >
      <svg viewBox="0 0 13 20" aria-hidden="true">
        {dots.map(({ x, y }) => (
          <circle key={`${x} ${y}`} cx={x} cy={y} r="1.5" />
        ))}
      </svg>
    </span>
  );
}
