import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { connectDatabase } from "../../server/db/client.ts";
import { createHealthCheck } from "../../server/db/health-check.ts";
import { createTestDatabase } from "../support/database.ts";

test("health is told over a connection of its own, whatever a busy pool waits for", async () => {
  const { url, drop } = await createTestDatabase();
  const busy = connectDatabase(url, { maxConnections: 2 });
  const sleeping = Promise.all([1, 2, 3].map(() => busy.pool.query("SELECT pg_sleep(1.5)")));
  const health = createHealthCheck(url);
  const startedAt = performance.now();
  expect(await Promise.all([health.check(), health.check(), health.check()])).toEqual(["ok", "ok", "ok"]);
  expect(performance.now() - startedAt).toBeLessThan(1_000);
  await sleeping;
  // What it wrote to see whether it could has gone, and who asks again is answered over the same connection.
  expect(await health.check()).toBe("ok");
  const { rows } = await busy.pool.query(
    "SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'gatecast health'",
  );
  expect(rows).toEqual([{ count: 1 }]);
  await health.close();
  await busy.close();
  await drop();
});

test("a connection that was ended is opened anew by the next who asks", async () => {
  const { url, drop } = await createTestDatabase();
  const health = createHealthCheck(url);
  const other = connectDatabase(url);
  expect(await health.check()).toBe("ok");
  await other.pool.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
  );
  await expect.poll(() => health.check().catch(() => "away"), { interval: 600, timeout: 10_000 }).toBe("ok");
  await other.close();
  await health.close();
  await drop();
  await sleep(600); // beyond the time for which an answer is kept
  await expect(health.check()).rejects.toThrow();
});
