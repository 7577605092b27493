/** Runs build steps, each only when a file that it reads has another content than last time. */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

/**
 * @typedef {object} Step Paths are relative to the project.
 * @property {string} id file name of its stamp
 * @property {string} name as a person would say it
 * @property {string[]} reads files and folders; a folder stands for all that lies in it
 * @property {string[]} [ignores] parts of `reads` that others write
 * @property {string[]} makes the step runs again when one of these is missing
 * @property {string} [depends] anything else that decides the result
 * @property {() => string[]} command program and arguments; throws when the program is not installed
 * @property {Record<string, string>} [env]
 * @property {() => void} [before] just before it runs
 * @property {boolean} [optional] a failure is told and lived with
 */

const stampFolder = join("build", "stamps");

/** A step failed that the rest needs; its output has been printed. */
export class BuildFailed extends Error {}

/** @param {Step} step @param {{ force?: boolean }} [options] @returns {Promise<boolean>} whether it had to run */
export async function runStep(step, { force = false } = {}) {
  const stamp = join(stampFolder, step.id);
  const wanted = fingerprint(step);
  if (!force && step.makes.every((path) => existsSync(path)) && read(stamp) === wanted) return false;
  let command;
  try {
    command = step.command();
  } catch {
    // An installation without build tools (npm ci --omit=dev) runs what was built before.
    if (step.makes.every((path) => existsSync(path))) return false;
    throw new BuildFailed(
      `The ${step.name} cannot be built: its tools are missing. Run "npm ci" without --omit=dev.`,
    );
  }
  rmSync(stamp, { force: true });
  step.before?.();
  const startedAt = performance.now();
  const { code, output } = await run(command, step.env);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  if (code !== 0 && step.optional !== true) {
    process.stderr.write(output);
    throw new BuildFailed(
      `The ${step.name} could not be built: "${command.slice(0, 4).join(" ")} ..." ended with code ${code}.`,
    );
  }
  if (code !== 0)
    console.log(`build: ${step.name} is left out: ${output.trim().split("\n").at(-1) ?? `code ${code}`}`);
  else console.log(`build: ${step.name}, ${seconds} s`);
  mkdirSync(stampFolder, { recursive: true });
  writeFileSync(stamp, wanted); // as it was before: what changed meanwhile is for the next build
  return true;
}

/** One build at a time in a project; the lock of a build that was killed is taken over. */
export async function withBuildLock(work) {
  const lock = join("build", "lock");
  mkdirSync("build", { recursive: true });
  for (let waited = false; ; waited = true) {
    try {
      writeFileSync(lock, String(process.pid), { flag: "wx" });
      break;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
      if (!isAlive(Number(read(lock)))) rmSync(lock, { force: true });
      else if (!waited) console.log("build: waiting for another build of this project");
      await delay(200);
    }
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function fingerprint({ reads, ignores = [], depends = "", command }) {
  // Of the command its source, not its paths: a project that is moved, or copied into an image, is built already.
  const made = [process.version, process.platform, process.arch, depends, command];
  const hash = createHash("sha256").update(`${made.join(" ")}\n`);
  for (const file of reads.flatMap((path) => filesUnder(path, ignores))) {
    hash.update(`${file}\n`).update(createHash("sha256").update(readFileSync(file)).digest());
  }
  return hash.digest("hex");
}

export function filesUnder(path, ignores = []) {
  if (ignores.includes(path) || !existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  const names = readdirSync(path).sort();
  return names.flatMap((name) => filesUnder(`${path}/${name}`, ignores));
}

const read = (file) => (existsSync(file) ? readFileSync(file, "utf8") : null);

const running = new Set();
process.on("exit", () => {
  for (const child of running) child.kill();
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => process.exit(1));

function run([program, ...args], env) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    running.add(child);
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text) => (output += text));
    child.on("error", (error) => resolve({ code: 1, output: `${output}${error.message}\n` }));
    child.on("close", (code) => {
      running.delete(child);
      resolve({ code, output });
    });
  });
}

function isAlive(pid) {
  if (!(pid > 0)) return true; // it is just being written
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}
