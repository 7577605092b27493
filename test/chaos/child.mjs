/** One process of the installation: started, killed, stopped in good order, and started again, as often as it takes. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { freezable, freeze, inspectorOf } from "../support/freeze.mjs";

/** SIGTERM promises 5 s; a busy machine gets a little more before it counts as broken. */
const stopWithinMs = 8_000;
const startWithinMs = 60_000;
/** An API that stands still ends itself after 15 s. */
const endsFrozenWithinMs = 25_000;

/**
 * @param onListening hears the address of an API that answers.
 * @param onProgress hears what a worker says of its training.
 * @param complain hears of what a process must not do.
 */
export function createChild({
  name,
  module,
  env,
  logFile,
  onListening = () => {},
  onProgress = () => {},
  complain,
}) {
  const log = createWriteStream(logFile, { flags: "a" });
  let child = null;
  let up = Promise.reject(new Error(`${name} was never started`));
  up.catch(() => {});
  let expectedToEnd = false;
  let isLeaving = false;
  let isStopping = false;
  let inspector = null;

  const start = () => {
    expectedToEnd = false;
    let wasReady = false;
    const started = fork(module, {
      env: { ...process.env, ...env },
      execArgv: freezable,
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    child = started;
    inspector = inspectorOf(started.stderr);
    inspector.catch(() => {});
    started.on("message", (message) => message.type === "progress" && onProgress(message));
    started.stdout.pipe(log, { end: false });
    started.stderr.pipe(log, { end: false });
    const ended = once(started, "exit").then(([code, signal]) => {
      child = null;
      if (!expectedToEnd && !isLeaving) {
        // An API that meets no database says so and ends with 1; whoever supervises it tries again.
        if (wasReady || code !== 1)
          complain(`${name} ended by itself (${signal ?? `code ${code}`}): see ${logFile}`);
        void startAgain(500);
      }
      throw new Error(`${name} ended`);
    });
    up = Promise.race([ended, ready(started)]);
    up.then(
      () => {
        wasReady = true;
      },
      () => {},
    );
    ended.catch(() => {});
  };

  const ready = async (started) => {
    for await (const [message] of messagesOf(started)) {
      if (message.type === "listening") onListening(message.url);
      if (message.type === "listening" || message.type === "ready") return;
    }
  };

  async function* messagesOf(started) {
    const late = AbortSignal.timeout(startWithinMs);
    for (;;) yield await once(started, "message", { signal: late });
  }

  const startAgain = async (pauseMs) => {
    await sleep(pauseMs);
    if (isLeaving) return;
    start();
    await up.catch(() => {});
  };

  return {
    name,
    start() {
      start();
      return up;
    },
    /** Resolves once it does its work; rejects when it ended before. */
    isUp: () => up,
    /** The very first starts: each is killed in the middle of what it does. */
    async startAndKill(afterMs) {
      start();
      up.catch(() => {});
      await sleep(afterMs);
      const killed = child;
      if (!killed) return;
      expectedToEnd = true;
      killed.kill("SIGKILL");
      await once(killed, "exit");
    },
    /** Its event loop stands still for good: it must end by itself. */
    async freeze() {
      const frozen = child;
      if (!frozen || isStopping) return;
      child = null; // no other fault meets it meanwhile
      expectedToEnd = true;
      await freeze(await inspector);
      const tooLate = setTimeout(() => {
        complain(`${name} stood still for ${endsFrozenWithinMs} ms and did not end`);
        frozen.kill("SIGKILL");
      }, endsFrozenWithinMs);
      if (frozen.exitCode === null && frozen.signalCode === null) await once(frozen, "exit");
      clearTimeout(tooLate);
      await startAgain(500);
    },
    async kill(awayMs) {
      const killed = child;
      // What leaves in good order is to get there.
      if (!killed || isStopping) return;
      child = null;
      expectedToEnd = true;
      killed.kill("SIGKILL");
      await once(killed, "exit");
      await startAgain(awayMs);
    },
    /** As a deploy does: it must leave by itself, in good order and in time. Without `awayMs` it does not come back. */
    async stop(awayMs = null) {
      const stopped = child;
      isLeaving = awayMs === null;
      if (!stopped) return;
      expectedToEnd = true;
      isStopping = true;
      const tooLate = setTimeout(() => {
        complain(`${name} did not end within ${stopWithinMs} ms of SIGTERM`);
        stopped.kill("SIGKILL");
      }, stopWithinMs);
      stopped.kill("SIGTERM");
      const [code, signal] = await once(stopped, "exit");
      clearTimeout(tooLate);
      isStopping = false;
      if (code !== 0)
        complain(`${name} ended with ${signal ?? `code ${code}`} after SIGTERM: see ${logFile}`);
      if (awayMs !== null) await startAgain(awayMs);
    },
  };
}
