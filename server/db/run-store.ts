/** Runs with their epochs, scores and predictions. */
import { Conflict, NotFound } from "../domain/errors.ts";
import { nextStatuses, type RunStatus, runStatuses } from "../domain/run.ts";
import type { Announcer } from "../ports/live.ts";
import type { Run, RunFilter, RunPatch, RunStore } from "../ports/runs.ts";
import type { Transaction } from "../ports/transaction.ts";
import type { TrainingConfig } from "../recipe/training-config.ts";
import { Engine, Prisma, type PrismaClient } from "./generated/client.ts";
import type { RunModel } from "./generated/models/Run.ts";
import { pageOf, pageSizeOf, positionOf } from "./page.ts";
import { runNotesOf } from "./run-notes.ts";
import { runResultsOf } from "./run-results.ts";
import { isUuid, runOf } from "./run-row.ts";
import { runStandingsOf } from "./run-standings.ts";
import { clientOf } from "./transaction.ts";
import { type OnUnreadable, orUnreadable, passingOverUnknown } from "./unreadable.ts";

const mostPerPage = 1000;
/** A statement that takes 10 s costs the connection: ten of the longest runs have 200,000 events and epochs. */
const deletedAtATime = 10;
/** An advisory lock's number: any that nobody else in this database takes. */
const waitingRunsLock = 0x72_75_6e_73; // "runs"

export function createRunStore(
  prisma: PrismaClient,
  announcer: Announcer,
  onUnreadable: OnUnreadable = () => {},
): RunStore {
  const passingOver = passingOverUnknown("a run", known, onUnreadable);
  const readable = (row: RunModel) => orUnreadable(`run ${row.id}`, () => runOf(row), onUnreadable);
  const one = (where: Prisma.RunWhereInput) =>
    passingOver((only) => prisma.run.findFirst({ where: { AND: [where, only ?? {}] } }));

  const change = async (
    tx: Transaction,
    id: string,
    patch: RunPatch,
    moved: { to: RunStatus; from: RunStatus[] } | null,
  ): Promise<Run> => {
    const { error, warnings, leakTest, ...columns } = patch;
    const [row] = await clientOf(tx).run.updateManyAndReturn({
      where: { id, ...(moved && { status: { in: moved.from } }) },
      data: {
        ...columns,
        ...(moved && { status: moved.to }),
        ...(leakTest && { leakTest: { ...leakTest } }),
        ...(warnings && { warnings: [...warnings] }),
        ...(error && { errorCode: error.code, errorMessage: error.message }),
      },
    });
    if (!row) throw new Error(moved ? `run ${id} cannot become ${moved.to} now` : `there is no run ${id}`);
    await announcer.runChanged(tx, id);
    return runOf(row);
  };

  return {
    async create(tx, { config, warnings, ...run }) {
      try {
        const row = await clientOf(tx).run.create({
          data: {
            ...run,
            config: { ...config } as unknown as Prisma.InputJsonObject,
            warnings: [...warnings],
            inputs: { create: inputsOf(config) },
          },
        });
        await announcer.runChanged(tx, row.id);
        return runOf(row);
      } catch (error) {
        if (isGone(error))
          throw new NotFound(
            `the price series ${[run.seriesId, ...config.otherSeries.map((other) => other.priceSeriesId)].join(" or ")} is there no more`,
          );
        if (isTaken(error)) throw new Conflict(`another run has the idempotency key ${run.idempotencyKey}`);
        throw error;
      }
    },

    async find(id) {
      if (!isUuid(id)) return null;
      const row = await one({ id });
      return row && readable(row);
    },

    async lock(tx, id) {
      if (!isUuid(id)) return null;
      // NO KEY: rows that refer to the run may still be written beside it.
      await clientOf(tx).$queryRaw`SELECT 1 FROM run WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
      // Throws for a row that it cannot read: a worker would otherwise take the run for deleted.
      const row = await clientOf(tx).run.findUnique({ where: { id } });
      return row && runOf(row);
    },

    async lockAll(tx, ids) {
      const rows = await clientOf(tx).$queryRaw<Pick<Run, "id" | "name" | "status">[]>`
        SELECT id::text, name, status::text FROM run WHERE id = ANY(${ids.filter(isUuid)}::uuid[])
        ORDER BY id FOR UPDATE`;
      return rows;
    },

    async delete(tx, ids) {
      for (let first = 0; first < ids.length; first += deletedAtATime) {
        const some = ids.slice(first, first + deletedAtATime);
        await clientOf(tx).run.deleteMany({ where: { id: { in: [...some] } } });
      }
      await announcer.runsDeleted(tx, ids);
    },

    async findMany(ids) {
      const where = { id: { in: ids.filter(isUuid) } };
      const rows = await passingOver((only) => prisma.run.findMany({ where: { AND: [where, only ?? {}] } }));
      return rows.map(readable).filter((run) => run !== null);
    },

    async findByIdempotencyKey(key) {
      const row = await one({ idempotencyKey: key });
      return row && { run: runOf(row), requestHash: row.requestHash };
    },

    list: ({ first, after }, filter) =>
      passingOver(async (only) => {
        const size = pageSizeOf(first, mostPerPage);
        const position = positionOf(after, (id) => (isUuid(id) ? id : null));
        const where = { AND: [whereOf(filter), only ?? {}] };
        const beyond = (bound: { lt: string } | { gte: string }) => ({ AND: [where, { id: bound }] });
        const [rows, totalCount, before] = await Promise.all([
          prisma.run.findMany({
            where: position === null ? where : beyond({ lt: position }),
            // Ids are version 7 uuids, so their order is that of creation.
            orderBy: { id: "desc" },
            take: size + 1,
          }),
          prisma.run.count({ where }),
          position === null ? null : prisma.run.findFirst({ where: beyond({ gte: position }) }),
        ]);
        const parts = { node: readable, position: (row: RunModel) => row.id };
        return pageOf(rows, size, parts, { totalCount, hasPreviousPage: before !== null });
      }),

    async queuePositions(ids) {
      const rows = await prisma.$queryRaw<{ id: string; position: number }[]>`
        SELECT id, position::int FROM (
          SELECT id, row_number() OVER (ORDER BY priority DESC, created_at, id) AS position
          FROM run WHERE status = 'QUEUED'
        ) AS waiting
        WHERE id = ANY(${ids.filter(isUuid)}::uuid[])`;
      return new Map(rows.map(({ id, position }) => [id, position]));
    },

    async countWaiting(tx) {
      await clientOf(tx).$queryRaw`SELECT pg_advisory_xact_lock(${waitingRunsLock})::text`;
      return clientOf(tx).run.count({ where: { status: "QUEUED" } });
    },

    count: () => prisma.run.count(),

    lockOfSeries: (tx, seriesId, most) =>
      clientOf(tx).$queryRaw<{ id: string; status: RunStatus }[]>`
        SELECT id, status::text AS status FROM run WHERE series_id = ${seriesId}::uuid OR id IN (
          SELECT run_id FROM run_input JOIN series_version version ON version.id = series_version_id
          WHERE version.series_id = ${seriesId}::uuid
        )
        ORDER BY id LIMIT ${most} FOR UPDATE`,

    async countOfSeries(seriesId) {
      if (!isUuid(seriesId)) return { all: 0, running: 0 };
      const where = { OR: [{ seriesId }, { inputs: { some: { version: { seriesId } } } }] };
      const [all, running] = await Promise.all([
        prisma.run.count({ where }),
        prisma.run.count({ where: { ...where, status: "RUNNING" } }),
      ]);
      return { all, running };
    },

    setStatus: (tx, id, status, patch = {}) =>
      change(tx, id, patch, {
        to: status,
        from: runStatuses.filter((from) => (nextStatuses[from] as readonly RunStatus[]).includes(status)),
      }),
    update: (tx, id, patch) => change(tx, id, patch, null),
    ...runNotesOf(prisma, announcer),
    ...runResultsOf(prisma),
    ...runStandingsOf(prisma),
  };
}

/** What keeps the versions of other series while the run is there. */
const inputsOf = ({ otherSeries }: TrainingConfig) =>
  otherSeries.map(({ seriesVersionId }, position) => ({ position, seriesVersionId: seriesVersionId! }));

const engines = Object.values(Engine);
/** Rows whose enums this version knows. */
const known: Prisma.RunWhereInput = {
  status: { in: [...runStatuses] },
  requestedEngine: { in: engines },
  OR: [{ engine: null }, { engine: { in: engines } }],
};

const isTaken = (error: unknown) =>
  error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002";

/** It refers to a row that is not there. */
const isGone = (error: unknown) =>
  error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2003";

function whereOf({ status, seriesId, experimentId, search }: RunFilter): Prisma.RunWhereInput {
  const words = search?.trim() ?? "";
  // Prisma leaves the wildcards of LIKE as they are.
  const contains = { contains: words.replace(/[\\%_]/g, "\\$&"), mode: "insensitive" } as const;
  return {
    ...(status && { status: { in: [...status] } }),
    ...(seriesId && (isUuid(seriesId) ? { seriesId } : { id: { in: [] } })),
    ...(experimentId && (isUuid(experimentId) ? { experimentId } : { id: { in: [] } })),
    ...(words && { OR: [{ name: contains }, { series: { symbol: contains } }] }),
  };
}
