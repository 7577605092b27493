import { execFile } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

describe("prisma/schema.prisma and prisma/migrations", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "gatecast-drift-"));
    await cp("prisma", join(folder, "prisma"), { recursive: true });
  });
  afterEach(() => rm(folder, { recursive: true }));

  const run = (script: string, ...args: string[]) =>
    new Promise<{ code: number; output: string }>((done) => {
      const child = execFile(
        process.execPath,
        [resolve("scripts", script), ...args],
        { cwd: folder },
        (_error, stdout, stderr) => done({ code: child.exitCode ?? -1, output: stdout + stderr }),
      );
    });
  const addColumn = async () => {
    const file = join(folder, "prisma", "schema.prisma");
    const schema = await readFile(file, "utf8");
    await writeFile(file, schema.replace("model Worker {", "model Worker {\n  nickname String?"));
  };

  test("say the same", async () => {
    expect(await run("check-drift.mjs")).toEqual({ code: 0, output: "" });
  });

  test("are told apart once the schema has changed, until the migration is written", async () => {
    await addColumn();
    expect(await run("check-drift.mjs")).toEqual({
      code: 1,
      output: expect.stringContaining('ALTER TABLE "worker" ADD COLUMN     "nickname" TEXT'),
    });
    const before = await readdir(join(folder, "prisma", "migrations"));
    expect((await run("new-migration.mjs", "add_nickname")).code).toBe(0);
    const after = await readdir(join(folder, "prisma", "migrations"));
    expect(after.filter((name) => !before.includes(name))).toEqual([
      expect.stringMatching(/^\d{14}_add_nickname$/),
    ]);
    expect((await run("check-drift.mjs")).code).toBe(0);
  });

  test("ask for a name that can be a folder's", async () => {
    expect(await run("new-migration.mjs", "Add nickname")).toEqual({
      code: 2,
      output: expect.stringContaining('got "Add nickname"'),
    });
  });
});
