/**
 * Prisma's schema engine as WebAssembly, on an embedded PostgreSQL of its own that is thrown away afterwards: makes
 * and compares migrations where Prisma's CLI would have to download an engine.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdtemp, realpath, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from "@prisma/driver-adapter-utils";

export const migrationsFolder = join("prisma", "migrations");
const schemaFile = join("prisma", "schema.prisma");

/** What the engine calls a schema and a migrations list, read from the project. */
const readSchema = () => ({
  files: [{ path: schemaFile, content: readFileSync(schemaFile, "utf8") }],
});

function readMigrations() {
  const folders = readdirSync(migrationsFolder, { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  const lock = join(migrationsFolder, "migration_lock.toml");
  return {
    baseDir: migrationsFolder,
    lockfile: { path: "migration_lock.toml", content: existsSync(lock) ? readFileSync(lock, "utf8") : null },
    shadowDbInitScript: "",
    migrationDirectories: folders
      .map(({ name }) => name)
      .sort()
      .map((name) => ({
        path: name,
        migrationFile: { path: "migration.sql", content: readMigration(name) },
      })),
  };
}

const readMigration = (name) => ({
  tag: "ok",
  value: readFileSync(join(migrationsFolder, name, "migration.sql"), "utf8"),
});

/** SQL that leads from the migrations there are to prisma/schema.prisma; null when they say the same. */
export function findDrift() {
  return withSchemaEngine(async (engine) => {
    const { stdout, exitCode } = await engine.diff({
      from: { tag: "migrations", ...readMigrations() },
      to: { tag: "schemaDatamodel", ...readSchema() },
      script: true,
      exitCode: true,
      filters: { externalTables: [], externalEnums: [] },
    });
    const differ = 2; // as of "prisma migrate diff --exit-code"
    return exitCode === differ ? stdout : null;
  });
}

async function withSchemaEngine(work) {
  const supervisor = "../dist/server/supervisor/embedded-postgres.js";
  if (!existsSync(new URL(supervisor, import.meta.url))) throw new Error('Run "npm run build" first.');
  const { startEmbeddedPostgres } = await import(supervisor);
  const folder = await mkdtemp(join(tmpdir(), "gatecast-schema-"));
  const postgres = await startEmbeddedPostgres(folder, { settings: { fsync: "off" } });
  try {
    const bindings = await loadEngine();
    const datamodels = readSchema().files.map(({ path, content }) => [path, content]);
    const engine = await bindings.SchemaEngine.new(
      { datamodels },
      () => {},
      bindMigrationAwareSqlAdapterFactory(adapterFor(postgres.url)),
    );
    return await work(engine).finally(() => engine.free());
  } finally {
    await postgres.stop();
    await rm(await realpath(join(folder, "postgres")), { recursive: true, force: true });
    await rm(folder, { recursive: true, force: true });
  }
}

/** The package is made for bundlers, which load the .wasm themselves; Node 20 does not. */
async function loadEngine() {
  const glue = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const bindings = await import(glue);
  const wasm = readFileSync(join(dirname(glue), "schema_engine_bg.wasm"));
  const { instance } = await WebAssembly.instantiate(wasm, { "./schema_engine_bg.js": bindings });
  bindings.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start?.();
  return bindings;
}

function adapterFor(url) {
  const { hostname, port, username, password, pathname } = new URL(url);
  // Apart, not as one connection string: that would win over the shadow database's name, and the engine would work
  // on the real database.
  const config = {
    host: hostname,
    port: Number(port),
    user: username,
    password,
    database: pathname.slice(1),
  };
  const base = new PrismaPg(config);
  return {
    provider: base.provider,
    adapterName: base.adapterName,
    connect: async () => mended(await base.connect()),
    connectToShadowDb: () => connectToShadow(base, config),
  };
}

/** The adapter's own one drops the shadow database before its connections are closed, which PostgreSQL refuses. */
async function connectToShadow(base, config) {
  const database = `shadow_${crypto.randomUUID()}`;
  const main = await base.connect();
  await main.executeScript(`CREATE DATABASE "${database}"`);
  const adapter = mended(await new PrismaPg({ ...config, database }).connect());
  const disconnect = adapter.dispose.bind(adapter);
  adapter.dispose = async () => {
    await disconnect();
    await main.executeScript(`DROP DATABASE "${database}" WITH (FORCE)`);
    await main.dispose();
  };
  return adapter;
}

/**
 * The adapter does not know PostgreSQL's internal type "char", in which the catalogue answers (prisma/orm#27403), and
 * cuts scripts at every semicolon, also within comments, texts and functions.
 */
function mended(adapter) {
  const [char, text] = [18, 25]; // type numbers of pg_type
  const performIO = adapter.performIO.bind(adapter);
  const queryRaw = adapter.queryRaw.bind(adapter);
  // PostgreSQL takes a script as it is.
  adapter.executeScript = async (sql) => void (await performIO({ sql, args: [], argTypes: [] }));
  let charColumns = [];
  adapter.performIO = async (query) => {
    const result = await performIO(query);
    charColumns = [];
    for (const [index, field] of (result.fields ?? []).entries()) {
      if (field.dataTypeID !== char) continue;
      field.dataTypeID = text;
      charColumns.push(index);
    }
    return result;
  };
  adapter.queryRaw = async (query) => {
    const result = await queryRaw(query);
    for (const index of charColumns) result.columnTypes[index] = ColumnTypeEnum.Character;
    return result;
  };
  return adapter;
}
