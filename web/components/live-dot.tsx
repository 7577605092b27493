/** Whether what is shown is live, and how long ago the server last said anything. */
"use client";
import { lastHeardAt } from "../lib/live/socket.ts";
import { useConnection } from "../lib/live/use-connection.ts";
import { useNow } from "../lib/use-now.ts";
import styles from "./live-dot.module.css";

export function LiveDot() {
  const now = useNow(1_000);
  const { phase } = useConnection();
  const heard = lastHeardAt();
  const seconds = heard === null ? null : Math.max(0, Math.round((now - heard) / 1000));
  const isLive = phase === "open";
  const age = seconds === null ? "" : `${seconds} s`;
  return (
    <span
      className={isLive ? styles.live : styles.stale}
      title={
        isLive
          ? `Live: the server was last heard ${seconds === null ? "not yet" : `${seconds} s ago`}`
          : "Not live: the numbers on this page are old"
      }
    >
      {/* Its age changes by the second: nothing for a screen reader. */}
      <span className="visually-hidden">{isLive ? "Live" : "Not live, the numbers are old"}</span>
      <span aria-hidden="true">{isLive ? `Live ${age}` : `Old ${age}`}</span>
    </span>
  );
}
