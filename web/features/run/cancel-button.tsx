/** Stops a run, after asking. */
"use client";
import { useState } from "react";
import { useMutation } from "urql";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { readError } from "../../lib/api-error.ts";
import { plural } from "../../lib/format.ts";
import { cancelTrainingMutation } from "./documents.ts";

interface Props {
  readonly runId: string;
  readonly epoch: number;
  /** Whether someone asked for it already, here or elsewhere. */
  readonly isRequested: boolean;
}

export function CancelButton({ runId, epoch, isRequested }: Props) {
  const [isAsking, setIsAsking] = useState(false);
  const [{ fetching, error, data }, cancel] = useMutation(cancelTrainingMutation);
  const isCancelling = isRequested || fetching || (data !== undefined && !error);
  return (
    <>
      <Button kind="danger" disabled={isCancelling} onClick={() => setIsAsking(true)}>
        {isCancelling ? "Cancelling…" : "Cancel run"}
      </Button>
      {isAsking && (
        <Dialog
          title="Cancel this run?"
          yes="Cancel the run"
          no="Let it go on"
          isBusy={fetching}
          onNo={() => setIsAsking(false)}
          onYes={async () => {
            const answer = await cancel({ runId });
            if (!answer.error) setIsAsking(false);
          }}
        >
          {error ? (
            <p role="alert">{readError(error).message}</p>
          ) : (
            <p>
              It stops after the batch in hand.{" "}
              {epoch > 0
                ? `The ${plural(epoch, "epoch")} trained so far are kept.`
                : "No epoch is finished yet."}{" "}
              It cannot be taken up again.
            </p>
          )}
        </Dialog>
      )}
    </>
  );
}
