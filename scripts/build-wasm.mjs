/**
 * Rebuilds the committed server/engine/wasm/*.wasm from the same C source as the native engine. Needs clang 16 or
 * newer (older ones encode relaxed SIMD in a form that was given up) and its wasm-ld; users never run this.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const sources = join(root, "server/engine/native/src");
const target = join(root, "server/engine/wasm");
const leastVersion = 16;

const variants = { simd128: ["-msimd128"], relaxed: ["-msimd128", "-mrelaxed-simd"] };

function findClang() {
  for (const command of [process.env.CLANG, "clang", "clang-19", "clang-18", "clang-17", "clang-16"]) {
    if (!command) continue;
    const version = /version (\d+)/.exec(
      spawnSync(command, ["--version"], { encoding: "utf8" }).stdout ?? "",
    )?.[1];
    if (Number(version) >= leastVersion) return command;
  }
  throw new Error(`build:wasm needs clang ${leastVersion} or newer with its lld, or CLANG=<path to it>`);
}

const clang = findClang();
const files = readdirSync(sources)
  .filter((file) => file.endsWith(".c") && file !== "addon.c")
  .map((file) => join(sources, file));
const compile = [
  "--target=wasm32",
  "-O3",
  "-std=gnu11",
  "-nostdlib",
  "-matomics",
  "-mbulk-memory",
  "-mmutable-globals",
];
const link = [
  "--no-entry",
  "--import-memory",
  "--shared-memory",
  "--max-memory=4294967296",
  "--export=__stack_pointer",
  "--strip-all",
  "-zstack-size=262144",
].map((option) => `-Wl,${option}`);

for (const [variant, options] of Object.entries(variants)) {
  const output = join(target, `gatecast-${variant}.wasm`);
  execFileSync(clang, [...compile, ...options, ...link, ...files, "-o", output], { stdio: "inherit" });
  console.log(`built ${output}`);
}
