/** The developer's database: the one of DATABASE_URL, or the embedded one, prepared as `npm start` prepares it. */
import { randomBytes } from "node:crypto";
import { prepareDatabase } from "../../dist/server/compose.js";
import { migrate } from "../../dist/server/db/migrate.js";
import { openEmbeddedDatabase, refuseSecondStart } from "../../dist/server/supervisor/embedded-database.js";

export async function openDatabase(folder, say) {
  const given = process.env.DATABASE_URL;
  if (given) {
    await migrate(given);
    return { url: given, stop: async () => {} };
  }
  await refuseSecondStart(folder);
  const database = await openEmbeddedDatabase(folder, say);
  const role = { name: "gatecast_app", password: randomBytes(24).toString("base64url") };
  const { warnings } = await prepareDatabase(database.url, role);
  for (const warning of warnings) say(warning);
  const url = new URL(database.url);
  url.username = role.name;
  url.password = role.password;
  return { url: url.href, stop: () => database.stop() };
}
