/** An import's multipart form: its fields, then one file, which goes to the spool as it comes. */
import type { Readable } from "node:stream";
import { Busboy, type BusboyFileStream, type BusboyInstance } from "@fastify/busboy";
import type { Request } from "express";
import type { SpooledFile } from "../../uploads/spool.ts";
import { BrokenOff } from "../body/read-json.ts";
import { Refused } from "../refusal.ts";
import { spoolFile, tooLong } from "./spool-file.ts";

export interface ImportForm {
  readonly fields: ReadonlyMap<string, string>;
  readonly file: SpooledFile | null;
}

export interface FormSteps {
  /** Of the file, unpacked. */
  readonly maxBytes: number;
  /** Called once all fields are there; if it throws, no byte of the file is kept. */
  readonly begin: (fields: ReadonlyMap<string, string>) => Promise<SpooledFile>;
  /** Called with the number of bytes that have come. If it throws, the rest is not read. */
  readonly count: (bytes: number) => void;
}

const fieldBytes = 10_000;
const mostFields = 30;
/** What a form has beside its file. */
const overheadBytes = 1024 * 1024;

/**
 * @throws Refused for a form that is none, has too much, or is in another order; BrokenOff when the client leaves; what
 * the steps throw. A file that was begun is closed then.
 */
export async function receiveForm(request: Request, steps: FormSteps): Promise<ImportForm> {
  const fields = new Map<string, string>();
  const parser = parserOf(request);
  let content: Readable | null = null;
  let spooling: Promise<SpooledFile> | null = null;
  let [file, bytes]: [SpooledFile | null, number] = [null, 0];
  let fail: (reason: unknown) => void = () => {};
  const count = (chunk: Buffer) => {
    bytes += chunk.length;
    try {
      if (bytes > steps.maxBytes + overheadBytes) throw tooLong(steps.maxBytes);
      steps.count(bytes);
    } catch (error) {
      fail(error);
    }
  };
  const leave = () => {
    if (!request.complete) fail(new BrokenOff("the client went away in the middle of its form"));
  };
  const begin = async (part: BusboyFileStream): Promise<SpooledFile> => {
    file = await steps.begin(fields);
    await spoolFile(part, file, steps.maxBytes);
    return file;
  };
  try {
    await new Promise<void>((resolve, reject) => {
      fail = reject;
      parser.on("field", (name, value, _, isCut) => {
        const fault = faultOfField(name, isCut, fields, content !== null);
        if (fault) reject(fault);
        else fields.set(name, value);
      });
      parser.on("file", (_name, part) => {
        content = part;
        // A part that ends with its body fails by itself, before the form does.
        part.once("error", (error) => reject(notForm(error.message)));
        spooling = begin(part);
        spooling.catch(reject);
      });
      for (const event of ["partsLimit", "filesLimit", "fieldsLimit"] as const)
        parser.on(event, () => reject(tooMany(event)));
      parser.on("error", (error) => reject(notForm((error as Error).message)));
      parser.on("finish", resolve);
      request.on("data", count).once("close", leave).once("error", leave);
      request.pipe(parser);
    });
    return { fields, file: await spooling };
  } catch (error) {
    request.unpipe(parser);
    // It may be in the middle of writing to the file.
    (content as Readable | null)?.destroy();
    await (spooling as Promise<SpooledFile> | null)?.catch(() => {});
    await (file as SpooledFile | null)?.close();
    throw error;
  } finally {
    request.off("data", count).off("close", leave).off("error", leave);
    request.on("error", () => {}); // it may still break while the rest is drained
  }
}

function parserOf({ headers }: Request): BusboyInstance {
  try {
    return new Busboy({
      headers: { ...headers, "content-type": headers["content-type"] ?? "" },
      limits: {
        ...{ fields: mostFields, fieldSize: fieldBytes, files: 1, parts: mostFields + 2 },
        ...{ headerPairs: 20, headerSize: 8_000 },
      },
    });
  } catch (error) {
    throw notForm((error as Error).message);
  }
}

function faultOfField(
  name: string,
  isCut: boolean,
  fields: ReadonlyMap<string, string>,
  hasFile: boolean,
): Refused | null {
  const shown = JSON.stringify(String(name).slice(0, 100));
  if (hasFile) return wrong("body", `the fields come before the file, and ${shown} comes after it`);
  if (fields.has(name)) return wrong("body", `the form has the field ${shown} twice`);
  if (name === "csv" || name === "file")
    return wrong("file", "the file must come as a file, with a file name: curl -F file=@prices.csv");
  return isCut ? wrong("body", `the field ${shown} may have ${fieldBytes} bytes, and has more`) : null;
}

/** @param field the input to blame. */
export const wrong = (field: string, message: string): Refused =>
  new Refused({ status: 400, code: "BAD_USER_INPUT", field, message });

const notForm = (why: string): Refused =>
  wrong("body", `the request's body must be a form (multipart/form-data) with fields and a file: ${why}`);

const tooMany = (event: "partsLimit" | "filesLimit" | "fieldsLimit"): Refused =>
  event === "filesLimit"
    ? wrong("body", "one file an import, and this form has two: send them one by one")
    : wrong("body", `a form may have ${mostFields} fields and one file, and this one has more parts`);
