/** Where a run stands, and whether anything may still happen to it. */
import type { RunStatus } from "../../graphql/generated/graphql.ts";
import { t } from "../../lib/words/t.ts";

const finalStatuses: ReadonlySet<RunStatus> = new Set(["SUCCEEDED", "FAILED", "CANCELLED"]);
export const isFinal = (status: RunStatus | null): boolean => status !== null && finalStatuses.has(status);

/** @param queuePosition from 1; null where it is not known. */
export const waitingSentence = (queuePosition: number | null): string =>
  queuePosition !== null && queuePosition > 1
    ? t("Waits for a worker, number {n} in the queue", { n: queuePosition })
    : t("Waits for a worker");
