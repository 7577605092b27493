/** Reads a request's body as JSON, and refuses one that is too large or too intricate while it still comes. */
import { StringDecoder } from "node:string_decoder";
import type { Request } from "express";
import { bytesOutsideStrings, importBytes, requestBytes } from "../limits.ts";
import type { Refusal } from "../refusal.ts";
import { type ImportDoor, noPlace, tooLarge } from "./import-door.ts";
import { jsonOutline } from "./json-outline.ts";

export interface ReadBody {
  readonly text: string;
  readonly bytes: number;
  /** Frees the place of a body above 1 MiB; null: it took none. */
  readonly leave: (() => void) | null;
}

/** The client went away in the middle of its body, so no answer is sent. */
export class BrokenOff extends Error {}

/** Resolves with a refusal as soon as there is a reason for one; the rest of the body is then not kept. */
export function readJson(request: Request, door: ImportDoor): Promise<ReadBody | Refusal> {
  return new Promise((resolve, reject) => {
    const declared = Number(request.headers["content-length"] ?? 0);
    const outline = jsonOutline();
    const decoder = new StringDecoder("utf8");
    let text = "";
    let bytes = 0;
    let leave: (() => void) | null = null;

    const check = (size: number, outside: number): Refusal | null => {
      if (size <= requestBytes) return null;
      if (size > importBytes) return wholeTooLarge(size);
      if (outside > bytesOutsideStrings) return tooIntricate;
      leave ??= door.enter();
      return leave === null ? noPlace : null;
    };
    const stop = () => {
      request.off("data", take).off("end", finish).off("close", breakOff).off("error", breakOff);
      request.on("error", () => {}); // it may still break while the rest is drained
    };
    const refuse = (refusal: Refusal) => {
      stop();
      leave?.();
      resolve(refusal);
    };
    const take = (chunk: Buffer) => {
      bytes += chunk.length;
      const refusal = check(bytes, outline.count(chunk));
      if (refusal !== null) return refuse(refusal);
      text += decoder.write(chunk);
    };
    const finish = () => {
      stop();
      resolve({ text: text + decoder.end(), bytes, leave });
    };
    const breakOff = () => {
      stop();
      leave?.();
      reject(new BrokenOff("the client went away in the middle of its body"));
    };

    const refusal = check(declared, 0);
    if (refusal !== null) return refuse(refusal);
    request.on("data", take).once("end", finish).once("close", breakOff).once("error", breakOff);
  });
}

const wholeTooLarge = (size: number): Refusal =>
  tooLarge(`a request must be at most ${importBytes} bytes, got ${size}: send the rows in parts`);

const tooIntricate = tooLarge(
  `a request above ${requestBytes} bytes may have ${bytesOutsideStrings} bytes outside of its strings: send an import's rows as one text`,
);
