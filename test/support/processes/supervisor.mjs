/** A supervisor to kill: the built one, with fake processes, on the data folder and the port of the environment. */
import { fileURLToPath } from "node:url";
import { readSettings } from "../../../dist/server/settings/settings.js";
import { supervise } from "../../../dist/server/supervisor/supervise.js";
import { createTerminal } from "../../../dist/server/supervisor/terminal.js";

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const parts = {
  prepare: async ({ url }) => ({ url, warnings: [] }),
  api: here("api.mjs"),
  worker: here("worker.mjs"),
  seed: here("seed.mjs"),
};
const terminal = createTerminal(process.stdout, process.stderr);
const supervision = await supervise(readSettings(process.env), parts, terminal, process.env);
process.on("SIGTERM", async () => {
  await supervision.stop();
  process.exit(0);
});
