/** What happened while the page was open: a bell with the number of what is unread, and a list behind it. */
"use client";
import { useEffect, useState } from "react";
import { Button } from "../../components/button.tsx";
import { IconButton } from "../../components/icon-button.tsx";
import { PageLink } from "../../components/page-link.tsx";
import { clockTime } from "../../lib/format.ts";
import { t, tn } from "../../lib/words/t.ts";
import styles from "./bell.module.css";
import { useNews } from "./use-news.ts";

export function Bell() {
  const { news, unread, markRead } = useNews();
  return (
    <div className={styles.place}>
      <IconButton
        popoverTarget="news"
        name={unread > 0 ? t("What happened: {n} new", { n: unread }) : t("What happened")}
        path="M10 2.5a5 5 0 0 0-5 5v3.2L3.5 13.5h13L15 10.7V7.5a5 5 0 0 0-5-5ZM8 15.5a2 2 0 0 0 4 0"
      >
        {unread > 0 && <span className={styles.unread}>{unread}</span>}
      </IconButton>
      <div
        id="news"
        popover="auto"
        className={styles.list}
        onToggle={(event) => event.newState === "closed" && markRead()}
      >
        <h2>{t("What happened")}</h2>
        {news.length === 0 ? (
          <p className={styles.soft}>{t("Nothing since this page was opened.")}</p>
        ) : (
          <ul>
            {news.map(({ key, runId, text, tone, at }, place) => (
              <li key={key} data-tone={tone} data-new={place < unread || undefined}>
                <PageLink href={`/runs/${runId}`}>{text}</PageLink>
                <time dateTime={new Date(at).toISOString()}>{clockTime(at)}</time>
              </li>
            ))}
          </ul>
        )}
        {unread > 0 && (
          <p className="visually-hidden">
            {tn(unread, "{n} piece of news unread", "{n} pieces of news unread")}
          </p>
        )}
        <Outside />
      </div>
    </div>
  );
}

/** Asks the browser only when somebody asked for it. */
function Outside() {
  const [permission, setPermission] = useState<NotificationPermission | null>(null);
  useEffect(() => setPermission("Notification" in window ? Notification.permission : null), []);
  if (permission === null) return null;
  if (permission === "granted")
    return <p className={styles.soft}>{t("The browser shows these while you look at something else.")}</p>;
  if (permission === "denied")
    return (
      <p className={styles.soft}>
        {t("The browser does not let this page notify you; its settings for this page can change that.")}
      </p>
    );
  return (
    <Button onClick={async () => setPermission(await Notification.requestPermission())}>
      {t("Notify me while I look elsewhere")}
    </Button>
  );
}
