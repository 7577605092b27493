/** Says what was deleted, and takes it back as long as it was not sent. Sends it when its time is over. */
"use client";
import { useEffect, useState } from "react";
import { stringifyDocument, useClient } from "urql";
import { Button } from "../../components/button.tsx";
import { rememberDeleted } from "../../entities/run/deleted-here.ts";
import { deleteRunsMutation } from "../../entities/run/documents.ts";
import { readError } from "../../lib/api-error.ts";
import { t, tn } from "../../lib/words/t.ts";
import { sendDeletesNow, sendDeletesWith, undoDelete, usePendingDeletes } from "./pending-deletes.ts";
import styles from "./undo-toast.module.css";

export function UndoToast({ onDeleted }: { onDeleted: () => void }) {
  const client = useClient();
  const pending = usePendingDeletes();
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    sendDeletesWith(async (ids, isLeaving) => {
      if (isLeaving) {
        const body = JSON.stringify({ query: stringifyDocument(deleteRunsMutation), variables: { ids } });
        const headers = { "content-type": "application/json" };
        void fetch("/graphql", { method: "POST", keepalive: true, headers, body });
        return;
      }
      rememberDeleted(ids);
      const answer = await client
        .mutation(deleteRunsMutation, { ids: [...ids] }, { additionalTypenames: ["Run"] })
        .toPromise();
      setProblem(answer.error ? readError(answer.error).message : null);
      onDeleted();
    });
    const leave = () => sendDeletesNow(true);
    window.addEventListener("pagehide", leave);
    return () => {
      window.removeEventListener("pagehide", leave);
      sendDeletesNow(false);
    };
  }, [client, onDeleted]);

  const count = pending.reduce((sum, { ids }) => sum + ids.length, 0);
  return (
    <div role="status" className={styles.place}>
      {count > 0 && (
        <p className={styles.toast}>
          {tn(count, "{n} run deleted", "{n} runs deleted")}
          <Button onClick={undoDelete}>{t("Undo")}</Button>
        </p>
      )}
      {problem && (
        <p role="alert" className={styles.toast}>
          {problem}
          <Button onClick={() => setProblem(null)}>{t("Close")}</Button>
        </p>
      )}
    </div>
  );
}
