/** What each column of runs is in SQL: a number, a text, or texts. One place for sorting, filtering and showing. */
import { type NamedField, recipeFields } from "../../recipe/catalogue.ts";
import { scoreNames } from "../../recipe/run-columns/own-columns.ts";
import type { RunColumn } from "../../recipe/run-columns/run-column.ts";
import { Prisma } from "../generated/client.ts";

const { sql, raw } = Prisma;
type Sql = Prisma.Sql;

/** Of columns that are several texts: what to look in, beside the one text that is shown and sorted by. */
export interface ColumnSql {
  readonly value: Sql;
  readonly texts?: Sql;
}

/** PostgreSQL joins only what the rest of the statement names. */
export const runTables = sql`
  run LEFT JOIN price_series series ON series.id = run.series_id
  LEFT JOIN experiment ON experiment.id = run.experiment_id`;

const ms = (column: Sql): Sql => sql`(extract(epoch FROM ${column}) * 1000)::float8`;
const truth = (condition: Sql): Sql => sql`CASE WHEN ${condition} THEN 'true' ELSE 'false' END`;
const several = (texts: Sql): ColumnSql => ({
  texts,
  value: sql`nullif(array_to_string(${texts}, ', '), '')`,
});

const own: Readonly<Record<string, ColumnSql>> = {
  name: { value: sql`run.name` },
  status: { value: sql`run.status::text` },
  series: {
    value: sql`series.symbol`,
    texts: sql`array_remove(ARRAY[series.symbol, series.name], NULL)`,
  },
  experiment: { value: sql`experiment.name` },
  tags: several(sql`run.tags`),
  note: { value: sql`run.note` },
  engine: { value: sql`run.engine::text` },
  device: { value: sql`run.device` },
  priority: { value: sql`run.priority::float8` },
  createdAt: { value: ms(sql`run.created_at`) },
  startedAt: { value: ms(sql`run.started_at`) },
  finishedAt: { value: ms(sql`run.finished_at`) },
  duration: { value: ms(sql`(run.finished_at - run.started_at)`) },
  epoch: { value: sql`run.epoch::float8` },
  bestEpoch: { value: sql`run.best_epoch::float8` },
  warnings: { value: sql`cardinality(run.warnings)::float8` },
  archived: { value: truth(sql`run.archived_at IS NOT NULL`) },
  baseline: { value: truth(sql`series.baseline_run_id = run.id`) },
  validationLoss: {
    value: sql`(SELECT validation_loss FROM run_epoch e WHERE e.run_id = run.id AND e.epoch = run.best_epoch)`,
  },
  pValue: { value: scoreOf("LAST_VALUE", raw("dm_p_value")) },
  // Errors on other bars, or of something else, are no comparison.
  vsBaseline: {
    value: sql`(SELECT 1 - mine.mae / base.mae FROM run_score mine, run_score base
      JOIN run pinned ON pinned.id = base.run_id
      WHERE ${ofTest("mine", sql`run.id`)} AND ${ofTest("base", sql`series.baseline_run_id`)}
        AND base.run_id <> run.id AND base.mae > 0 AND base.count = mine.count
        AND pinned.config ->> 'target' = run.config ->> 'target'
        AND pinned.config ->> 'horizon' = run.config ->> 'horizon')`,
  },
};

function ofTest(score: string, runId: Sql, forecaster = "GRU"): Sql {
  const row = raw(score);
  return sql`${row}.run_id = ${runId} AND ${row}.split = 'TEST' AND ${row}.fold = 0 AND ${row}.step = 0
    AND ${row}.forecaster = ${forecaster}::text`;
}

/** @param column never what came from outside */
function scoreOf(forecaster: string, column: Sql): Sql {
  return sql`(SELECT score.${column} FROM run_score score WHERE ${ofTest("score", sql`run.id`, forecaster)})`;
}

const scoreColumns: Readonly<Record<string, string>> = { directionalAccuracy: "directional_accuracy" };
const scoreSql = (forecaster: string, score: string): ColumnSql => ({
  value: scoreOf(forecaster, raw(scoreColumns[score] ?? score)),
});

const config = (name: string): Sql => sql`run.config -> ${name}::text`;
const configText = (name: string): Sql => sql`run.config ->> ${name}::text`;
/** Of what is no array, as an older or newer version may have it, none. */
const entries = (name: string): Sql =>
  sql`jsonb_array_elements(CASE jsonb_typeof(${config(name)}) WHEN 'array' THEN ${config(name)} ELSE '[]' END)`;

/** A run that is older than a field was trained with the field's default. */
function fieldSql({ name, field }: NamedField): Readonly<Record<string, ColumnSql>> {
  switch (field.kind) {
    case "INTEGER":
    case "NUMBER": {
      const usual = field.default === null ? sql`NULL` : sql`${String(field.default)}::float8`;
      const value = sql`CASE jsonb_typeof(${config(name)}) WHEN 'number' THEN (${configText(name)})::float8
        WHEN 'null' THEN NULL ELSE ${usual} END`;
      return { [name]: { value } };
    }
    case "BOOLEAN":
    case "CHOICE":
      return { [name]: { value: sql`coalesce(${configText(name)}, ${String(field.default)}::text)` } };
    case "CHOICES":
      return { [name]: several(sql`ARRAY(SELECT one #>> '{}' FROM ${entries(name)} AS one)`) };
    case "INDICATORS":
      return {
        [name]: several(
          sql`ARRAY(SELECT concat_ws(' ', one ->> 'kind', one ->> 'period') FROM ${entries(name)} AS one)`,
        ),
      };
    case "OTHER_SERIES":
      return { [name]: several(sql`ARRAY(SELECT one ->> 'symbol' FROM ${entries(name)} AS one)`) };
    case "LAYERS": {
      const of = (what: Sql): ColumnSql => ({ value: sql`(SELECT ${what} FROM ${entries(name)} AS one)` });
      return {
        shape: {
          value: sql`(SELECT string_agg(one ->> 'units', ' → ' ORDER BY place)
            FROM ${entries(name)} WITH ORDINALITY AS layer (one, place))`,
        },
        layers: of(sql`count(*)::float8`),
        units: of(sql`sum((one ->> 'units')::float8)`),
        dropout: of(sql`max((one ->> 'dropout')::float8)`),
      };
    }
  }
}

const all: Readonly<Record<string, ColumnSql>> = {
  ...Object.fromEntries(scoreNames.map((score) => [score, scoreSql("GRU", score)])),
  ...own,
  ...Object.assign({}, ...recipeFields.map(fieldSql)),
};

export function columnSql({ name }: Pick<RunColumn, "name">): ColumnSql {
  const [forecaster, score] = name.split(".");
  const found = score === undefined ? all[name] : scoreSql(forecaster!, score);
  if (!found) throw new Error(`the column ${name} of runs has no SQL`);
  return found;
}
