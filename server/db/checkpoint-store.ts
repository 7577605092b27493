/** Trained states of runs, in PostgreSQL: the last two to go on from, each with its checksum. */
import { createHash } from "node:crypto";
import type { CheckpointStore } from "../services/ports.ts";
import type { PrismaClient } from "./generated/client.ts";
import { clientOf } from "./transaction.ts";

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

export const createCheckpointStore = (prisma: PrismaClient): CheckpointStore => ({
  async save(tx, runId, { epoch, state }) {
    const { runCheckpoint } = clientOf(tx);
    await runCheckpoint.deleteMany({ where: { runId, slot: "previous" } });
    await runCheckpoint.updateMany({ where: { runId, slot: "latest" }, data: { slot: "previous" } });
    await runCheckpoint.create({
      data: { runId, slot: "latest", epoch, state: Uint8Array.from(state), checksum: sha256(state) },
    });
  },

  async latest(runId) {
    for (const slot of ["latest", "previous"]) {
      const row = await prisma.runCheckpoint.findUnique({ where: { runId_slot: { runId, slot } } });
      if (row && sha256(row.state) === row.checksum) return { epoch: row.epoch, state: row.state };
    }
    return null;
  },

  async settle(tx, runId) {
    await clientOf(tx).runCheckpoint.deleteMany({ where: { runId, slot: "previous" } });
  },
});
