/** Deletes a series, after asking; once more where runs would go with it. */
"use client";
import { useState } from "react";
import { useMutation } from "urql";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { rememberDeleted } from "../../entities/run/deleted-here.ts";
import { readError } from "../../lib/api-error.ts";
import { t } from "../../lib/words/t.ts";
import { questionAfter, questionOf, type Stage } from "./delete-question.ts";
import { deleteSeriesMutation } from "./documents.ts";

interface Props {
  readonly series: { readonly id: string; readonly symbol: string; readonly name: string | null };
  readonly onDeleted: () => void;
}

export function DeleteSeriesButton({ series, onDeleted }: Props) {
  const [stage, setStage] = useState<Stage | null>(null);
  const [{ fetching }, deleteSeries] = useMutation(deleteSeriesMutation);
  const question = stage && questionOf(stage, series.name ?? series.symbol);
  return (
    <>
      <Button kind="danger" disabled={fetching} onClick={() => setStage({ withRuns: false, refusal: null })}>
        {t("Delete series")}
      </Button>
      {stage && question && (
        <Dialog
          title={question.title}
          yes={question.yes}
          no={t("Keep it")}
          isBusy={fetching}
          onNo={() => setStage(null)}
          onYes={async () => {
            const { id } = series;
            const answer = await deleteSeries(
              { id, withRuns: stage.withRuns },
              // The answer names neither, so the lists that show them have to be named.
              { additionalTypenames: ["PriceSeries", "Run"] },
            );
            if (answer.error) return setStage(questionAfter(stage, readError(answer.error)));
            rememberDeleted([id]);
            onDeleted();
          }}
        >
          {question.refusal && <p role="alert">{question.refusal}</p>}
          <p>{question.words}</p>
        </Dialog>
      )}
    </>
  );
}
