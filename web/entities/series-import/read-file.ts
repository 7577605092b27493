/** A chosen file as the import takes it, or what it is instead. */
import { t } from "../../lib/words/t.ts";
import { decodeText } from "./encodings.ts";
import { noText, refusalOfKind } from "./file-kind.ts";

export interface ImportFile {
  readonly name: string;
  /** Its beginning, to look at. */
  readonly head: string;
  /** All of it, in UTF-8. */
  readonly body: Blob;
  /** What the bytes were read as. */
  readonly encoding: string;
}

export type ReadFile = ImportFile | { readonly problem: string };

/** Of what is larger only the beginning tells its encoding: a browser's strings end at some 500 MB. */
const wholeBytes = 64 * 1024 * 1024;
const headCharacters = 200_000;

export async function readFile(file: File): Promise<ReadFile> {
  const { name } = file;
  if (file.size === 0) return { problem: t("{name} is empty.", { name }) };
  const isWhole = file.size <= wholeBytes;
  const bytes = new Uint8Array(await file.slice(0, wholeBytes).arrayBuffer());
  const refusal = refusalOfKind(bytes, name);
  if (refusal !== null) return { problem: refusal };
  const decoded = decodeText(isWhole ? bytes : wholeLines(bytes));
  if (decoded === null) return { problem: noText(name) };
  const { text, encoding, label } = decoded;
  const body = isWhole ? new Blob([text]) : await inUtf8(file, label);
  return { name, head: text.slice(0, headCharacters), body, encoding };
}

/** A cut within a character would look like another encoding. */
function wholeLines(bytes: Uint8Array): Uint8Array {
  const end = bytes.lastIndexOf(0x0a) + 1;
  // A line end of UTF-16 has a zero byte, before or after it.
  return end > 0 ? bytes.subarray(0, bytes[end] === 0 ? end + 1 : end) : bytes;
}

/** As it is, or a copy that the browser keeps where it keeps files. */
function inUtf8(file: File, label: string): Promise<Blob> | Blob {
  if (label === "utf-8") return file;
  // The types of browsers and of Node do not agree on what these take.
  const text = file.stream().pipeThrough(new TextDecoderStream(label) as never);
  return new Response(text.pipeThrough(new TextEncoderStream() as never)).blob();
}
