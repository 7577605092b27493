/**
 * Two roles share the work: the owner makes the tables; a plain role, which the API and the workers use, reads and writes
 * their rows. An attacker who runs SQL in the API can then change rows, but no table, and can run no program on the
 * database's machine (only a superuser may COPY ... PROGRAM).
 */
import pg from "pg";

export interface Role {
  readonly name: string;
  readonly password: string;
}

/** pg-boss' own. */
const schemas = "public, pgboss";

/**
 * Makes the role where it is missing, sets its password, and lets it work on all tables that there are. To be called
 * after each migration. Safe to repeat.
 * @param ownerUrl of the tables' owner, who may also make roles.
 */
export async function admitRole(ownerUrl: string, { name, password }: Role): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  client.on("error", () => {}); // the query in hand fails too; without a listener the process would end
  await client.connect();
  const role = client.escapeIdentifier(name);
  const rights = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS";
  try {
    await client.query("BEGIN");
    // Two starts at once: the second one finds what the first one made.
    await client.query("SELECT pg_advisory_xact_lock(hashtext('gatecast roles'))");
    const { rowCount } = await client.query("SELECT FROM pg_roles WHERE rolname = $1", [name]);
    const verb = rowCount === 0 ? "CREATE" : "ALTER";
    await client.query(`${verb} ROLE ${role} ${rights} PASSWORD ${client.escapeLiteral(password)}`);
    await client.query(`
      GRANT USAGE ON SCHEMA ${schemas} TO ${role};
      GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schemas} TO ${role};
      GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA ${schemas} TO ${role};
      REVOKE INSERT, UPDATE, DELETE ON _prisma_migrations FROM ${role}`);
    await client.query("COMMIT");
  } finally {
    await client.end();
  }
}
