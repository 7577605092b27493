/** Runs in a thread of its own: reads one price file after the other, and weaves the bars of each into a series. */
import { parentPort } from "node:worker_threads";
import type { ChunkShelf } from "../../domain/next-version.ts";
import { nextVersion } from "../../domain/next-version.ts";
import { asBuffer, bytesInMemory } from "../byte-source.ts";
import { type ReadBars, readBars, readFile } from "../read-bars.ts";
import { placeBars } from "../trading-days.ts";
import {
  type FromThread,
  failureOf,
  type ReadRequest,
  type ToThread,
  type WeaveRequest,
} from "./messages.ts";

const port = parentPort!;
const tell = (message: FromThread, moved: ArrayBuffer[] = []) => port.postMessage(message, moved);

/** Of the file that was read last. */
let read: ReadBars | null = null;
/** Who waits for an answer of the API. */
let [hearChunks, hearStored]: [(columns: Columns) => void, () => void] = [() => {}, () => {}];
type Columns = readonly (readonly Uint8Array[])[];

port.on("message", (message: ToThread) => {
  if (message.kind === "chunks") hearChunks(message.columns);
  else if (message.kind === "stored") hearStored();
  else if (message.kind === "forget") read = null;
  else void answer(message).then(tell, (error: unknown) => tell(failureOf(error)));
});

async function answer(request: ReadRequest | WeaveRequest): Promise<FromThread> {
  if (request.kind === "read") {
    const { source, options } = request;
    read =
      "fd" in source ? readFile(source, options) : readBars(bytesInMemory(asBuffer(source.bytes)), options);
    return { kind: "report", report: read.report };
  }
  const { series, into, isStored } = request;
  const bars = placeBars(read!, into.times, series);
  const version = await nextVersion(into.version, bars, shelfOf(isStored));
  return { kind: "woven", version };
}

/** 400 kB each. */
const mostOnTheirWay = 8;

/** The series' chunks, which the API has in its hands. */
function shelfOf(isStored: boolean): ChunkShelf {
  let onTheirWay = 0;
  let goOn = () => {};
  hearStored = () => {
    onTheirWay--;
    goOn();
  };
  return {
    read: (places) =>
      new Promise((resolve) => {
        hearChunks = resolve;
        tell({ kind: "need", places });
      }),
    store: isStored
      ? async (chunk) => {
          onTheirWay++;
          // The hash is part of the next version, too, and stays.
          tell({ kind: "store", chunk }, [chunk.fields.buffer]);
          while (onTheirWay >= mostOnTheirWay)
            await new Promise<void>((resolve) => {
              goOn = resolve;
            });
        }
      : null,
  };
}
