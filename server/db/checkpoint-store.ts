/** Trained states of runs, in PostgreSQL: the last two to go on from, each with its checksum. */
import { createHash } from "node:crypto";
import type { CheckpointStore } from "../services/ports.ts";
import type { PrismaClient } from "./generated/client.ts";
import { clientOf } from "./transaction.ts";

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

export const createCheckpointStore = (prisma: PrismaClient): CheckpointStore => ({
  async save(tx, runId, { epoch, state }) {
    const client = clientOf(tx);
    await client.runCheckpoint.deleteMany({ where: { runId, slot: "previous" } });
    await client.runCheckpoint.updateMany({ where: { runId, slot: "latest" }, data: { slot: "previous" } });
    // Prisma's own create reads back what it wrote: 67 ms instead of 24 for a megabyte.
    await client.$executeRaw`
      INSERT INTO run_checkpoint (run_id, slot, epoch, state, checksum)
      VALUES (${runId}::uuid, 'latest', ${epoch}, ${new Uint8Array(state)}, ${sha256(state)})`;
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
