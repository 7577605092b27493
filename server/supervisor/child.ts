/** Keeps one process of Gatecast running: starts it, starts it again when it crashes, stops it. */
import { type ChildProcess, fork, type StdioOptions } from "node:child_process";
import { readLines } from "./lines.ts";
import { type ChildMessage, cannotStartCode, stopRequest } from "./messages.ts";

export interface ChildOptions {
  /** As a person would say it: "the worker". */
  readonly name: string;
  /** The file to run. */
  readonly module: string;
  readonly env: NodeJS.ProcessEnv;
  /** How long it may take to stop in good order. */
  readonly graceMs: number;
  /** First pause before it is started again after a crash; doubles with each crash in a row. */
  readonly firstPauseMs?: number;
  readonly onMessage: (message: ChildMessage) => void;
  /** A line of its log, which goes to stderr. */
  readonly onLine: (line: string) => void;
  /** A line of its stdout: what libraries have to say. */
  readonly onChatter?: (line: string) => void;
  /** Called when it crashed. */
  readonly onCrash: (explanation: string) => void;
  /** Called when it cannot start; it is not started again. */
  readonly onGivenUp: (explanation: string) => void;
}

export interface SupervisedChild {
  /** Resolves when the process has ended: in good order, or by force after the grace. */
  stop(): Promise<void>;
  /** Ends it at once. */
  kill(): void;
}

/** How often to start a child that was never ready. */
const chances = 3;
const longestPauseMs = 30_000;
/** A process that has beaten before and is silent for so long is frozen. Must be longer than its own watch waits. */
const silentForMs = 17_000;
/** A child that ran for so long starts with a clean count of crashes. */
const healthyMs = 60_000;

export function superviseChild(options: ChildOptions): SupervisedChild {
  let child: ChildProcess | null = null;
  let restart: NodeJS.Timeout | undefined;
  let ended: Promise<void> = Promise.resolve();
  let stopping = false;
  let everReady = false;
  let crashesInARow = 0;

  const start = (): void => {
    const startedAt = Date.now();
    const current = launch(options);
    child = current;
    const watch = watchSilence(() => {
      options.onCrash(`${options.name} has said nothing for ${silentForMs / 1000} s and is ended`);
      killGroup(current);
    });
    current.on("message", (message: ChildMessage) => {
      everReady ||= message.type === "listening" || message.type === "ready";
      if (message.type === "alive") watch.heard();
      options.onMessage(message);
    });
    ended = new Promise((resolve) => {
      current.once("exit", (code, signal) => {
        watch.stop();
        child = null;
        if (!stopping) afterCrash(code, signal, Date.now() - startedAt);
        resolve();
      });
    });
  };

  const afterCrash = (code: number | null, signal: string | null, livedMs: number): void => {
    crashesInARow = livedMs > healthyMs ? 1 : crashesInARow + 1;
    const how = `${options.name} ended unexpectedly (${signal ?? `code ${code}`})`;
    const hopeless = code === cannotStartCode;
    if (hopeless || (!everReady && crashesInARow >= chances)) {
      options.onGivenUp(hopeless ? `${options.name} cannot start` : `${how} ${chances} times in a row`);
      return;
    }
    const pauseMs = Math.min((options.firstPauseMs ?? 500) * 2 ** (crashesInARow - 1), longestPauseMs);
    options.onCrash(`${how}; starting it again in ${pauseMs / 1000} s`);
    restart = setTimeout(start, pauseMs);
  };

  start();
  return {
    stop: async () => {
      stopping = true;
      clearTimeout(restart);
      if (child === null) return;
      askToStop(child);
      const force = setTimeout(() => child !== null && killGroup(child), options.graceMs);
      await ended;
      clearTimeout(force);
    },
    kill: () => {
      stopping = true;
      clearTimeout(restart);
      if (child !== null) killGroup(child);
    },
  };
}

const lookEveryMs = 1_000;

/** Counts its own looks instead of the clock, because the clock goes on while the whole machine sleeps. */
function watchSilence(onSilence: () => void) {
  let looks = Number.NEGATIVE_INFINITY; // until the first beat
  const timer = setInterval(() => {
    looks++;
    if (looks * lookEveryMs < silentForMs) return;
    clearInterval(timer);
    onSilence();
  }, lookEveryMs);
  return {
    heard: () => {
      looks = 0;
    },
    stop: () => clearInterval(timer),
  };
}

/** Runs a process that ends by itself. Reports a failure and does not repeat it. */
export function runChildOnce(
  options: Omit<ChildOptions, "graceMs" | "firstPauseMs" | "onGivenUp">,
): SupervisedChild {
  let running = true;
  const child = launch(options);
  child.on("message", options.onMessage);
  const ended = new Promise<void>((resolve) => {
    child.once("exit", (code, signal) => {
      if (running && code !== 0) options.onCrash(`${options.name} failed (${signal ?? `code ${code}`})`);
      running = false;
      resolve();
    });
  });
  const kill = (): void => {
    if (running) killGroup(child);
    running = false;
  };
  return {
    kill,
    stop: () => {
      kill();
      return ended;
    },
  };
}

const hasSignals = process.platform !== "win32";

function launch(options: Pick<ChildOptions, "module" | "env" | "onLine" | "onChatter">): ChildProcess {
  const { module, env, onLine, onChatter = () => {} } = options;
  // A process group of its own: Ctrl-C in the terminal reaches the supervisor alone, which stops all in order.
  const stdio: StdioOptions = ["ignore", "pipe", "pipe", "ipc"];
  const child = fork(module, { env, execArgv: [], detached: hasSignals, stdio });
  if (child.stdout !== null) readLines(child.stdout, onChatter);
  if (child.stderr !== null) readLines(child.stderr, onLine);
  child.on("error", (error) => onLine(error.message));
  return child;
}

function askToStop(child: ChildProcess): void {
  if (hasSignals) child.kill("SIGTERM");
  else if (child.connected) child.send(stopRequest);
}

function killGroup(child: ChildProcess): void {
  try {
    if (hasSignals && child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
    else child.kill("SIGKILL");
  } catch {
    // it has just ended by itself
  }
}
