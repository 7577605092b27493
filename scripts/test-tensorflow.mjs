/**
 * Runs the TensorFlow engine's tests on a real libtensorflow: builds the native part of @tensorflow/tfjs-node from
 * the source that the npm package ships, against the libraries in PyPI's tensorflow-cpu wheel. So nothing but npm
 * and PyPI is needed where the vendor's own download (storage.googleapis.com) is out of reach.
 *
 * Where it cannot be built it says why and succeeds; it fails when a test fails. Linux on x64 with g++ and python3.
 * docs/TENSORFLOW.md tells more. With a folder as its argument it tests the tfjs-node that lies there instead.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const target = join(root, "build", "tensorflow");
const tfjsNode = join(target, "node_modules", "@tensorflow", "tfjs-node");

const tfjsVersion = "4.22.0";
/**
 * tfjs-node 4.22 was made for 2.9.1, whose wheel has no library that exports the C interface; wheels have one
 * (libtensorflow_cc) since 2.12. The C interface is stable: all 55 functions are there, and the tests pass.
 */
const wheel = "tensorflow-cpu==2.15.1";
const wheelFor = ["--python-version", "3.11", "--platform", "manylinux_2_17_x86_64"];

/** Of the wheel's gigabyte, what a C program needs. */
const unpack = `
import glob, os, sys, zipfile
path = glob.glob(sys.argv[1] + "/tensorflow_cpu-*.whl")[0]
with zipfile.ZipFile(path) as wheel:
    parts = ("libtensorflow_", "include/tensorflow/c/", "include/tensorflow/core/platform/", "include/tsl/")
    wanted = tuple("tensorflow/" + part for part in parts)
    wheel.extractall(sys.argv[1], [name for name in wheel.namelist() if name.startswith(wanted)])
os.remove(path)
`;

/** A reason not to go on; the machine's fault, not the engine's. */
class CannotBuild extends Error {}

function run(what, command, ...args) {
  const { status, error, stderr, stdout } = spawnSync(command, args, { cwd: target, encoding: "utf8" });
  if (status === 0) return;
  const lastLines = `${stdout ?? ""}\n${stderr ?? ""}`.trim().split("\n").slice(-4).join("\n");
  throw new CannotBuild(`${what} failed: ${error?.message ?? lastLines}`);
}

function build() {
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new CannotBuild(`the wheel is for Linux on x64, this is ${process.platform} ${process.arch}`);
  }
  mkdirSync(target, { recursive: true });
  writeFileSync(join(target, "package.json"), `{ "private": true }\n`); // or npm would install into the project
  // Without its install script, which wants the vendor's download.
  if (!existsSync(tfjsNode)) {
    run(
      "npm install",
      "npm",
      "install",
      "--ignore-scripts",
      "--no-save",
      `@tensorflow/tfjs-node@${tfjsVersion}`,
    );
  }
  const libraries = ["libtensorflow_cc.so.2", "libtensorflow_framework.so.2"].map((file) =>
    join(target, "tensorflow", file),
  );
  if (!libraries.every((path) => existsSync(path))) {
    const only = ["--no-deps", "--only-binary=:all:", ...wheelFor];
    run("pip download", "python3", "-m", "pip", "download", "--quiet", ...only, "--dest", target, wheel);
    run("unpacking the wheel", "python3", "-c", unpack, target);
  }
  // node-pre-gyp looks for the newest of these that the package lists and Node has.
  const napi = Math.min(8, Number(process.versions.napi));
  const addon = join(tfjsNode, "lib", `napi-v${napi}`, "tfjs_binding.node");
  if (existsSync(addon)) return;
  mkdirSync(dirname(addon), { recursive: true });
  const { include_dir: nodeHeaders } = createRequire(import.meta.url)("node-api-headers");
  const includes = [tfjsNode, join(target, "tensorflow", "include"), nodeHeaders].map((path) => `-I${path}`);
  const sources = ["tfjs_backend.cc", "tfjs_binding.cc"].map((file) => join(tfjsNode, "binding", file));
  const flags = ["-std=c++17", "-O2", "-fPIC", "-shared", `-DNAPI_VERSION=${napi}`];
  const links = [...libraries, `-Wl,-rpath,${join(target, "tensorflow")}`];
  run("g++", process.env.CXX ?? "g++", ...flags, ...includes, ...sources, ...links, "-o", addon);
}

const given = process.argv[2];
try {
  if (given === undefined) build();
} catch (error) {
  if (!(error instanceof CannotBuild)) throw error;
  console.log(`TensorFlow's engine is not tested on a real libtensorflow: ${error.message}`);
  process.exit(0);
}
const { status } = spawnSync("npx", ["vitest", "run", "--project", "engine", "test/engine/tensorflow"], {
  cwd: root,
  stdio: "inherit",
  // One variable less for CI: its count is the other tests'.
  env: { ...process.env, TEST_TENSORFLOW: given ? resolve(given) : tfjsNode, TEST_RESULTS: "" },
});
process.exit(status ?? 1);
