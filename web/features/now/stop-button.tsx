/** Stops a run from its tile, after asking. */
"use client";
import { useState } from "react";
import { useMutation } from "urql";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { readError } from "../../lib/api-error.ts";
import { stopMutation } from "./documents.ts";

interface Props {
  readonly runId: string;
  readonly name: string;
  /** Whether someone asked for it already, here or elsewhere. */
  readonly isRequested: boolean;
}

export function StopButton({ runId, name, isRequested }: Props) {
  const [isAsking, setIsAsking] = useState(false);
  const [{ fetching, error, data }, stop] = useMutation(stopMutation);
  const isStopping = isRequested || fetching || (data !== undefined && !error);
  return (
    <>
      <Button
        kind="quiet"
        disabled={isStopping}
        aria-label={`Stop ${name}`}
        onClick={() => setIsAsking(true)}
      >
        {isStopping ? "Stopping…" : "Stop"}
      </Button>
      {isAsking && (
        <Dialog
          title="Stop this run?"
          yes="Stop the run"
          no="Let it go on"
          isBusy={fetching}
          onNo={() => setIsAsking(false)}
          onYes={async () => {
            const answer = await stop({ runId });
            if (!answer.error) setIsAsking(false);
          }}
        >
          {error ? (
            <p role="alert">{readError(error).message}</p>
          ) : (
            <p>{name} stops after the batch in hand. The epochs trained so far are kept.</p>
          )}
        </Dialog>
      )}
    </>
  );
}
