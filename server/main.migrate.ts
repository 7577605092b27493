/**
 * Brings a database up to date as its owner (DATABASE_OWNER_URL), and lets the plain role of DATABASE_URL work on it. In
 * production it runs before each new version's API and workers, which then need no right to make tables.
 */
import { prepareDatabase } from "./compose.ts";
import { createLogger } from "./log.ts";
import { readOwnerSettings, readSettings, settingsOrExit } from "./settings/settings.ts";

const { ownerUrl, role } = settingsOrExit(readOwnerSettings);
const log = createLogger("migrate", settingsOrExit(readSettings).logLevel);
try {
  const { applied, warnings } = await prepareDatabase(ownerUrl, role);
  for (const migration of applied) log.info({ migration }, "migration applied");
  for (const warning of warnings) log.warn(warning);
} catch (error) {
  process.stderr.write(`The database cannot be prepared: ${(error as Error).message}\n`);
  process.exit(1);
}
