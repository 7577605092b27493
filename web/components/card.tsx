/** A titled piece of a page. */
import type { ReactNode } from "react";
import styles from "./card.module.css";

interface Props {
  readonly title?: ReactNode;
  /** One line beneath the title. */
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  /** Lets tables and charts reach the edges. */
  readonly isFlush?: boolean;
}

export function Card({ title, note, actions, children, isFlush = false }: Props) {
  return (
    <section className={styles.card}>
      {(title || actions) && (
        <header className={styles.header}>
          <div>
            {title && <h2>{title}</h2>}
            {note && <p className={styles.note}>{note}</p>}
          </div>
          {actions && <div className={styles.actions}>{actions}</div>}
        </header>
      )}
      <div className={isFlush ? styles.flush : styles.body}>{children}</div>
    </section>
  );
}
