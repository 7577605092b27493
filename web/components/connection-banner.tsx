/** Says when the live connection is lost, when it is tried again, and that it is back. */
"use client";
import { useEffect, useState } from "react";
import { browserClock } from "../lib/live/browser-clock.ts";
import { connection } from "../lib/live/socket.ts";
import { useConnection } from "../lib/live/use-connection.ts";
import { useNow } from "../lib/use-now.ts";
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
          {state.reason === null ? "Connection lost, trying" : `No live updates: ${state.reason}. Trying`}{" "}
          again…
        </p>
      )}
      {state.phase === "open" && state.refusal !== null && (
        <p className={styles.lost}>
          <span>
            Live updates are refused: {state.refusal}. Reload the page, Gatecast may be newer than it.
          </span>
        </p>
      )}
      {state.phase === "open" && isBackNews && (
        <p className={styles.back}>Connected again. Everything is up to date.</p>
      )}
    </div>
  );
}

function Lost({ retryAt, reason }: { retryAt: number; reason: string | null }) {
  const now = useNow(500);
  const seconds = Math.max(1, Math.ceil((retryAt - now) / 1000));
  return (
    <p className={styles.lost}>
      <span>
        {reason === null ? "Connection lost, trying" : `No live updates: ${reason}. Trying`} again in{" "}
        <span aria-hidden="true">{seconds} s</span>
        <span className="visually-hidden">a moment</span>
      </span>
      <Button onClick={connection.tryNow}>Try now</Button>
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
