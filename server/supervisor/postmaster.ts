/** Reads from a cluster's pid file whether its server runs, and removes the file where it is wrong. */
import { execFile } from "node:child_process";
import { readFile, rm } from "node:fs/promises";
import { connect } from "node:net";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

const patienceMs = 60_000;
const stepMs = 100;

const pidFile = (cluster: string): string => join(cluster, "postmaster.pid");

interface PidFile {
  readonly pid: number;
  readonly cluster: string;
  /** NaN until the server listens. */
  readonly port: number;
  readonly sharedMemoryId: string | undefined;
  readonly ready: boolean;
}

async function readPidFile(cluster: string): Promise<PidFile | null> {
  const text = await readFile(pidFile(cluster), "utf8").catch(() => null);
  if (text === null) return null;
  // Lines: pid, folder, start time, port, socket folder, address, key and id of the shared memory, status.
  const [pid, folder, , port, , , sharedMemory, status] = text.split("\n");
  return {
    pid: Number(pid),
    cluster: folder ?? "",
    port: Number.parseInt(port ?? "", 10),
    sharedMemoryId: sharedMemory?.trim().split(/\s+/)[1],
    ready: status?.trim() === "ready",
  };
}

export interface Postmaster {
  readonly pid: number;
  readonly port: number;
}

/**
 * The server that runs on this cluster, once it is ready; null when none runs. A pid file that would keep
 * a new server from starting although none runs is removed.
 * @param cluster absolute, what PostgreSQL calls PGDATA.
 */
export async function findPostmaster(cluster: string): Promise<Postmaster | null> {
  for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += stepMs) {
    const found = await readPidFile(cluster);
    if (found === null) return null;
    // A copied data folder brings the original's pid file, which would lead us to the original's server.
    if (resolve(found.cluster) !== cluster || !(await isServerOf(cluster, found.pid))) {
      await forget(cluster, found);
      return null;
    }
    // Connects instead of only reading: a server that was killed a moment ago still has its pid and its file.
    if (found.ready && (await listensAt(found.port))) return { pid: found.pid, port: found.port };
    await delay(stepMs); // it is starting, stopping or dying
  }
  throw new Error(
    `PostgreSQL in ${cluster} has been starting or stopping for ${patienceMs / 1000} s: see server.log there`,
  );
}

/**
 * Another process may have the pid by now, or the server may be dead and not collected by its parent (in containers without an
 * init, for ever). PostgreSQL itself checks only whether the pid is taken.
 */
async function isServerOf(cluster: string, pid: number): Promise<boolean> {
  if (process.platform === "win32") return isTaken(pid);
  const args =
    process.platform === "linux"
      ? await linuxArguments(pid)
      : await run("ps", ["-o", "args=", "-p", `${pid}`]);
  return args.includes(cluster);
}

const linuxArguments = (pid: number): Promise<string> =>
  readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");

async function forget(cluster: string, { pid, sharedMemoryId, cluster: named }: PidFile): Promise<void> {
  if (!isTaken(pid) && resolve(named) === cluster) return; // PostgreSQL removes the file itself, with all its precautions
  // The one precaution that matters: no process of the old server may still work on the data.
  for (
    let waitedMs = 0;
    resolve(named) === cluster && (await isAttached(sharedMemoryId));
    waitedMs += stepMs
  ) {
    if (waitedMs >= patienceMs)
      throw new Error(`processes of a PostgreSQL that died still work in ${cluster}`);
    await delay(stepMs);
  }
  await rm(pidFile(cluster), { force: true });
}

/** Whether any process uses the shared memory; Linux only, elsewhere false. */
async function isAttached(sharedMemoryId: string | undefined): Promise<boolean> {
  const table = await readFile("/proc/sysvipc/shm", "utf8").catch(() => "");
  const rows = table.split("\n").map((line) => line.trim().split(/\s+/)); // key, id, mode, size, two pids, attached
  return rows.some(([, id, , , , , attached]) => id === sharedMemoryId && Number(attached) > 0);
}

const listensAt = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    const answer = (listens: boolean) => {
      socket.destroy();
      resolve(listens);
    };
    socket.once("connect", () => answer(true)).once("error", () => answer(false));
  });

function isTaken(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

const run = (file: string, args: readonly string[]): Promise<string> =>
  new Promise((resolve) => execFile(file, args, (_error, stdout) => resolve(stdout)));
