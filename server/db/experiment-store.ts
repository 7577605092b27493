/** Experiments: a row each, which its runs refer to. */
import { Conflict } from "../domain/errors.ts";
import { experimentPlans } from "../domain/experiment.ts";
import type { Experiment, ExperimentStore } from "../ports/experiments.ts";
import { Prisma, type PrismaClient } from "./generated/client.ts";
import type { ExperimentModel } from "./generated/models/Experiment.ts";
import { isUuid } from "./run-row.ts";
import { clientOf } from "./transaction.ts";

export const createExperimentStore = (prisma: PrismaClient): ExperimentStore => ({
  async create(tx, experiment) {
    try {
      return experimentOf(await clientOf(tx).experiment.create({ data: experiment }));
    } catch (error) {
      if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002")
        throw new Conflict(`another experiment has the idempotency key ${experiment.idempotencyKey}`);
      throw error;
    }
  },

  async find(id) {
    const row = isUuid(id) ? await prisma.experiment.findUnique({ where: { id } }) : null;
    return row && experimentOf(row);
  },

  async findMany(ids) {
    const rows = await prisma.experiment.findMany({ where: { id: { in: ids.filter(isUuid) } } });
    return rows.map(experimentOf);
  },

  async findByIdempotencyKey(key) {
    const row = await prisma.experiment.findUnique({ where: { idempotencyKey: key } });
    return row && { experiment: experimentOf(row), requestHash: row.requestHash };
  },

  async runsOf(id) {
    if (!isUuid(id)) return [];
    return prisma.run.findMany({
      where: { experimentId: id },
      select: { id: true, status: true },
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    });
  },
});

function experimentOf({ id, name, plan, createdAt }: ExperimentModel): Experiment {
  const known = experimentPlans.find((one) => one === plan);
  if (!known) throw new Error(`the plan of experiment ${id} must be one of ${experimentPlans}, got ${plan}`);
  return { id, name, plan: known, createdAt };
}
