/** Says when the live connection is lost, when it is tried again, and that it is back. */
"use client";
import { useEffect, useState } from "react";
import { browserClock } from "../lib/live/browser-clock.ts";
import { connection } from "../lib/live/socket.ts";
import { useConnection } from "../lib/live/use-connection.ts";
import { useNow } from "../lib/use-now.ts";
import { rich, t } from "../lib/words/t.ts";
import { Button } from "./button.tsx";
import styles from "./connection-banner.module.css";

const backShownMs = 4_000;

export function ConnectionBanner() {
  const state = useConnection();
  const isBackNews = useBackNews(state.phase === "open" ? state.restored : 0);
  return (
    <div className={styles.place} role="status" aria-live="polite">
      {state.phase === "lost" && <Lost retryAt={state.retryAt} reason={state.reason} />}
      {state.phase === "trying" && (
        <p className={styles.lost}>
          {state.reason === null
            ? t("Connection lost, trying again…")
            : t("No live updates: {reason}. Trying again…", { reason: state.reason })}
        </p>
      )}
      {state.phase === "open" && state.refusal !== null && (
        <p className={styles.lost}>
          <span>
            {t("Live updates are refused: {reason}. Reload the page, Gatecast may be newer than it.", {
              reason: state.refusal,
            })}
          </span>
        </p>
      )}
      {state.phase === "open" && isBackNews && (
        <p className={styles.back}>{t("Connected again. Everything is up to date.")}</p>
      )}
    </div>
  );
}

function Lost({ retryAt, reason }: { retryAt: number; reason: string | null }) {
  const now = useNow(500);
  const seconds = Math.max(1, Math.ceil((retryAt - now) / 1000));
  const time = (
    <>
      <span aria-hidden="true">{t("{seconds} s", { seconds })}</span>
      <span className="visually-hidden">{t("a moment")}</span>
    </>
  );
  return (
    <p className={styles.lost}>
      <span>
        {reason === null
          ? rich("Connection lost, trying again in {time}", { time })
          : rich("No live updates: {reason}. Trying again in {time}", { reason, time })}
      </span>
      <Button onClick={connection.tryNow}>{t("Try now")}</Button>
    </p>
  );
}

/** True for a few seconds after each return of the connection. */
function useBackNews(restored: number): boolean {
  const [isNews, setIsNews] = useState(false);
  useEffect(() => {
    if (restored === 0) return;
    setIsNews(true);
    return browserClock.after(backShownMs, () => setIsNews(false));
  }, [restored]);
  return isNews;
}
