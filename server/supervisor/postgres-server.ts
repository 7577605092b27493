/** PostgreSQL's server process: started without a shell, so that no part of a path is ever run, and ended in good order. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { chown, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { PostgresBinaries } from "./postgres-binaries.ts";
import { findPostmaster } from "./postmaster.ts";
import type { SystemUser } from "./system-user.ts";

export interface Cluster {
  /** Null: whoever runs Gatecast. */
  readonly runsAs: SystemUser | null;
  readonly binaries: PostgresBinaries;
  /** What PostgreSQL calls PGDATA. */
  readonly folder: string;
}

/** Longer than the recovery after a crash takes. */
const startWithinMs = 60_000;
const lookEveryMs = 20;

/**
 * Starts the server and waits until it answers.
 * @returns its port: the one in `settings`, or another start's that was faster.
 * @throws Error with the last lines of its log.
 */
export async function startServer(
  cluster: Cluster,
  settings: Readonly<Record<string, string>>,
): Promise<number> {
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const server = await launch(cluster, ["-D", cluster.folder, ...flags]);
  const ended = endOf(server);
  for (const deadline = Date.now() + startWithinMs; Date.now() < deadline; await delay(lookEveryMs)) {
    const found = await findPostmaster(cluster.folder);
    if (found !== null) {
      // Another start was faster. Our server must end before the other one stops, or it would take over then.
      if (found.pid !== server.pid) await ended.now();
      return found.port;
    }
    if (ended.how !== null)
      throw new Error(`PostgreSQL did not start: ${ended.how}\n${await lastLines(cluster)}`);
  }
  await ended.now();
  throw new Error(
    `PostgreSQL did not answer within ${startWithinMs / 1000} s of its start\n${await lastLines(cluster)}`,
  );
}

function endOf(server: ChildProcess) {
  const end = {
    /** Null while it runs. */
    how: null as string | null,
    /** Ends it by force where it does not end by itself. */
    async now(): Promise<void> {
      server.kill("SIGKILL");
      await past;
    },
  };
  const past = new Promise<void>((resolve) => {
    const tell = (how: string) => {
      end.how = how;
      resolve();
    };
    server.once("error", (error) => tell(error.message));
    server.once("exit", (code, signal) => tell(`it ended with ${signal ?? `code ${code}`}`));
  });
  return end;
}

/** "fast" ends connections instead of waiting for them; all that was acknowledged is kept. */
export const stopServer = (cluster: Cluster): Promise<string> =>
  run(cluster, cluster.binaries.pgCtl, ["-D", cluster.folder, "-m", "fast", "-w", "-s", "-t", "30", "stop"]);

const logFile = (cluster: Cluster): string => join(cluster.folder, "server.log");

async function lastLines(cluster: Cluster): Promise<string> {
  const text = await readFile(logFile(cluster), "utf8").catch(() => "");
  return text.trim().split("\n").slice(-5).join("\n");
}

async function launch(cluster: Cluster, args: readonly string[]): Promise<ChildProcess> {
  const [file, ...before] = await commandOf(cluster);
  const log = openSync(logFile(cluster), "a", 0o600);
  try {
    if (cluster.runsAs !== null) await chown(logFile(cluster), cluster.runsAs.uid, cluster.runsAs.gid);
    const server = spawn(file, [...before, ...args], {
      ...settingsOf(cluster),
      // A session of its own: Ctrl-C in the terminal does not reach it.
      detached: true,
      stdio: ["ignore", log, log],
    });
    server.unref();
    return server;
  } finally {
    closeSync(log);
  }
}

/**
 * Where the system can (util-linux's setpriv: Linux), the kernel itself ends the server with its supervisor, also
 * after a kill -9. SIGINT is PostgreSQL's "fast" shutdown.
 */
async function commandOf({ binaries }: Cluster): Promise<readonly [string, ...string[]]> {
  const endsWithParent = ["--pdeathsig", "INT", "--"] as const;
  const works = await new Promise<boolean>((resolve) => {
    execFile("setpriv", [...endsWithParent, "true"], (error) => resolve(error === null));
  });
  return works ? ["setpriv", ...endsWithParent, binaries.postgres] : [binaries.postgres];
}

/** Runs one of PostgreSQL's programs as the user of its server. @returns what it printed. @throws Error with what it said. */
export function run(cluster: Cluster, file: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(file, args, settingsOf(cluster), (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`${basename(file)}: ${(stderr || stdout || error.message).trim()}`));
    });
  });
}

function settingsOf({ runsAs }: Cluster) {
  const foreign = Object.entries(process.env).filter(([name]) => !name.startsWith("PG")); // PGPORT and the like
  // cwd "/": the user it runs as may not enter ours.
  return { cwd: "/", env: { ...Object.fromEntries(foreign), LC_ALL: "C", TZ: "UTC" }, ...runsAs };
}
