/** Stops all runs of an experiment that have not ended, after asking. */
"use client";
import { useState } from "react";
import { useMutation } from "urql";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { readError } from "../../lib/api-error.ts";
import { t, tn } from "../../lib/words/t.ts";
import { cancelExperimentMutation } from "./documents.ts";

interface Props {
  readonly id: string;
  /** Runs that have not ended. */
  readonly left: number;
}

export function CancelExperimentButton({ id, left }: Props) {
  const [isAsking, setIsAsking] = useState(false);
  const [{ fetching, error, data }, cancel] = useMutation(cancelExperimentMutation);
  const isCancelling = fetching || (data !== undefined && !error);
  return (
    <>
      <Button kind="danger" disabled={isCancelling} onClick={() => setIsAsking(true)}>
        {isCancelling ? t("Cancelling…") : t("Cancel experiment")}
      </Button>
      {isAsking && (
        <Dialog
          title={t("Cancel this experiment?")}
          yes={t("Cancel the experiment")}
          no={t("Let it go on")}
          isBusy={fetching}
          onNo={() => setIsAsking(false)}
          onYes={async () => {
            const answer = await cancel({ id });
            if (!answer.error) setIsAsking(false);
          }}
        >
          {error ? (
            <p role="alert">{readError(error).message}</p>
          ) : (
            <p>
              {tn(
                left,
                "{n} run will be stopped. What has ended stays, with its scores; the others cannot be taken up again.",
                "{n} runs will be stopped. What has ended stays, with its scores; the others cannot be taken up again.",
              )}
            </p>
          )}
        </Dialog>
      )}
    </>
  );
}
