/**
 * Builds the native engine with the machine's C compiler, once for each kind of processor it might run on:
 * build/native/gatecast-<variant>.node. Does nothing where they are newer than the sources; where there is no
 * compiler it says so and succeeds, because the WASM engine serves.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, renameSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const sources = join(root, "server/engine/native/src");
const target = join(root, "build/native");

const variants = {
  x64: {
    baseline: [],
    avx2: ["-mavx2", "-mfma"],
    avx512: ["-mavx512f", "-mavx512dq", "-mavx512vl", "-mavx2", "-mfma"],
  },
  arm64: { baseline: [] },
}[process.arch];

const common = ["-O3", "-std=gnu11", "-fPIC", "-shared", "-fno-math-errno", "-fno-trapping-math", "-pthread"];
const platform = process.platform === "darwin" ? ["-undefined", "dynamic_lookup"] : [];

function compiler() {
  const candidates = [process.env.CC, "cc", "gcc", "clang"].filter(Boolean);
  return candidates.find((command) => spawnSync(command, ["--version"]).status === 0);
}

function newest(folder) {
  return Math.max(...readdirSync(folder).map((file) => statSync(join(folder, file)).mtimeMs));
}

function isNewer(file, time) {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats !== undefined && stats.mtimeMs > time;
}

function build() {
  if (process.platform === "win32" || variants === undefined) {
    return `not built for ${process.platform} ${process.arch}`;
  }
  const sourceTime = Math.max(newest(sources), statSync(fileURLToPath(import.meta.url)).mtimeMs);
  const outdated = Object.keys(variants).filter(
    (variant) => !isNewer(join(target, `gatecast-${variant}.node`), sourceTime),
  );
  if (outdated.length === 0) return null;

  const cc = compiler();
  if (cc === undefined) return "no C compiler found (install gcc or clang to have it)";
  const { include_dir: headers } = createRequire(import.meta.url)("node-api-headers");
  const files = readdirSync(sources).filter((file) => file.endsWith(".c") && file !== "wasm.c");
  mkdirSync(target, { recursive: true });
  for (const variant of outdated) {
    // Under another name first: a process that has the old addon mapped keeps it, and none loads half a file.
    const partial = join(target, `gatecast-${variant}.${process.pid}.partial`);
    const paths = files.map((file) => join(sources, file));
    const options = [...common, ...platform, ...variants[variant], `-I${headers}`, "-DNAPI_VERSION=8"];
    const result = spawnSync(cc, [...options, ...paths, "-o", partial, "-lm"], { encoding: "utf8" });
    if (result.status !== 0) return `${cc} failed on the ${variant} variant:\n${result.stderr}`;
    renameSync(partial, join(target, `gatecast-${variant}.node`));
  }
  return `built for ${outdated.join(", ")} with ${cc}`;
}

const outcome = build();
if (outcome !== null) console.log(`native engine: ${outcome}`);
