/** Part of `npm run verify`: fails when prisma/schema.prisma and prisma/migrations say different things. */
import { findDrift } from "./schema-engine.mjs";

const sql = await findDrift();
if (sql !== null) {
  console.error(`prisma/schema.prisma and prisma/migrations differ by:\n\n${sql}`);
  console.error('Write the migration with "npm run migrate:new -- name".');
  process.exitCode = 1;
}
