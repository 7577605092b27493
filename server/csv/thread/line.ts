/** A thread that reads files, as who speaks with it sees it. */
import { Worker } from "node:worker_threads";
import { LimitExceeded } from "../../domain/errors.ts";
import type { FromThread, ToThread } from "./messages.ts";

export interface Line {
  say(message: ToThread, moved?: readonly ArrayBuffer[]): void;
  /** What the thread says next. @throws what ended it: LimitExceeded where its memory did not suffice. */
  hear(): Promise<FromThread>;
  /** Whether the thread has yet to answer what it was asked. */
  isAtWork(): boolean;
  /** An idle thread lets the process end. */
  rest(): void;
  /** Ends the thread. */
  hangUp(): Promise<void>;
}

/** Beside the columns of numbers, which are no part of it. A text that is quoted as one cell needs a few times 16 MB. */
const heapMegabytes = 512;

/** @param entry what the thread runs. @param onEnd is called once, however it ends. */
export function openLine(entry: URL, onEnd: () => void): Line {
  const worker = new Worker(entry, { resourceLimits: { maxOldGenerationSizeMb: heapMegabytes } });
  const said: FromThread[] = [];
  let end: Error | null = null;
  let isAtWork = false;
  let wake = () => {};
  const finish = (error: Error) => {
    if (end) return;
    end = error;
    wake();
    onEnd();
  };
  worker.on("message", (message: FromThread) => {
    said.push(message);
    wake();
  });
  worker.on("error", (error: NodeJS.ErrnoException) =>
    finish(error.code === "ERR_WORKER_OUT_OF_MEMORY" ? outOfMemory() : error),
  );
  worker.on("exit", () => finish(new Error("the thread that read the file ended before it had")));
  return {
    say(message, moved = []) {
      if (message.kind === "read" || message.kind === "weave") isAtWork = true;
      worker.ref();
      worker.postMessage(message, moved);
    },
    async hear() {
      while (said.length === 0) {
        if (end) throw end;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      const message = said.shift()!;
      if (message.kind !== "need" && message.kind !== "store") isAtWork = false;
      return message;
    },
    isAtWork: () => isAtWork,
    rest: () => worker.unref(),
    async hangUp() {
      await worker.terminate();
    },
  };
}

const outOfMemory = (): LimitExceeded =>
  new LimitExceeded(
    `reading this file takes more than ${heapMegabytes} MB of memory: is it a table of prices? Import it in parts`,
  );
