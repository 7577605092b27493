/** Reads price files beside the event loop: one thread or two, started when they are needed and kept. */
import { Worker } from "node:worker_threads";
import { LimitExceeded } from "../../domain/errors.ts";
import { type CsvText, maxTextRows, textBytes } from "../csv-text.ts";
import type { CsvOptions } from "../options.ts";
import type { CsvBars } from "../read-bars.ts";
import { errorOf, type ReadAnswer, type ReadRequest } from "./messages.ts";

export interface ReaderThreads {
  /**
   * Waits for a thread that is free. Ending the signal ends the thread that reads, and nothing else.
   * @throws InvalidInput, LimitExceeded as readBars; the signal's reason.
   */
  read(text: CsvText, options: CsvOptions, signal?: AbortSignal): Promise<CsvBars>;
  /** Ends the threads; what they were reading fails. */
  close(): Promise<void>;
}

/** Two large imports may be under way at a time. */
const mostThreads = 2;
/** Beside the columns of numbers, which are no part of it. A text that is quoted as one cell needs a few times 16 MB. */
const heapMegabytes = 512;

interface Job {
  readonly request: ReadRequest;
  readonly moved: ArrayBuffer[];
  readonly settle: (answer: ReadAnswer) => void;
}
interface Thread {
  readonly worker: Worker;
  job: Job | null;
}

/** Tests run the sources, and a thread only what is built. */
const builtEntry = new URL(
  import.meta.url.includes("/dist/")
    ? "./reader-thread.js"
    : "../../../dist/server/csv/thread/reader-thread.js",
  import.meta.url,
);

/** @param entry what a thread runs. */
export function readerThreads(entry: URL = builtEntry): ReaderThreads {
  const threads = new Set<Thread>();
  const waiting: Job[] = [];
  let isClosed = false;

  const start = (): Thread => {
    const worker = new Worker(entry, { resourceLimits: { maxOldGenerationSizeMb: heapMegabytes } });
    const thread: Thread = { worker, job: null };
    threads.add(thread);
    const end = (answer: ReadAnswer) => {
      if (!threads.delete(thread)) return;
      thread.job?.settle(answer);
      next();
    };
    worker.on("message", (answer: ReadAnswer) => {
      const { job } = thread;
      thread.job = null;
      worker.unref();
      job?.settle(answer);
      next();
    });
    worker.on("error", (error: NodeJS.ErrnoException) => end(answerOfDeath(error)));
    worker.on("exit", () => end({ fault: new Error("the thread that read the file ended before it had") }));
    return thread;
  };

  const next = (): void => {
    while (waiting.length > 0 && !isClosed) {
      const free =
        [...threads].find(({ job }) => job === null) ?? (threads.size < mostThreads ? start() : null);
      if (free === null) return;
      const job = waiting.shift()!;
      free.job = job;
      free.worker.ref();
      free.worker.postMessage(job.request, job.moved);
    }
  };

  /** Resolves once no thread reads its file any more. */
  const giveUp = async (job: Job): Promise<void> => {
    const place = waiting.indexOf(job);
    if (place >= 0) waiting.splice(place, 1);
    const thread = [...threads].find((it) => it.job === job);
    if (!thread) return;
    threads.delete(thread);
    await thread.worker.terminate();
    next();
  };

  return {
    async read(text, options, signal) {
      signal?.throwIfAborted();
      if (isClosed) throw new Error("the reader of price files is closed");
      const request = requestOf(text, options);
      const moved = "bytes" in request.source ? [request.source.bytes.buffer as ArrayBuffer] : [];
      return new Promise<CsvBars>((resolve, reject) => {
        const settle = (answer: ReadAnswer) => {
          signal?.removeEventListener("abort", abort);
          if ("bars" in answer) resolve(answer.bars);
          else reject("refusal" in answer ? errorOf(answer.refusal) : answer.fault);
        };
        const job: Job = { request, moved, settle };
        const abort = () => {
          void giveUp(job).then(() => reject(signal!.reason));
        };
        signal?.addEventListener("abort", abort, { once: true });
        waiting.push(job);
        next();
      });
    },
    async close() {
      isClosed = true;
      const fault = new Error("the server stops");
      for (const job of waiting.splice(0)) job.settle({ fault });
      await Promise.all([...threads].map(({ worker }) => worker.terminate()));
    },
  };
}

function answerOfDeath(error: NodeJS.ErrnoException): ReadAnswer {
  if (error.code !== "ERR_WORKER_OUT_OF_MEMORY") return { fault: error };
  const message = `reading this file takes more than ${heapMegabytes} MB of memory: is it a table of prices? Import it in parts`;
  return { refusal: { kind: "limit", message: new LimitExceeded(message).message, details: {} } };
}

/** Inputs of GraphQL have classes or no prototype, and carry what is none of the reader's business. */
function requestOf(text: CsvText, options: CsvOptions): ReadRequest {
  const { timezone, seriesTimezone, columns, columnPositions, headerLine, dateFormat, instrument } = options;
  const given = { timezone, seriesTimezone, headerLine, dateFormat, instrument };
  const plain: CsvOptions = {
    ...given,
    columns: columns && { ...columns },
    columnPositions: columnPositions && { ...columnPositions },
  };
  return typeof text === "string"
    ? { source: { bytes: textBytes(text) }, options: { ...plain, maxRows: maxTextRows } }
    : { source: { fd: text.fd, size: text.size }, options: plain };
}
