/** Deletes runs, after asking. */
"use client";
import { useState } from "react";
import { useMutation } from "urql";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { readError } from "../../lib/api-error.ts";
import { inWords } from "../../lib/api-words.ts";
import { t, tn } from "../../lib/words/t.ts";
import { rememberDeleted } from "./deleted-here.ts";
import { deleteRunsMutation } from "./documents.ts";

interface Props {
  readonly runs: readonly { readonly id: string; readonly name: string }[];
  readonly onDeleted: () => void;
}

export function DeleteRunsButton({ runs, onDeleted }: Props) {
  const [isAsking, setIsAsking] = useState(false);
  const [{ fetching, error }, deleteRuns] = useMutation(deleteRunsMutation);
  const [only] = runs;
  const isOne = runs.length === 1;
  const deleteAll = tn(runs.length, "Delete {n} run", "Delete {n} runs");
  const ids = runs.map(({ id }) => id);
  return (
    <>
      <Button kind="danger" disabled={fetching} onClick={() => setIsAsking(true)}>
        {isOne ? t("Delete run") : deleteAll}
      </Button>
      {isAsking && (
        <Dialog
          title={isOne ? t("Delete this run?") : tn(runs.length, "Delete {n} run?", "Delete {n} runs?")}
          yes={isOne ? t("Delete the run") : deleteAll}
          no={isOne ? t("Keep it") : t("Keep them")}
          isBusy={fetching}
          onNo={() => setIsAsking(false)}
          onYes={async () => {
            // The answer names no run, so the lists that show one have to be named.
            const answer = await deleteRuns({ ids }, { additionalTypenames: ["Run"] });
            if (answer.error) return;
            rememberDeleted(ids);
            setIsAsking(false);
            onDeleted();
          }}
        >
          {error ? (
            <p role="alert">{inWords(readError(error).message)}</p>
          ) : (
            <p>
              {isOne
                ? t(
                    "{name} goes with its losses, log, scores, predictions and trained weights. This cannot be undone.",
                    { name: only!.name },
                  )
                : t(
                    "They go with their losses, log, scores, predictions and trained weights. This cannot be undone.",
                  )}
            </p>
          )}
        </Dialog>
      )}
    </>
  );
}
