/** The API: GraphQL over HTTP and WebSocket, and the dashboard, on one port. */
import { fileURLToPath } from "node:url";
import { composeApi } from "./compose.ts";
import { MigrationFailed, migrate } from "./db/migrate.ts";
import { createContext } from "./graphql/context.ts";
import { createSchema } from "./graphql/schema.ts";
import { type ApiServer, startApiServer } from "./http/api-server.ts";
import { warningBeyondLoopback } from "./http/doors/beyond-loopback.ts";
import { tellOperations } from "./http/last-operation.ts";
import { createLogger, logConsole, logProcessWarnings } from "./log.ts";
import { redactor } from "./secrets.ts";
import { readServerSettings, settingsOrExit } from "./settings/settings.ts";
import { watchLoop } from "./supervisor/loop-watch.ts";
import { cannotStartCode, reportAlive, reportToSupervisor, whenToldToStop } from "./supervisor/messages.ts";
import { openUploads } from "./uploads/uploads.ts";

/** The dashboard's project, from server/ as from dist/server/. */
const dashboardFolder = fileURLToPath(
  new URL(import.meta.url.includes("/dist/") ? "../../web" : "../web", import.meta.url),
);

/** Gives up closing connections after 3.5 s; must stay below the supervisor's 4 s. */
const closeWithinMs = 3_500;

const settings = settingsOrExit(readServerSettings);
const log = createLogger("api", settings.logLevel);
logProcessWarnings(log);
logConsole(log);
// From the first moment on: the supervisor may be gone before this process listens.
let stop = async (): Promise<void> => {};
whenToldToStop(() => stop());
// A request that freezes the process must not take the API away for longer than this notices it.
tellOperations(watchLoop("api").note);
reportAlive();
await applyMigrations();
const { services, ping, close } = await composeApi(settings, log);
const server = await listen();
stop = async () => {
  setTimeout(() => {
    log.warn("could not close all connections in time");
    process.exit(0);
  }, closeWithinMs).unref();
  await server.close();
  await close();
};
log.info({ url: server.url }, "the API answers");
const openTo = warningBeyondLoopback(settings);
if (openTo !== null) log.warn({ host: settings.host }, openTo);
await server.dashboardStarted; // a person who opens the address at once wants to see the dashboard
reportToSupervisor({ type: "listening", url: server.url });

async function applyMigrations(): Promise<void> {
  try {
    const { applied, warnings } = await migrate(settings.databaseUrl);
    for (const migration of applied) log.info({ migration }, "migration applied");
    for (const warning of warnings) log.warn(warning);
  } catch (error) {
    if (error instanceof MigrationFailed) return cannotStart(error.message);
    const why = error instanceof Error ? error.message : String(error);
    return cannotStart(`the database does not answer (${why}): check DATABASE_URL and whether it runs`, 1);
  }
}

async function listen(): Promise<ApiServer> {
  const { host, port } = settings;
  const context = () => createContext(services);
  const schema = createSchema();
  try {
    return await startApiServer({
      ...{ schema, createContext: context, log, host, port, ping, dashboardFolder },
      uploads: openUploads(settings),
      access: settings,
    });
  } catch (error) {
    await close();
    return cannotStart(whyNotListening(error));
  }
}

function whyNotListening(error: unknown): string {
  const { host, port } = settings;
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "EADDRINUSE")
    return `port ${port} on ${host} is taken by another program: stop that one, or choose another with PORT`;
  if (code === "EACCES") return `port ${port} may not be used by this user: choose one above 1023 with PORT`;
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND")
    return `${host} is no address of this machine: set HOST to one, such as 127.0.0.1`;
  return `it cannot listen on port ${port} of ${host}: ${message}`;
}

/** @param code tells the supervisor whether another try may help. */
function cannotStart(reason: string, code = cannotStartCode): never {
  process.stderr.write(`Gatecast's API cannot start: ${redactor(process.env)(reason)}\n`);
  process.exit(code);
}
