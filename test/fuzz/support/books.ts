/** What the product said that it stored, to be compared with what is stored. */
import pg from "pg";
import { fault } from "./fuzz.ts";
import { someRun, someSeries } from "./inputs.ts";
import type { Operation } from "./operations.ts";

export interface Answer {
  readonly status: number;
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions?: { readonly code?: string; readonly retryAfterMs?: number };
  }[];
}
interface Imported {
  readonly priceSeries: { readonly id: string } | null;
  readonly report: { readonly rowsAdded: number };
}

export function openBooks() {
  /** Bars that were acknowledged, by series; NaN where an answer got lost behind another's error. */
  const bars = new Map<string, number>();
  const runs = new Set<string>();
  const deletedRuns = new Set<string>();
  /** Named in a deletion whose answer got lost: there or not. */
  const doubtful = new Set<string>();
  /** Mutations that were done before another of their operation failed, so that nobody was told. */
  let untoldStarts = 0;
  let untoldImports = 0;

  return {
    /** `runs`: all that were told to be started, those that were deleted since included. */
    counts: () => ({ series: bars.size, runs: runs.size + deletedRuns.size, untoldStarts, untoldImports }),
    /** With ids that are there in the place of those that are wanted. */
    fillIn(text: string): string {
      const pick = (all: readonly string[], at: string) =>
        all[Number(at) % Math.max(1, all.length)] ?? "none-yet";
      const [seriesIds, runIds] = [[...bars.keys()], [...runs]];
      return text
        .replace(new RegExp(`${someSeries}(\\d+)`, "g"), (_, at: string) => pick(seriesIds, at))
        .replace(new RegExp(`${someRun}(\\d+)`, "g"), (_, at: string) => pick(runIds, at));
    },
    /** @param sent the request, with the ids that it named. */
    note({ mutations }: Operation, sent: string, { data, errors = [] }: Answer): void {
      if (data) {
        mutations.forEach(({ name, input }, at) => {
          const payload = data[`m${at}`];
          if (name === "startTraining") {
            const { id } = (payload as { run: { id: string } }).run;
            // The answer to a repeated key may be read after the run was deleted.
            if (!deletedRuns.has(id)) runs.add(id);
          }
          if (name === "deleteRuns")
            for (const id of (payload as { deletedIds: string[] }).deletedIds) {
              runs.delete(id);
              deletedRuns.add(id);
            }
          if (name !== "importPriceSeries" || (input as { dryRun?: unknown }).dryRun === true) return;
          const { priceSeries, report } = payload as Imported;
          if (priceSeries) bars.set(priceSeries.id, (bars.get(priceSeries.id) ?? 0) + report.rowsAdded);
        });
        return;
      }
      const [failed] = errors.flatMap(({ path }) => path?.[0] ?? []);
      const isUnknown = errors.some(({ extensions }) => extensions?.code === "UNAVAILABLE");
      const done = failed === undefined ? 0 : Number(String(failed).slice(1)) + (isUnknown ? 1 : 0);
      for (const { name, input } of mutations.slice(0, done)) {
        if (name === "startTraining") untoldStarts++;
        // Any that it named may be gone, and nobody was told which.
        if (name === "deleteRuns") for (const id of runs) if (sent.includes(id)) doubtful.add(id);
        if (name === "importPriceSeries" && (input as { dryRun?: unknown }).dryRun !== true) untoldImports++;
      }
    },
    /** @throws Error where a row was lost, doubled, or stored without a word. */
    async compare(databaseUrl: string): Promise<void> {
      const client = new pg.Client({ connectionString: databaseUrl });
      await client.connect();
      try {
        const { rows: series } = await client.query<{ id: string; told: number; stored: number }>(
          `SELECT id, (SELECT bar_count FROM series_version WHERE id = version_id) AS told,
             (SELECT count(*)::int FROM bar WHERE series_id = price_series.id) AS stored FROM price_series`,
        );
        const { rows: ids } = await client.query<{ id: string; isAlone: boolean }>(
          // An experiment or a schedule tells of itself, not of each run that it starts.
          'SELECT id, experiment_id IS NULL AND schedule_id IS NULL AS "isAlone" FROM run',
        );
        const { rows: gaps } = await client.query(
          `SELECT run_id, count(*)::int AS count, min(sequence)::int AS first, max(sequence)::int AS last FROM run_event
           GROUP BY run_id HAVING min(sequence) <> 1 OR max(sequence) <> count(*)`,
        );
        const stored = new Map(series.map((row) => [row.id, row.stored]));
        const wrong = [
          ...series
            .filter((row) => row.told !== row.stored)
            .map((row) => `series ${row.id} says ${row.told} bars and has ${row.stored}`),
          ...[...bars].filter(([id]) => !stored.has(id)).map(([id]) => `series ${id} is lost`),
          ...[...runs]
            .filter((id) => !doubtful.has(id) && !ids.some((row) => row.id === id))
            .map((id) => `run ${id} is lost`),
          ...gaps.map((row) => `events of a run have a gap: ${JSON.stringify(row)}`),
        ];
        wrong.push(
          ...ids
            .filter(({ id }) => deletedRuns.has(id))
            .map(({ id }) => `run ${id} was deleted and is there`),
        );
        const unknownRuns = ids.filter(
          ({ id, isAlone }) => isAlone && !runs.has(id) && !doubtful.has(id),
        ).length;
        if (unknownRuns > untoldStarts)
          wrong.push(`${unknownRuns} runs of which at most ${untoldStarts} were not told`);
        const differ = series.filter((row) => bars.get(row.id) !== row.stored);
        // Each import that was not told may have changed one series.
        if (differ.length > untoldImports)
          wrong.push(
            ...differ.map(
              (row) => `series ${row.id} has ${row.stored} bars, ${bars.get(row.id)} were acknowledged`,
            ),
          );
        if (wrong.length > 0)
          throw fault("rows were lost, doubled or stored without a word", this.counts(), wrong);
      } finally {
        await client.end();
      }
    },
  };
}
export type Books = ReturnType<typeof openBooks>;
