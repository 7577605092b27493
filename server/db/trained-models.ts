/** Networks of finished runs, as bytes with their checksum. */
import { createHash } from "node:crypto";
import type { RunStore } from "../ports/runs.ts";
import type { PrismaClient } from "./generated/client.ts";
import { isUuid } from "./run-row.ts";
import { clientOf } from "./transaction.ts";

export const trainedModelsOf = (prisma: PrismaClient): Pick<RunStore, "recordModel" | "model"> => ({
  async recordModel(tx, runId, bytes) {
    const row = { model: Buffer.from(bytes), checksum: checksumOf(bytes) };
    await clientOf(tx).trainedModel.upsert({ where: { runId }, create: { runId, ...row }, update: row });
  },

  async model(runId) {
    if (!isUuid(runId)) return null;
    const row = await prisma.trainedModel.findUnique({ where: { runId } });
    if (!row) return null;
    if (checksumOf(row.model) !== row.checksum)
      throw new Error(
        `the stored model of run ${runId} must have the checksum ${row.checksum}: it is damaged`,
      );
    return row.model;
  },
});

const checksumOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
