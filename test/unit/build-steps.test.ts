import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

describe("the build", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "gatecast-build-"));
    mkdirSync(join(folder, "source"));
    writeFileSync(join(folder, "source", "a.txt"), "a");
    writeFileSync(join(folder, "source", "made-by-others.txt"), "1");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** A project with one step that copies source/a.txt to made.txt. */
  const build = (changes = "") => {
    const steps = pathToFileURL("scripts/build-steps.mjs").href;
    const program = `
      import { runStep, withBuildLock } from ${JSON.stringify(steps)};
      const copy = "require('fs').copyFileSync('source/a.txt', 'made.txt')";
      const step = {
        id: "copy", name: "copy", reads: ["source"], ignores: ["source/made-by-others.txt"], makes: ["made.txt"],
        command: () => [process.execPath, "-e", copy], ${changes}
      };
      await withBuildLock(() => runStep(step)).catch((error) => { console.log(error.message); process.exit(1); });`;
    const { status, stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", program], {
      cwd: folder,
      encoding: "utf8",
    });
    return { status, stdout };
  };
  const built = { status: 0, stdout: expect.stringMatching(/^build: copy, \d+\.\d s\n$/) };
  const nothingToDo = { status: 0, stdout: "" };

  test("repeats a step only when the content of a file that it reads has changed", () => {
    expect(build()).toEqual(built);
    expect(build()).toEqual(nothingToDo);
    writeFileSync(join(folder, "source", "a.txt"), "b");
    expect(build()).toEqual(built);
    expect(readFileSync(join(folder, "made.txt"), "utf8")).toBe("b");
    writeFileSync(join(folder, "source", "made-by-others.txt"), "2");
    expect(build()).toEqual(nothingToDo);
    writeFileSync(join(folder, "source", "new.txt"), "");
    expect(build()).toEqual(built);
  });

  test("repeats a step whose command is another", () => {
    build();
    const other = `command: () => [process.execPath, "-e", "require('fs').writeFileSync('made.txt', 'other')"]`;
    expect(build(other)).toEqual(built);
    expect(readFileSync(join(folder, "made.txt"), "utf8")).toBe("other");
    expect(build(other)).toEqual(nothingToDo);
  });

  test("repeats a step when what it made is gone", () => {
    build();
    rmSync(join(folder, "made.txt"));
    expect(build()).toEqual(built);
  });

  test("says which step failed, and tries it again the next time", () => {
    expect(build(`command: () => [process.execPath, "-e", "process.exit(3)"]`)).toEqual({
      status: 1,
      stdout: expect.stringMatching(/The copy could not be built: .+ ended with code 3/),
    });
    expect(build()).toEqual(built);
  });

  test("goes on without a step that it can do without", () => {
    expect(
      build(
        `optional: true, command: () => [process.execPath, "-e", "console.log('no compiler'); process.exit(1)"]`,
      ),
    ).toEqual({
      status: 0,
      stdout: "build: copy is left out: no compiler\n",
    });
  });

  test("uses what was built before where the tools are not installed", () => {
    const missing = `command: () => { throw new Error("not installed"); }`;
    expect(build(missing)).toEqual({ status: 1, stdout: expect.stringContaining("its tools are missing") });
    writeFileSync(join(folder, "made.txt"), "from elsewhere");
    expect(build(missing)).toEqual(nothingToDo);
  });

  test("takes over the lock of a build that was killed", () => {
    const { pid } = spawnSync(process.execPath, ["-e", ""]);
    mkdirSync(join(folder, "build"));
    writeFileSync(join(folder, "build", "lock"), String(pid));
    expect(build()).toEqual(built);
  });
});
