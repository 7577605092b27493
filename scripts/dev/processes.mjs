/** A process of the workshop: its lines carry its name, it is started again when asked or when it ends by itself. */
import { fork, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";

const stopWithinMs = 6_000;

/** @param ready the message by which one of ours says that it does its work; absent: it has no such message. */
export function keepRunning(name, [program, ...args], { env, ready }) {
  let child = null;
  let wanted = true;
  let isReady = Promise.resolve();

  const start = () => {
    const stdio = ["ignore", "pipe", "pipe", ...(ready ? ["ipc"] : [])];
    child = ready ? fork(args[0], args.slice(1), { env, stdio }) : spawn(program, args, { env, stdio });
    for (const stream of [child.stdout, child.stderr])
      createInterface({ input: stream }).on("line", (line) => console.log(`${name.padEnd(6)} | ${line}`));
    const started = child;
    isReady = ready
      ? new Promise((resolve) => started.on("message", ({ type }) => type === ready && resolve()))
      : Promise.resolve();
    started.once("exit", async (code, signal) => {
      if (child !== started || !wanted) return;
      console.log(
        `${name.padEnd(6)} | ended (${signal ?? `code ${code}`}); a change, or 2 s, start it again`,
      );
      await sleep(2_000);
      if (child === started && wanted) start();
    });
  };

  const end = async () => {
    const ending = child;
    child = null;
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return;
    const force = setTimeout(() => ending.kill("SIGKILL"), stopWithinMs);
    ending.kill("SIGTERM");
    await once(ending, "exit");
    clearTimeout(force);
  };

  let turn = Promise.resolve();
  start();
  return {
    isReady: () => isReady,
    /** One after the other: changes may come faster than processes end. */
    restart() {
      turn = turn.then(end).then(() => wanted && start());
      return turn;
    },
    stop() {
      wanted = false;
      return turn.then(end);
    },
  };
}
