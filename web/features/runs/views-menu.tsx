/** Views that a person named: the address of the table, kept in this browser. */
"use client";
import { type FormEvent, useEffect, useId, useState } from "react";
import { Button } from "../../components/button.tsx";
import input from "../../components/input.module.css";
import { PageLink } from "../../components/page-link.tsx";
import { t } from "../../lib/words/t.ts";
import styles from "./menus.module.css";
import { readViews, type SavedView, storeViews, withView } from "./saved-views.ts";

export function ViewsMenu() {
  const id = useId();
  const [views, setViews] = useState<readonly SavedView[]>([]);
  const [name, setName] = useState("");
  const [isFull, setIsFull] = useState(false);
  useEffect(() => setViews(readViews(localStorage)), []);
  const store = (next: readonly SavedView[]) => {
    setIsFull(!storeViews(localStorage, next));
    setViews(next);
  };
  function save(event: FormEvent) {
    event.preventDefault();
    if (name.trim() === "") return;
    store(
      withView(views, { name: name.trim().slice(0, 60), query: window.location.search.replace(/^\?/, "") }),
    );
    setName("");
  }
  return (
    <>
      <Button popoverTarget={id} aria-haspopup="true" className={styles.viewsButton!}>
        {t("Views")}
      </Button>
      <div id={id} popover="auto" className={`${styles.menu} ${styles.views}`}>
        {views.length === 0 && (
          <p className={styles.hint}>{t("A view is what the table shows now, under a name.")}</p>
        )}
        <ul>
          {views.map((view) => (
            <li key={view.name} className={styles.view}>
              <PageLink href={`/runs?${view.query}`}>{view.name}</PageLink>
              <Button
                kind="quiet"
                aria-label={t("Forget the view {name}", { name: view.name })}
                onClick={() => store(views.filter((one) => one !== view))}
              >
                {t("Forget")}
              </Button>
            </li>
          ))}
        </ul>
        <form onSubmit={save} className={styles.save}>
          <input
            className={input.input}
            aria-label={t("Name of the view")}
            placeholder={t("Name of this view")}
            value={name}
            maxLength={60}
            onChange={({ target }) => setName(target.value)}
          />
          <Button type="submit">{t("Save")}</Button>
        </form>
        {isFull && <p role="alert">{t("The browser has no room for it: forget another view first.")}</p>}
      </div>
    </>
  );
}
