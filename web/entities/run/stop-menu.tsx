/** Stops a run: its best epoch is scored, or what it learned is discarded, after asking. */
"use client";
import { useState } from "react";
import { useMutation } from "urql";
import { Dialog } from "../../components/dialog.tsx";
import { Menu } from "../../components/menu.tsx";
import { readError } from "../../lib/api-error.ts";
import { useUntilBack } from "../../lib/live/use-until-back.ts";
import { t, tn } from "../../lib/words/t.ts";
import { cancelTrainingMutation } from "./stop-documents.ts";

interface Props {
  readonly runId: string;
  readonly epoch: number;
  /** Whether someone asked for it already, here or elsewhere. */
  readonly isRequested: boolean;
  readonly isScoreRequested: boolean;
  /** Where many runs stand on a page: which one this stops. */
  readonly name?: string;
  /** Small print, on a tile. */
  readonly isQuiet?: boolean;
}

export function StopMenu({ runId, epoch, isRequested, isScoreRequested, name, isQuiet = false }: Props) {
  const [isAsking, setIsAsking] = useState(false);
  const [discarded, discard] = useMutation(cancelTrainingMutation);
  const [scored, score] = useMutation(cancelTrainingMutation);
  const notScored = useUntilBack(scored.error);
  const notDiscarded = useUntilBack(discarded.error);
  const isStopping = isRequested || discarded.fetching || isDone(discarded);
  const isScoring = isScoreRequested || scored.fetching || isDone(scored);
  const label = isStopping ? t("Stopping…") : isScoring ? t("Scoring…") : t("Stop");
  const toDiscard = {
    name: t("Stop and discard"),
    hint: epoch > 0 ? t("No scores. It can be resumed later.") : t("No epoch is finished yet."),
    isDangerous: true,
    onChoose: () => setIsAsking(true),
  };
  const toScore = {
    name: t("Stop and score the best epoch"),
    hint: tn(
      epoch,
      "Of the {n} epoch trained so far. Scores and predictions as of any finished run.",
      "Of the {n} epochs trained so far. Scores and predictions as of any finished run.",
    ),
    onChoose: () => void score({ runId, score: true }),
  };
  return (
    <>
      <Menu
        label={label}
        {...(name !== undefined && { name: `${label} ${name}` })}
        kind={isQuiet ? "quiet" : "danger"}
        isDisabled={isStopping}
        items={epoch > 0 && !isScoring ? [toScore, toDiscard] : [toDiscard]}
      />
      {notScored && <span role="alert">{readError(notScored).message}</span>}
      {isAsking && (
        <Dialog
          title={
            name === undefined
              ? t("Stop this run and discard it?")
              : t("Stop {name} and discard it?", { name })
          }
          yes={t("Stop and discard")}
          no={t("Let it go on")}
          isBusy={discarded.fetching}
          onNo={() => setIsAsking(false)}
          onYes={async () => {
            const answer = await discard({ runId, score: false });
            if (!answer.error) setIsAsking(false);
          }}
        >
          {notDiscarded ? (
            <p role="alert">{readError(notDiscarded).message}</p>
          ) : (
            <p>
              {epoch > 0
                ? tn(
                    epoch,
                    "It stops after the batch in hand, and is not scored. The {n} epoch trained so far are kept, and it can be resumed from there.",
                    "It stops after the batch in hand, and is not scored. The {n} epochs trained so far are kept, and it can be resumed from there.",
                  )
                : t("It stops after the batch in hand, and is not scored. No epoch is finished yet.")}
            </p>
          )}
        </Dialog>
      )}
    </>
  );
}

const isDone = ({ data, error }: { data?: unknown; error?: unknown }) => data !== undefined && !error;
