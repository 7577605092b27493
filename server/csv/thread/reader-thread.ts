/** Runs in a thread of its own: reads one price file after the other. */
import { parentPort } from "node:worker_threads";
import { asBuffer, bytesInMemory, bytesOfFile } from "../byte-source.ts";
import { type CsvBars, readBars } from "../read-bars.ts";
import { answerOf, type ReadRequest } from "./messages.ts";

const port = parentPort!;
port.on("message", ({ source, options }: ReadRequest) => {
  try {
    const bytes =
      "fd" in source ? bytesOfFile(source.fd, source.size) : bytesInMemory(asBuffer(source.bytes));
    const bars = readBars(bytes, options);
    port.postMessage({ bars }, buffersOf(bars));
  } catch (error) {
    port.postMessage(answerOf(error));
  }
});

/** They are moved and not copied. */
const buffersOf = ({ bars, walls, dayBegins }: CsvBars): ArrayBuffer[] => [
  ...new Set(
    [...Object.values(bars), walls, ...(dayBegins ? [dayBegins] : [])].map((it) => it.buffer as ArrayBuffer),
  ),
];
