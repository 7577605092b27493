/**
 * POST /import: a price file of any length as a form, and the report of what became of its rows.
 *
 *   doors ─► fields ─► file to the spool, unpacked ─► importPriceSeries reads it from there ─► JSON
 *                            └─ keep=true: read again by its id (upload=…), with other options
 */
import express, { type Request, type Router } from "express";
import { presentError } from "../../graphql/errors.ts";
import type { SpooledFile } from "../../uploads/spool.ts";
import type { Uploads } from "../../uploads/uploads.ts";
import { type ImportDoor, noPlace } from "../body/import-door.ts";
import { BrokenOff } from "../body/read-json.ts";
import { foreignOrigin, isSameOrigin } from "../doors/same-origin.ts";
import type { GraphqlApi } from "../graphql-api.ts";
import { noteOperation } from "../last-operation.ts";
import { requestBytes } from "../limits.ts";
import { answerRefusal, type Refusal, Refused } from "../refusal.ts";
import { answerError, importFile } from "./answers.ts";
import { flagOf, importVariables } from "./import-input.ts";
import { receiveForm, wrong } from "./receive-form.ts";

interface ImportRouterOptions {
  readonly api: GraphqlApi;
  readonly uploads: Uploads;
  readonly door: ImportDoor;
  /** Where people open the dashboard when a proxy serves it. */
  readonly publicUrl: string | null;
}

export function importRouter({ api, uploads, door, publicUrl }: ImportRouterOptions): Router {
  const router = express.Router();
  router.post("/", async (request, response) => {
    const refusal = refuseByHeaders(request, publicUrl);
    if (refusal !== null) return answerRefusal(request, response, refusal);
    const leaving = new AbortController();
    response.once("close", () => leaving.abort(new BrokenOff("the client went away")));
    const place = placeAt(door);
    let lent: LentFile | null = null;
    let scratch: SpooledFile | null = null;
    try {
      lent = await receive(request, uploads, api, place.enter);
      place.enter(lent.file.size);
      scratch = await uploads.open();
      const files = { file: lent.file, scratch };
      const { payload, error } = await importFile(api, files, lent.variables, leaving.signal);
      if (leaving.signal.aborted) return;
      const kept = lent.upload === null ? {} : { upload: lent.upload };
      if (error) answerError(request, response, presentError(error, api.log), kept);
      else response.set("cache-control", "no-store").json({ ...payload, ...kept });
    } catch (error) {
      if (error instanceof BrokenOff || response.destroyed) return;
      if (error instanceof Refused) answerRefusal(request, response, error.refusal);
      else answerError(request, response, presentError(error, api.log), {});
    } finally {
      await scratch?.close();
      await lent?.giveBack();
      place.leave();
    }
  });
  router.all("/", (request, response) => {
    const message = `a file is imported with POST, got ${request.method}: see docs/API.md`;
    answerRefusal(request, response, { status: 405, code: "BAD_REQUEST", message });
  });
  return router;
}

/** Large files take one of the places for large imports, as large mutations do. */
function placeAt(door: ImportDoor) {
  let leave: (() => void) | null = null;
  return {
    /** @throws Refused where all places are taken. */
    enter(bytes: number): void {
      if (bytes <= requestBytes || leave !== null) return;
      leave = door.enter();
      if (leave === null) throw new Refused(noPlace);
    },
    leave: () => leave?.(),
  };
}

function refuseByHeaders(request: Request, publicUrl: string | null): Refusal | null {
  const { "content-encoding": encoding = "identity", "content-type": type = "nothing" } = request.headers;
  if (!isSameOrigin(request, publicUrl)) return foreignOrigin(request);
  const unsupported = { status: 415, code: "BAD_USER_INPUT", field: "body" };
  if (encoding.toLowerCase() !== "identity") {
    const message = "a form must not be compressed as a whole: the file in it may be, with gzip";
    return { ...unsupported, message };
  }
  if (/^multipart\/form-data\s*;/i.test(type)) return null;
  const got = JSON.stringify(type.slice(0, 100));
  return { ...unsupported, message: `an import comes as multipart/form-data with a boundary, got ${got}` };
}

interface LentFile {
  readonly file: SpooledFile;
  readonly variables: { readonly input: Record<string, unknown> };
  /** By which it can be read again; null: it cannot. */
  readonly upload: string | null;
  readonly giveBack: () => Promise<void>;
}

/** @throws Refused, BrokenOff, and what GraphQL and the uploads say. */
async function receive(
  request: Request,
  { maxBytes, kept, open }: Uploads,
  { schema }: GraphqlApi,
  enter: (bytes: number) => void,
): Promise<LentFile> {
  const declared = Number(request.headers["content-length"] ?? 0);
  enter(declared);
  noteOperation("POST /import", declared);
  const { fields, file } = await receiveForm(request, {
    maxBytes,
    count: enter,
    begin: (known) => {
      // Reports a wrong field before gigabytes have come.
      importVariables(schema, known);
      if (known.has("upload"))
        throw wrong("upload", "an upload is named, and a file comes along: leave one of them out");
      return open();
    },
  });
  const variables = importVariables(schema, fields);
  const isKept = flagOf("keep", fields.get("keep") || "false");
  if (file !== null && !isKept) return { file, variables, upload: null, giveBack: () => file.close() };
  const id = file === null ? (fields.get("upload") ?? "") : kept.keep(file);
  if (id === "")
    throw wrong("file", "the file is missing: it comes as the last part of the form, with a file name");
  const lent = kept.lend(id);
  return { file: lent.file, variables, upload: id, giveBack: async () => lent.giveBack() };
}
