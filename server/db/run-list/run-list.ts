/** Lists of runs: filtered, sorted by any column, page by page, and what such a list shows of each. */
import type { RunListOrder, RunStore } from "../../ports/runs.ts";
import { isNumeric, type RunCell, type RunColumn } from "../../recipe/run-columns/run-column.ts";
import { Engine, Prisma, type PrismaClient } from "../generated/client.ts";
import type { RunModel } from "../generated/models/Run.ts";
import { pageOf, pageSizeOf, positionOf } from "../page.ts";
import { isUuid, runOf } from "../run-row.ts";
import { type OnUnreadable, orUnreadable } from "../unreadable.ts";
import { columnSql, runTables } from "./column-sql.ts";
import { isKnown, whereOf } from "./condition-sql.ts";

const { sql, raw } = Prisma;
type Sql = Prisma.Sql;

const mostPerPage = 1000;
const mostTags = 200;
const newestFirst: RunListOrder = { column: null, descending: true };

interface Place {
  readonly id: string;
  /** What it is sorted by, as text; null where it has no value. */
  readonly key: string | null;
}

type PassingOver = <T>(read: (only: unknown) => Promise<T>) => Promise<T>;

export const runListOf = (
  prisma: PrismaClient,
  passingOver: PassingOver,
  onUnreadable: OnUnreadable,
): Pick<RunStore, "list" | "cells" | "tags"> => ({
  list: ({ first, after }, filter, order = newestFirst) =>
    passingOver(async (only) => {
      const size = pageSizeOf(first, mostPerPage);
      const place = positionOf(after, (text) => placeIn(text, order));
      const where = only ? sql`${whereOf(filter)} AND ${isKnown(Object.values(Engine))}` : whereOf(filter);
      const key = order.column === null ? null : sortedBy(order.column);
      const isBeyond = place && beyond(place, key, order);
      const direction = raw(order.descending ? "DESC" : "ASC");
      const [places, [counted], [before]] = await Promise.all([
        prisma.$queryRaw<Place[]>`
          SELECT run.id::text AS id, ${key ? sql`(${key.value})::text` : sql`NULL::text`} AS key FROM ${runTables}
          WHERE ${where} AND ${isBeyond ?? sql`true`}
          ORDER BY ${key ? sql`${key.value} ${direction} NULLS LAST, ` : Prisma.empty} run.id ${direction}
          LIMIT ${size + 1}`,
        prisma.$queryRaw<{ count: number }[]>`SELECT count(*)::int AS count FROM ${runTables} WHERE ${where}`,
        isBeyond
          ? prisma.$queryRaw<{ is: boolean }[]>`
              SELECT EXISTS (SELECT 1 FROM ${runTables} WHERE ${where} AND NOT coalesce(${isBeyond}, false)) AS is`
          : [],
      ]);
      const rows = await prisma.run.findMany({ where: { id: { in: places.map(({ id }) => id) } } });
      const byId = new Map(rows.map((row) => [row.id, row]));
      // One that was deleted meanwhile is left out.
      const node = ({ id }: Place) => {
        const row = byId.get(id);
        return row ? orUnreadable(`run ${id}`, () => runOf(row as RunModel), onUnreadable) : null;
      };
      const parts = { node, position: (at: Place) => positionText(at, order) };
      return pageOf(places, size, parts, {
        totalCount: counted!.count,
        hasPreviousPage: before?.is ?? false,
      });
    }),

  async cells(ids, columns) {
    const some = ids.filter(isUuid);
    if (some.length === 0 || columns.length === 0) return new Map();
    const values = columns.map((column) => {
      const { value } = columnSql(column);
      return isNumeric(column)
        ? sql`jsonb_build_object('number', ${value})`
        : sql`jsonb_build_object('text', ${value})`;
    });
    const rows = await prisma.$queryRaw<{ id: string; cells: { number?: number; text?: string }[] }[]>`
      SELECT run.id::text AS id, jsonb_build_array(${Prisma.join(values)}) AS cells
      FROM ${runTables} WHERE run.id = ANY(${some}::uuid[])`;
    return new Map(
      rows.map(({ id, cells }) => [id, columns.map((column, at) => cellOf(column, cells[at]!))]),
    );
  },

  async tags() {
    const rows = await prisma.$queryRaw<{ tag: string }[]>`
      SELECT tag FROM run, unnest(tags) AS tag GROUP BY tag ORDER BY count(*) DESC, tag LIMIT ${mostTags}`;
    return rows.map(({ tag }) => tag);
  },
});

const cellOf = ({ name }: RunColumn, { number, text }: { number?: unknown; text?: unknown }): RunCell => ({
  column: name,
  number: typeof number === "number" ? number : null,
  text: typeof text === "string" ? text : null,
});

/** Texts in the order of their letters, whatever their case. */
function sortedBy(column: RunColumn): { value: Sql; bound: (key: string) => Sql } {
  const { value } = columnSql(column);
  if (isNumeric(column)) return { value, bound: (key) => sql`${key}::float8` };
  return { value: sql`lower(${value})`, bound: (key) => sql`${key}::text` };
}

/** Those without a value come last both ways; equal ones follow each other by their ids. */
function beyond(
  { id, key }: Place,
  by: ReturnType<typeof sortedBy> | null,
  { descending }: RunListOrder,
): Sql {
  const after = raw(descending ? "<" : ">");
  const later = sql`run.id ${after} ${id}::uuid`;
  if (by === null) return later;
  if (key === null) return sql`(${by.value} IS NULL AND ${later})`;
  const bound = by.bound(key);
  return sql`(${by.value} IS NULL OR ${by.value} ${after} ${bound} OR (${by.value} = ${bound} AND ${later}))`;
}

/** Alone an id: the usual order. Otherwise with the order it belongs to, for another one has it elsewhere. */
function positionText({ id, key }: Place, { column, descending }: RunListOrder): string {
  if (column === null && descending) return id;
  return `${id}|${orderText({ column, descending })}|${key === null ? "" : `=${key}`}`;
}

function placeIn(text: string, order: RunListOrder): Place | null {
  const [id = "", by, ...rest] = text.split("|");
  if (!isUuid(id)) return null;
  if (order.column === null && order.descending) return by === undefined ? { id, key: null } : null;
  if (by !== orderText(order)) return null;
  const key = rest.join("|");
  if (key === "") return { id, key: null };
  if (
    order.column !== null &&
    isNumeric(order.column) &&
    Number.isNaN(Number(key.slice(1))) &&
    key !== "=NaN"
  )
    return null;
  return { id, key: key.slice(1) };
}

const orderText = ({ column, descending }: RunListOrder): string =>
  `${descending ? "-" : "+"}${column?.name ?? "createdAt"}`;
