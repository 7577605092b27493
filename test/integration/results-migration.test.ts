/** Results that the first release stored are read after the upgrade as they were before it, to the last bit. */
import { randomUUID } from "node:crypto";
import { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import pg from "pg";
import { expect, test } from "vitest";
import { migrate } from "../../server/db/migrate.ts";
import { connectBackend } from "../support/backend.ts";
import { createTestDatabase } from "../support/database.ts";
import { smallConfig } from "../support/small-config.ts";

const migrations = resolve(import.meta.dirname, "../../prisma/migrations");
/** The first release's are older than this. */
const firstRelease = "20261124";

test("scores and predictions of the first release are rows by forecaster, and what the API shows stays the same", async () => {
  const database = await createTestDatabase({ migrated: false });
  const folder = await mkdtemp(join(tmpdir(), "gatecast-migrations-"));
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    for (const name of await readdir(migrations))
      if (name < firstRelease) await cp(join(migrations, name), join(folder, name), { recursive: true });
    await migrate(database.url, folder);
    const [seriesId, runId] = [randomUUID(), randomUUID()];
    await client.query(
      "INSERT INTO price_series (id, symbol, timezone, content_hash, updated_at) VALUES ($1, 'OLD', 'UTC', 'hash', now())",
      [seriesId],
    );
    await client.query(
      `INSERT INTO run (id, name, status, series_id, series_content_hash, config, finished_at)
       VALUES ($1, 'old', 'SUCCEEDED', $2, 'hash', $3, now())`,
      [runId, seriesId, smallConfig],
    );
    const model = { mae: 0.1 + 0.2, rmse: 1 / 3, mape: null, mase: 1e-300, directionalAccuracy: 2 / 3 };
    const naive = {
      mae: 5e-324,
      rmse: 1.7976931348623157e308,
      mape: 1e21,
      mase: null,
      directionalAccuracy: null,
    };
    const skill = 1 - (0.1 + 0.2) / 0.7;
    for (const split of ["TEST", "TRAIN"])
      await client.query(
        "INSERT INTO run_score (run_id, split, count, model, naive, skill) VALUES ($1, $2, 7, $3, $4, $5)",
        [runId, split, model, naive, skill],
      );
    const columns = {
      time: [new Date("2020-01-01T00:00:00.123Z"), new Date("2020-01-02")],
      actual: [1.1, 2.2],
      predicted: [0.1 + 0.2, 1e-300],
      naive: [1, 5e-324],
    };
    await client.query("INSERT INTO run_prediction VALUES ($1, 'TEST', 3, $2, $3, $4, $5)", [
      runId,
      ...Object.values(columns),
    ]);

    await migrate(database.url);

    const backend = await connectBackend(database.url);
    try {
      expect((await backend.runs.scores([runId])).get(runId)).toEqual(
        ["TRAIN", "TEST"].map((split) => ({ split, count: 7, model, naive, skill, pValue: null })),
      );
      expect((await backend.runs.stepScores([runId])).get(runId) ?? []).toEqual([]);
      expect(await backend.runs.predictions(runId, "TEST", 3)).toEqual({ ...columns, lower: [], upper: [] });
    } finally {
      await backend.close();
    }
    const { rows } = await client.query("SELECT forecaster FROM run_prediction ORDER BY forecaster");
    expect(rows).toEqual([{ forecaster: "GRU" }, { forecaster: "LAST_VALUE" }]);
  } finally {
    await client.end();
    await database.drop();
    await rm(folder, { recursive: true });
  }
});
