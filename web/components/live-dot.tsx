/** Whether what is shown is live, and how long ago the server last said anything. */
"use client";
import { lastHeardAt } from "../lib/live/socket.ts";
import { useConnection } from "../lib/live/use-connection.ts";
import { useNow } from "../lib/use-now.ts";
import { t } from "../lib/words/t.ts";
import styles from "./live-dot.module.css";

export function LiveDot() {
  const now = useNow(1_000);
  const { phase } = useConnection();
  const heard = lastHeardAt();
  const seconds = heard === null ? null : Math.max(0, Math.round((now - heard) / 1000));
  const isLive = phase === "open";
  return (
    <span className={isLive ? styles.live : styles.stale} title={titleOf(isLive, seconds)}>
      {/* Its age changes by the second: nothing for a screen reader. */}
      <span className="visually-hidden">{isLive ? t("Live") : t("Not live, the numbers are old")}</span>
      <span aria-hidden="true">{briefly(isLive, seconds)}</span>
    </span>
  );
}

function titleOf(isLive: boolean, seconds: number | null): string {
  if (!isLive) return t("Not live: the numbers on this page are old");
  return seconds === null
    ? t("Live: the server was last heard not yet")
    : t("Live: the server was last heard {seconds} s ago", { seconds });
}

function briefly(isLive: boolean, seconds: number | null): string {
  if (seconds === null) return isLive ? t("Live") : t("live|Old");
  return isLive ? t("Live {seconds} s", { seconds }) : t("Old {seconds} s", { seconds });
}
