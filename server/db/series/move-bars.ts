/**
 * Bars as releases before versions stored them, a row each, become versions: one for the bars that a series has, and one for
 * each shorter table that runs were trained on. Part of the migration series_versions.
 *
 *   before_versions.bar, before_versions.run ─► bar_chunk, series_version, run.series_version_id ─► the schema is dropped
 *
 * All of it is one transaction: broken off at any moment, the next start begins it anew.
 */
import type { ClientBase } from "pg";
import { chunksOf, hashOfChunks } from "../../domain/bar-chunks.ts";
import { concatBars, emptyTable, sliceBars, tableOf } from "../../domain/bar-table.ts";
import { newChunk } from "../../domain/new-chunk.ts";
import type { BarTable } from "../../domain/price-series.ts";
import { chunkWriter } from "./chunk-writer.ts";
import { lengthsByOldHash } from "./old-hash.ts";

/** Does nothing if the bars were moved already, or there were none. Call it in a transaction. */
export async function moveBars(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ isThere: boolean }>(
    `SELECT to_regclass('before_versions.bar') IS NOT NULL AS "isThere"`,
  );
  if (!rows[0]?.isThere) return;
  const series = await client.query<{ id: string }>("SELECT id FROM price_series ORDER BY id");
  for (const { id } of series.rows) await moveSeries(client, id);
  await client.query("DROP SCHEMA before_versions CASCADE");
}

interface OldRun {
  readonly id: string;
  readonly hash: string;
  /** Of the newest bar that it predicted: the last one of its table. Null without a result. */
  readonly lastTime: Date | null;
}

const oldRunsSql = `
  SELECT id, series_content_hash AS hash, last_time AS "lastTime"
  FROM before_versions.run WHERE series_id = $1`;

async function moveSeries(client: ClientBase, seriesId: string): Promise<void> {
  const bars = await oldBars(client, seriesId);
  const { rows: runs } = await client.query<OldRun>(oldRunsSql, [seriesId]);
  const likely = runs.flatMap(({ lastTime }) =>
    lastTime ? [bars.time.findLastIndex((time) => time <= lastTime.getTime()) + 1] : [],
  );
  const lengths = await lengthsByOldHash(bars, new Set(runs.map(({ hash }) => hash)), likely);
  const needed = [...new Set([...lengths.values(), bars.time.length])].sort((a, b) => a - b);
  // The one that the migration's SQL made for the time being: deleted when nothing points to it any more.
  await client.query("UPDATE series_version SET number = 0 WHERE series_id = $1", [seriesId]);
  const versions = new Map<number, string>();
  for (const [index, length] of needed.entries())
    versions.set(length, await storeVersion(client, seriesId, sliceBars(bars, 0, length), index + 1));
  const whole = versions.get(bars.time.length)!;
  await client.query("UPDATE price_series SET version_id = $2 WHERE id = $1", [seriesId, whole]);
  for (const run of runs) {
    const length = lengths.get(run.hash);
    if (length === undefined) await linkWithout(client, run.id, whole);
    else await link(client, run.id, versions.get(length)!);
  }
  await client.query("DELETE FROM series_version WHERE series_id = $1 AND number = 0", [seriesId]);
}

const barsAtATime = 4096;

async function oldBars(client: ClientBase, seriesId: string): Promise<BarTable> {
  const pieces: BarTable[] = [];
  await client.query(
    `DECLARE old_bars NO SCROLL CURSOR FOR
     SELECT extract(epoch FROM time)::float8 * 1000 AS time, open, high, low, close,
       coalesce(adjusted_close, 'NaN') AS "adjustedClose", coalesce(volume, 'NaN') AS volume
     FROM before_versions.bar WHERE series_id = '${seriesId}' ORDER BY time`,
  );
  for (;;) {
    const { rows } = await client.query<Record<keyof BarTable, number>>(`FETCH ${barsAtATime} FROM old_bars`);
    if (rows.length === 0) break;
    pieces.push(
      tableOf(rows.length, (column, index) => {
        const value = Number(rows[index]![column]);
        // Seconds times 1000 may miss the millisecond by a rounding.
        return column === "time" ? Math.round(value) : value;
      }),
    );
  }
  await client.query("CLOSE old_bars");
  return pieces.length === 0 ? emptyTable : concatBars(pieces);
}

async function storeVersion(
  client: ClientBase,
  seriesId: string,
  bars: BarTable,
  number: number,
): Promise<string> {
  const writer = chunkWriter(client, seriesId);
  const hashes: Uint8Array[] = [];
  const times: number[] = [];
  for (const piece of chunksOf(bars)) {
    const chunk = newChunk(piece);
    await writer.take(chunk);
    hashes.push(chunk.hash);
    times.push(piece.time[0]!);
  }
  await writer.written();
  const dateAt = (index: number) => (bars.time.length === 0 ? null : new Date(bars.time.at(index)!));
  const { rows } = await client.query<{ id: string }>(
    `INSERT INTO series_version
       (id, series_id, number, content_hash, bar_count, first_time, last_time, chunks, chunk_times, created_at)
     SELECT gen_random_uuid(), $1, $2, $3, $4, $5, $6, $7, $8, updated_at FROM price_series WHERE id = $1
     RETURNING id`,
    [seriesId, number, hashOfChunks(hashes), bars.time.length, dateAt(0), dateAt(-1), hashes, times],
  );
  return rows[0]!.id;
}

const link = (client: ClientBase, runId: string, versionId: string) =>
  client.query("UPDATE run SET series_version_id = $2 WHERE id = $1", [runId, versionId]);

const barsAreGone =
  "The bars that it was trained on were changed before Gatecast kept versions, and are stored no more: it is shown with those that the series has.";
const cannotGoOn =
  "The bars that it was trained on were changed before Gatecast kept versions, and are stored no more: it cannot go on. Start it again to train on those that the series has.";

/** Links a run whose bars are gone to those of its series: ends it if it is half trained, and otherwise warns in it. */
async function linkWithout(client: ClientBase, runId: string, versionId: string): Promise<void> {
  await link(client, runId, versionId);
  const { rows } = await client.query<{ sequence: number }>(
    `UPDATE run SET status = 'FAILED', error_code = 'SERIES_CHANGED', error_message = $2, finished_at = now(),
       eta_ms = NULL, last_sequence = last_sequence + 1
     WHERE id = $1 AND status IN ('QUEUED', 'RUNNING') AND epoch > 0
     RETURNING last_sequence AS sequence`,
    [runId, cannotGoOn],
  );
  if (rows[0]) {
    const body = JSON.stringify({ kind: "status", status: "FAILED", message: cannotGoOn });
    const sql = "INSERT INTO run_event (run_id, sequence, kind, body) VALUES ($1, $2, 'status', $3)";
    await client.query(sql, [runId, rows[0].sequence, body]);
  } else {
    await client.query("UPDATE run SET warnings = warnings || $2 WHERE id = $1", [runId, [barsAreGone]]);
  }
}
