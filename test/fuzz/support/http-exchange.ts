/** Bytes to the server, what comes back, and what is wrong with that. */
import { connect } from "node:net";
import type { HttpCase } from "./http-cases.ts";

/** After so long without a byte the client says that it has said all: the server may wait for more, or not be ready. */
const quietMs = { beforeAnswer: 600, afterAnswer: 100 };
const silentMs = 8_000;

/** All that comes back until the connection ends. @throws Error where it does not end. */
export function exchange(port: number, { bytes }: HttpCase): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1");
    let text = "";
    let quiet: NodeJS.Timeout;
    const waitForQuiet = () => {
      clearTimeout(quiet);
      quiet = setTimeout(() => socket.end(), text === "" ? quietMs.beforeAnswer : quietMs.afterAnswer);
    };
    const silent = setTimeout(() => {
      socket.destroy();
      reject(new Error("the connection stayed open and silent"));
    }, silentMs);
    socket.setEncoding("latin1").on("data", (part) => {
      text += part;
      waitForQuiet();
    });
    socket.on("error", () => {}); // a refused client is cut off: its "close" follows
    socket.once("close", () => {
      clearTimeout(quiet);
      clearTimeout(silent);
      resolve(text);
    });
    socket.write(bytes, "latin1");
    waitForQuiet();
  });
}

/** What is wrong with an answer; null: nothing. */
export function answerTrouble(text: string): string | null {
  if (text.includes("INTERNAL_SERVER_ERROR") || text.includes("Something went wrong"))
    return "a fault of ours";
  for (const head of text.matchAll(/^HTTP\/1\.1 (\d{3}) [\s\S]*?\r\n\r\n/gm)) {
    const status = Number(head[1]);
    if (status >= 500 && !(status === 503 && /^retry-after: \d/im.test(head[0]))) return `status ${status}`;
  }
  if (text !== "" && !text.startsWith("HTTP/1.1 ")) return "an answer that is none of HTTP";
  return /\n {4}at |node_modules|prisma/i.test(text.replace(/<script[\s\S]*?<\/script>/g, ""))
    ? "an answer that shows its insides"
    : null;
}
