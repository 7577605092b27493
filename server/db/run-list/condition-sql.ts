/** Which runs a filter lets through, in SQL. Every value is a parameter. */
import { runStatuses } from "../../domain/run.ts";
import type { RunFilter } from "../../ports/runs.ts";
import type { Comparison, Condition, ConditionValue } from "../../recipe/run-columns/condition.ts";
import { isNumeric, type RunColumn } from "../../recipe/run-columns/run-column.ts";
import { Prisma } from "../generated/client.ts";
import { isUuid } from "../run-row.ts";
import { columnSql } from "./column-sql.ts";

const { sql, raw } = Prisma;
type Sql = Prisma.Sql;

const nothing = sql`false`;
const everything = sql`true`;

export function whereOf(filter: RunFilter): Sql {
  const { status, seriesId, experimentId, search, searchStatus, tag, archived, beatsNaive, expression } =
    filter;
  const words = search?.trim() ?? "";
  const parts = [
    status && sql`run.status = ANY(${[...status]}::"RunStatus"[])`,
    seriesId && (isUuid(seriesId) ? sql`run.series_id = ${seriesId}::uuid` : nothing),
    experimentId && (isUuid(experimentId) ? sql`run.experiment_id = ${experimentId}::uuid` : nothing),
    words && found(words, searchStatus ?? []),
    tag && isAmong(sql`run.tags`, tag),
    archived != null && (archived ? sql`run.archived_at IS NOT NULL` : sql`run.archived_at IS NULL`),
    beatsNaive && sql`${columnSql({ name: "skill" }).value} > 0`,
    expression && conditionSql(expression),
  ].filter((part) => typeof part === "object" && part !== null);
  return parts.length === 0 ? everything : Prisma.join(parts, " AND ");
}

/** Rows whose enums this version knows. */
export const isKnown = (engines: readonly string[]): Sql =>
  sql`run.status::text = ANY(${[...runStatuses]}::text[]) AND run.requested_engine::text = ANY(${[...engines]}::text[])
    AND (run.engine IS NULL OR run.engine::text = ANY(${[...engines]}::text[]))`;

/** Whatever a row shows. */
function found(words: string, statuses: readonly string[]): Sql {
  const like = likeOf(words);
  return sql`(run.name ILIKE ${like}::text OR series.symbol ILIKE ${like}::text OR series.name ILIKE ${like}::text
    OR run.note ILIKE ${like}::text OR EXISTS (SELECT 1 FROM unnest(run.tags) AS tag WHERE tag ILIKE ${like}::text)
    OR run.status = ANY(${[...statuses]}::"RunStatus"[]))`;
}

const likeOf = (part: string): string => `%${part.replace(/[\\%_]/g, "\\$&")}%`;
const isAmong = (texts: Sql, text: string): Sql =>
  sql`EXISTS (SELECT 1 FROM unnest(${texts}) AS one WHERE lower(one) = lower(${text}::text))`;

/** Two-valued: a run without a value meets no comparison, and "not" turns that round. */
function conditionSql(condition: Condition): Sql {
  switch (condition.kind) {
    case "not":
      return sql`NOT ${conditionSql(condition.of)}`;
    case "all":
    case "any": {
      const parts = condition.of.map(conditionSql);
      return sql`(${Prisma.join(parts, condition.kind === "all" ? " AND " : " OR ")})`;
    }
    case "compare": {
      const { column, comparison, value } = condition;
      if (comparison === "!=") return sql`NOT ${compared(column, "=", value)}`;
      if (comparison === "!~") return sql`NOT ${compared(column, "~", value)}`;
      return compared(column, comparison, value);
    }
  }
}

const signs = { "=": raw("="), "<": raw("<"), "<=": raw("<="), ">": raw(">"), ">=": raw(">=") };

function compared(
  column: RunColumn,
  comparison: Exclude<Comparison, "!=" | "!~">,
  wanted: ConditionValue,
): Sql {
  const { value, texts } = columnSql(column);
  if (wanted === null) return sql`(${value} IS NULL)`;
  if (typeof wanted === "object") return sql`coalesce(${daySql(value, comparison, wanted)}, false)`;
  if (comparison === "~") {
    const like = likeOf(String(wanted));
    if (texts) return sql`EXISTS (SELECT 1 FROM unnest(${texts}) AS one WHERE one ILIKE ${like}::text)`;
    return sql`coalesce(${value} ILIKE ${like}::text, false)`;
  }
  if (isNumeric(column)) return sql`coalesce(${value} ${signs[comparison]} ${String(wanted)}::float8, false)`;
  if (texts) return isAmong(texts, String(wanted));
  return sql`coalesce(lower(${value}) = lower(${String(wanted)}::text), false)`;
}

/** A day is after another when it is after all of it. */
function daySql(value: Sql, comparison: string, { from, to }: { from: number; to: number }): Sql {
  const [begin, end] = [sql`${String(from)}::float8`, sql`${String(to)}::float8`];
  if (comparison === "<") return sql`${value} < ${begin}`;
  if (comparison === "<=") return sql`${value} < ${end}`;
  if (comparison === ">") return sql`${value} >= ${end}`;
  if (comparison === ">=") return sql`${value} >= ${begin}`;
  return sql`(${value} >= ${begin} AND ${value} < ${end})`;
}
