/** Takes a cancelled run up again. */
"use client";
import { useMutation } from "urql";
import { Button } from "../../components/button.tsx";
import { readError } from "../../lib/api-error.ts";
import { inWords } from "../../lib/api-words.ts";
import { useUntilBack } from "../../lib/live/use-until-back.ts";
import { t } from "../../lib/words/t.ts";
import { resumeTrainingMutation } from "./documents.ts";

export function ResumeButton({ runId, onResumed }: { runId: string; onResumed: () => void }) {
  const [{ fetching, error: latest }, resume] = useMutation(resumeTrainingMutation);
  const error = useUntilBack(latest);
  return (
    <>
      <Button
        kind="primary"
        disabled={fetching}
        onClick={async () => {
          if (!(await resume({ runId })).error) onResumed();
        }}
      >
        {fetching ? t("Resuming…") : t("Resume")}
      </Button>
      {error && <span role="alert">{inWords(readError(error).message)}</span>}
    </>
  );
}
