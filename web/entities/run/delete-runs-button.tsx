/** Deletes runs, after asking. */
"use client";
import { useState } from "react";
import { useMutation } from "urql";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { readError } from "../../lib/api-error.ts";
import { inWords } from "../../lib/api-words.ts";
import { plural } from "../../lib/format.ts";
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
  const what = isOne ? "this run" : plural(runs.length, "run");
  const ids = runs.map(({ id }) => id);
  return (
    <>
      <Button kind="danger" disabled={fetching} onClick={() => setIsAsking(true)}>
        {isOne ? "Delete run" : `Delete ${what}`}
      </Button>
      {isAsking && (
        <Dialog
          title={`Delete ${what}?`}
          yes={isOne ? "Delete the run" : `Delete ${what}`}
          no={isOne ? "Keep it" : "Keep them"}
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
              {isOne ? `${only!.name} goes` : "They go"} with {isOne ? "its" : "their"} losses, log, scores,
              predictions and trained weights. This cannot be undone.
            </p>
          )}
        </Dialog>
      )}
    </>
  );
}
