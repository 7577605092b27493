/** The keys, on one sheet. */
"use client";
import { Button } from "../../components/button.tsx";
import dialogStyles from "../../components/dialog.module.css";
import { useModal } from "../../components/use-modal.ts";
import { t } from "../../lib/words/t.ts";
import { keyGroups } from "./keys.ts";
import styles from "./palette.module.css";

export function KeysDialog({ onClose }: { onClose: () => void }) {
  const dialog = useModal();
  return (
    <dialog ref={dialog} className={dialogStyles.dialog} aria-label={t("Keys")} onClose={onClose}>
      <h2>{t("Keys")}</h2>
      {keyGroups().map(({ title, keys }) => (
        <section key={title} className={styles.keys} aria-label={title}>
          <h3>{title}</h3>
          <dl>
            {keys.map(([key, does]) => (
              <div key={key}>
                <dt>
                  <kbd>{key}</kbd>
                </dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <div className={dialogStyles.answers}>
        <Button onClick={onClose}>{t("Close")}</Button>
      </div>
    </dialog>
  );
}
