/** Schedules: a row each, which the runs that it started refer to. */
import { NotFound } from "../domain/errors.ts";
import type { Schedule, ScheduleStore } from "../ports/schedules.ts";
import { Prisma, type PrismaClient } from "./generated/client.ts";
import type { ScheduleModel } from "./generated/models/Schedule.ts";
import { isUuid } from "./run-row.ts";
import { clientOf } from "./transaction.ts";

export const createScheduleStore = (prisma: PrismaClient): ScheduleStore => ({
  async create({ training, ...schedule }) {
    try {
      return scheduleOf(
        await prisma.schedule.create({
          data: { ...schedule, training: { ...training } as Prisma.InputJsonObject },
        }),
      );
    } catch (error) {
      if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2003")
        throw new NotFound(`there is no price series ${schedule.seriesId}`);
      throw error;
    }
  },

  async find(id) {
    const row = isUuid(id) ? await prisma.schedule.findUnique({ where: { id } }) : null;
    return row && scheduleOf(row);
  },

  async list(seriesId) {
    const rows = await prisma.schedule.findMany({
      where: seriesId === null ? {} : { seriesId },
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    });
    return rows.map(scheduleOf);
  },

  async delete(id) {
    return isUuid(id) && (await prisma.schedule.deleteMany({ where: { id } })).count > 0;
  },

  async update(tx, id, patch) {
    await clientOf(tx).schedule.updateMany({ where: { id }, data: patch });
  },

  async lock(tx, id) {
    const [row] = await clientOf(tx).$queryRaw<{ id: string }[]>`
      SELECT id::text FROM schedule WHERE id = ${id}::uuid FOR NO KEY UPDATE SKIP LOCKED`;
    const found = row && (await clientOf(tx).schedule.findUnique({ where: { id } }));
    return found ? scheduleOf(found) : null;
  },

  async unjudged({ id, judgedId }) {
    // Ids are UUIDs of version 7: they ascend in the order of creation.
    const rows = await prisma.run.findMany({
      where: { scheduleId: id, status: "SUCCEEDED", ...(judgedId && { id: { gt: judgedId } }) },
      select: { id: true },
      orderBy: { id: "asc" },
    });
    return rows.map((run) => run.id);
  },
});

const scheduleOf = ({ training, ...row }: ScheduleModel): Schedule => ({
  ...row,
  training: training !== null && typeof training === "object" ? training : {},
});
