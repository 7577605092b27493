/** Reads a stream line by line without ever keeping more of a line than is shown of it. */
import type { Readable } from "node:stream";
import { StringDecoder } from "node:string_decoder";

/** In characters. What our own processes log is shorter (server/log-lines.ts); a crash of Node.js or a library may say more. */
const longestLine = 16_000;

export function readLines(stream: Readable, onLine: (line: string) => void): void {
  const decoder = new StringDecoder("utf8");
  let kept = "";
  let leftOut = 0;

  const add = (text: string): void => {
    const room = longestLine - kept.length;
    kept += text.slice(0, room);
    leftOut += Math.max(text.length - room, 0);
  };
  const end = (): void => {
    const line = kept.endsWith("\r") ? kept.slice(0, -1) : kept;
    onLine(leftOut === 0 ? line : `${line} … (${leftOut} more characters of this line were left out)`);
    kept = "";
    leftOut = 0;
  };

  stream.on("data", (chunk: Buffer) => {
    const text = decoder.write(chunk);
    let from = 0;
    for (let to = text.indexOf("\n"); to >= 0; to = text.indexOf("\n", from)) {
      add(text.slice(from, to));
      end();
      from = to + 1;
    }
    add(text.slice(from));
  });
  stream.on("end", () => {
    add(decoder.end());
    if (kept !== "") end();
  });
}
