/** A chosen file as the import takes it, or what it is instead. Pure. */
import { decodeText } from "./encodings.ts";
import { noText, refusalOfKind } from "./file-kind.ts";

export interface ImportFile {
  readonly name: string;
  readonly csv: string;
  /** What the bytes were read as. */
  readonly encoding: string;
}

export type ReadFile = ImportFile | { readonly problem: string };

export function readFile(name: string, bytes: Uint8Array): ReadFile {
  if (bytes.length === 0) return { problem: `${name} is empty.` };
  const refusal = refusalOfKind(bytes);
  if (refusal !== null) return { problem: `${name} ${refusal}.` };
  const decoded = decodeText(bytes);
  if (decoded === null) return { problem: `${name} ${noText}.` };
  return { name, csv: decoded.text, encoding: decoded.encoding };
}
