/** Something the reader must know before trusting what stands below. */
import type { ReactNode } from "react";
import styles from "./notice.module.css";

export function Notice({
  tone,
  title,
  children,
}: {
  tone: "caution" | "bad";
  title: string;
  children: ReactNode;
}) {
  return (
    <div className={`${styles.notice} ${styles[tone]}`} role={tone === "bad" ? "alert" : "note"}>
      <strong>{title}</strong>
      {children}
    </div>
  );
}
