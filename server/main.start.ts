/** `npm start`: the database, the API and a worker under one supervisor, until Ctrl-C. */
import { randomBytes } from "node:crypto";
import { fileURLToPath } from "node:url";
import { prepareDatabase } from "./compose.ts";
import { migrate } from "./db/migrate.ts";
import type { Role } from "./db/roles.ts";
import { spaceWarning } from "./free-space.ts";
import { roleOf } from "./settings/database.ts";
import { readSettings, settingsOrExit } from "./settings/settings.ts";
import type { RunningDatabase } from "./supervisor/embedded-database.ts";
import { type PreparedDatabase, type Supervision, supervise } from "./supervisor/supervise.ts";
import { createTerminal } from "./supervisor/terminal.ts";

/** npm passes Ctrl-C on after the terminal did: two signals within this time count as one. */
const sameKeyPressMs = 1_000;

const settings = settingsOrExit(readSettings);
const terminal = createTerminal(process.stdout, process.stderr);
// A terminal that was closed must not keep us from stopping the database in good order.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});

const beside = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
const parts = {
  prepare: async ({ url, isEmbedded }: RunningDatabase): Promise<PreparedDatabase> => {
    const { databaseOwnerUrl } = settings;
    if (!isEmbedded)
      return {
        url,
        ...(await (databaseOwnerUrl ? prepareDatabase(databaseOwnerUrl, roleOf(url)) : migrate(url))),
      };
    const role = { name: "gatecast_app", password: randomBytes(24).toString("base64url") };
    return { url: addressFor(url, role), ...(await prepareDatabase(url, role)) };
  },
  api: beside("main.api.js"),
  worker: beside("main.worker.js"),
  seed: beside("main.seed.js"),
};

function addressFor(ownerUrl: string, { name, password }: Role): string {
  const url = new URL(ownerUrl);
  url.username = name;
  url.password = password;
  return url.href;
}

let supervision: Supervision | null = null;
const stopRequested = new Promise<void>((resolve) => {
  let firstAt: number | null = null;
  const onSignal = (): void => {
    firstAt ??= performance.now();
    if (performance.now() - firstAt > sameKeyPressMs) supervision?.kill();
    resolve();
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, onSignal);
  // npm passes SIGTERM only to its shell, which is why the start script says "exec" (what follows its "||" is for
  // Windows, which knows no exec). A kill -9 of npm passes nothing: then we have another parent.
  const parent = process.ppid;
  const startedByNpm = process.env.npm_lifecycle_event !== undefined;
  const look = () => startedByNpm && process.ppid !== parent && onSignal();
  setInterval(look, 1_000).unref();
});

const warning = settings.databaseUrl === null ? spaceWarning(settings.dataFolder) : null;
if (warning !== null) terminal.say(warning);

try {
  supervision = await supervise(settings, parts, terminal, process.env);
} catch (error) {
  // No stack trace: what fails here (a second start, a taken port, a database that is away) is no bug.
  terminal.log((error as Error).message);
  process.exit(1);
}

const failure = await Promise.race([supervision.failed, stopRequested.then(() => null)]);
terminal.say(failure === null ? "Stopping (Ctrl-C again to hurry)" : `Stopping: ${failure}`);
await supervision.stop();
process.exit(failure === null ? 0 : 1);
