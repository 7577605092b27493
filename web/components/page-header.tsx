/** The top of a page: what it is about, a line of facts, what one can do. */
import type { ReactNode } from "react";
import styles from "./page-header.module.css";

interface Props {
  readonly title: ReactNode;
  readonly facts?: ReactNode;
  readonly actions?: ReactNode;
  /** What must be read first: beneath the title, and on a phone before the actions. */
  readonly children?: ReactNode;
}

export function PageHeader({ title, facts, actions, children }: Props) {
  return (
    <header className={styles.header}>
      <div className={styles.words}>
        <h1>{title}</h1>
        {facts && <p className={styles.facts}>{facts}</p>}
      </div>
      {actions && <div className={styles.actions}>{actions}</div>}
      {children && <div className={styles.first}>{children}</div>}
    </header>
  );
}
