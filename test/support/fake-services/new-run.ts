/** A run that nobody has taken yet. */
import { randomUUID } from "node:crypto";
import type { PriceSeries } from "../../../server/domain/price-series.ts";
import type { Run } from "../../../server/ports/runs.ts";

export const runOn = ({ id, version }: PriceSeries) => ({ seriesId: id, seriesVersionId: version.id });

export function newRun(run: Pick<Run, "seriesId" | "seriesVersionId" | "name" | "config" | "warnings">): Run {
  return {
    ...run,
    id: randomUUID(),
    status: "QUEUED",
    experimentId: null,
    scheduleId: null,
    verdict: null,
    leakTest: null,
    intervalSource: null,
    naiveLoss: null,
    lowestLoss: null,
    lowestLossEpoch: null,
    newestLoss: null,
    isConstant: false,
    requestedEngine: "AUTO",
    priority: 0,
    engine: null,
    device: null,
    createdAt: new Date(),
    startedAt: null,
    finishedAt: null,
    epoch: 0,
    bestEpoch: null,
    etaMs: null,
    lastSequence: 0,
    cancelRequestedAt: null,
    scoreRequestedAt: null,
    error: null,
    idempotencyKey: null,
    attempts: 0,
    lostAttempts: 0,
    tags: [],
    note: null,
    archivedAt: null,
  };
}
