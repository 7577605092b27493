/** What stands in the place of content that is on its way, missing, or could not be had. */
import type { ReactNode } from "react";
import type { ApiError } from "../lib/api-error.ts";
import { t } from "../lib/words/t.ts";
import { Button } from "./button.tsx";
import styles from "./states.module.css";

export function Empty({
  title,
  children,
  action,
}: {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className={styles.state}>
      <h3>{title}</h3>
      {children && <p>{children}</p>}
      {action}
    </div>
  );
}

export function Failure({ error, onRetry }: { error: Pick<ApiError, "message">; onRetry?: () => void }) {
  return (
    <div className={`${styles.state} ${styles.failure}`} role="alert">
      <h3>{t("That did not work")}</h3>
      <p>{error.message}</p>
      {onRetry && <Button onClick={onRetry}>{t("Try again")}</Button>}
    </div>
  );
}

/** Grey lines in the shape of what is being fetched. */
export function Loading({ lines = 4, label = t("Loading") }: { lines?: number; label?: string }) {
  return (
    <div className={styles.loading} role="status">
      <span className="visually-hidden">{label}</span>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike
        <span key={line} style={{ width: `${92 - ((line * 37) % 41)}%` }} />
      ))}
    </div>
  );
}
