/** What the API says to the form as it stands: how the series would be cut, or what is wrong. */
"use client";
import { useEffect, useState } from "react";
import { useClient } from "urql";
import type { StartTrainingInput, TrainingPreviewQuery } from "../../graphql/generated/graphql.ts";
import { trainingPreviewQuery } from "./documents.ts";

export type Preview = TrainingPreviewQuery["trainingPreview"];

/** Typing in a field is one change. */
const settleMs = 250;

/**
 * @param input null while it is not worth asking.
 * @returns the newest answer, and whether it is about this very input
 */
export function usePreview(input: StartTrainingInput | null): {
  preview: Preview | null;
  isCurrent: boolean;
} {
  const client = useClient();
  const [answer, setAnswer] = useState<{ of: StartTrainingInput; preview: Preview } | null>(null);
  useEffect(() => {
    if (input === null) return;
    let isGone = false;
    const timer = setTimeout(async () => {
      const asked = client.query(trainingPreviewQuery, { input }, { requestPolicy: "network-only" });
      const { data } = await asked.toPromise();
      // Without an answer the form can be sent all the same: the API checks it then.
      if (data && !isGone) setAnswer({ of: input, preview: data.trainingPreview });
    }, settleMs);
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [client, input]);
  return { preview: answer?.preview ?? null, isCurrent: answer !== null && answer.of === input };
}
