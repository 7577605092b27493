/**
 * Stands in for the API, the worker and the seed when the supervisor is tested. Writes what happens to it to
 * FAKE_JOURNAL; does as the words in FAKE_API, FAKE_WORKER or FAKE_SEED say. Run through api.mjs, worker.mjs, seed.mjs.
 */
import { appendFileSync } from "node:fs";

export function behaveAs(role, whenReady) {
  const behaviour = process.env[`FAKE_${role.toUpperCase()}`] ?? "";
  const note = (what) => appendFileSync(process.env.FAKE_JOURNAL, `${role} ${what} ${process.pid}\n`);
  note("started");
  if (behaviour === "cannot start") {
    process.stderr.write(`${role}: the port is taken\n`);
    process.exit(2);
  }
  if (behaviour === "crashes at once") process.exit(1);
  process.on("SIGTERM", () => {
    note("stopped");
    if (behaviour !== "does not stop") process.exit(0);
  });
  process.on("disconnect", () => {
    note("left alone");
    process.exit(0);
  });
  if (behaviour === "is alive") {
    process.send({ type: "alive" });
    setInterval(() => process.send({ type: "alive" }), 500);
  }
  whenReady((message) => process.send(message));
}
