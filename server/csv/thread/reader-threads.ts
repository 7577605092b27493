/** Reads price files, and weaves their bars into series, beside the event loop. */
import type { GrowingSeries } from "../../domain/incoming-bars.ts";
import type { ChunkShelf, NextVersion } from "../../domain/next-version.ts";
import { type CsvText, maxTextRows, textBytes } from "../csv-text.ts";
import type { CsvOptions } from "../options.ts";
import type { CsvReport } from "../read-bars.ts";
import type { ReadCsv } from "../read-file.ts";
import type { SeriesPlace } from "../trading-days.ts";
import { type Line, openLine } from "./line.ts";
import { linePool } from "./line-pool.ts";
import { errorOf, type FromThread, type ReadRequest } from "./messages.ts";

export interface ReaderThreads {
  /** Waits for a thread that is free, and keeps it until `use` has done. A signal that ends while it reads ends it. */
  readonly read: ReadCsv;
  /** Ends the threads; what they were doing fails. */
  close(): Promise<void>;
}

/** Tests run the sources, and a thread only what is built. */
export const builtEntry = new URL(
  import.meta.url.includes("/dist/")
    ? "./reader-thread.js"
    : "../../../dist/server/csv/thread/reader-thread.js",
  import.meta.url,
);

/** @param entry what a thread runs. */
export function readerThreads(entry: URL = builtEntry): ReaderThreads {
  const pool = linePool((onEnd) => openLine(entry, onEnd));
  return {
    async read(csv, options, use, signal) {
      const request = requestOf(csv, options);
      return pool.lend(async (line) => {
        const report = await readBeside(line, request, signal);
        return use({
          report,
          barsFor: (series) => ({ weave: (into, shelf) => weaveBeside(line, series, into, shelf) }),
        });
      }, signal);
    },
    close: () => pool.close(),
  };
}

async function readBeside(line: Line, request: ReadRequest, signal?: AbortSignal): Promise<CsvReport> {
  signal?.throwIfAborted();
  const { source } = request;
  line.say(request, "bytes" in source ? [source.bytes.buffer as ArrayBuffer] : []);
  const leave = () => void line.hangUp();
  signal?.addEventListener("abort", leave, { once: true });
  try {
    const answer = await line.hear();
    if (answer.kind === "report") return answer.report;
    throw errorIn(answer);
  } catch (error) {
    throw signal?.aborted ? signal.reason : error;
  } finally {
    signal?.removeEventListener("abort", leave);
  }
}

/** The thread says what it needs of the series and what is to be stored, until it has the next version. */
async function weaveBeside(
  line: Line,
  series: SeriesPlace,
  into: GrowingSeries,
  shelf: ChunkShelf,
): Promise<NextVersion> {
  /**
   * Of chunks that are stored. V8 counts what is moved here and let go of, and collects this thread's whole heap for every
   * 20 MB of it: moved back, it is the other thread's to collect.
   */
  const spent: ArrayBuffer[] = [];
  line.say({ kind: "weave", series, into, isStored: shelf.store !== null });
  for (;;) {
    const answer = await line.hear();
    if (answer.kind === "woven") return answer.version;
    if (answer.kind === "store") {
      const { buffer } = answer.chunk.fields;
      await shelf.store!(answer.chunk, () => spent.push(buffer));
      const memory = spent.splice(0);
      line.say({ kind: "stored", memory }, memory);
    } else if (answer.kind === "need") {
      // What the database's client answers are parts of its own buffers, which cannot be moved.
      const columns = (await shelf.read(answer.places)).map((chunk) => chunk.map((it) => new Uint8Array(it)));
      const moved = columns.flatMap((chunk) => chunk.map(({ buffer }) => buffer));
      line.say({ kind: "chunks", columns }, moved);
    } else throw errorIn(answer);
  }
}

const errorIn = (answer: FromThread): Error =>
  "message" in answer || answer.kind === "fault"
    ? errorOf(answer)
    : new Error(`the thread said ${answer.kind} out of turn`);

/** Inputs of GraphQL have classes or no prototype, and carry what is none of the reader's business. */
function requestOf(text: CsvText, options: CsvOptions): ReadRequest {
  const { timezone, seriesTimezone, columns, columnPositions, headerLine, dateFormat, instrument } = options;
  const given = { timezone, seriesTimezone, headerLine, dateFormat, instrument };
  const plain: CsvOptions = {
    ...given,
    columns: columns && { ...columns },
    columnPositions: columnPositions && { ...columnPositions },
  };
  if (typeof text !== "string") {
    const { fd, size, scratchFd } = text;
    return { kind: "read", source: { fd, size, scratchFd }, options: plain };
  }
  return { kind: "read", source: { bytes: textBytes(text) }, options: { ...plain, maxRows: maxTextRows } };
}
