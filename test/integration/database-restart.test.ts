import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { migrate } from "../../server/db/migrate.ts";
import { startEmbeddedPostgres } from "../../server/supervisor/embedded-postgres.ts";
import { connectBackend } from "../support/backend.ts";
import { openTrainingBackend, startTestWorker } from "../support/worker.ts";

test("a database that is restarted under a training costs neither an epoch nor a follower's place", async () => {
  const folder = await mkdtemp(join(tmpdir(), "gatecast-restart-"));
  let postgres = await startEmbeddedPostgres(folder);
  const port = Number(new URL(postgres.url).port);
  await migrate(postgres.url);
  const backend = await openTrainingBackend(await connectBackend(postgres.url));
  const worker = await startTestWorker(backend);
  try {
    const run = await backend.start({ epochs: 8 });
    const following = backend.eventsOf(run.id);
    let restarted: Promise<void> | null = null;
    worker.engine.beforeBatch = async (epoch, batch) => {
      if (epoch !== 3 || batch !== 0 || restarted) return;
      restarted = postgres.stop().then(async () => {
        postgres = await startEmbeddedPostgres(folder, { port });
      });
    };
    const events = await following;
    await restarted;
    expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, i) => i + 1));
    const epochs = events.flatMap(({ body }) => (body.kind === "epoch" ? [body.epoch.epoch] : []));
    expect(epochs).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(await backend.runs.find(run.id)).toMatchObject({ status: "SUCCEEDED", attempts: 1 });

    // What listens has come back as well: a run after the restart is taken, and followed live.
    const next = await backend.start();
    expect((await backend.eventsOf(next.id)).at(-1)?.body).toMatchObject({ status: "SUCCEEDED" });
  } finally {
    await worker.drain();
    await backend.close();
    await postgres.stop();
    // Where root may not own a database, it lies elsewhere.
    for (const path of [await realpath(join(folder, "postgres")), folder]) {
      await rm(path, { recursive: true, force: true });
    }
  }
}, 120_000);
