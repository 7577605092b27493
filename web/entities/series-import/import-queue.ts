/** Files that wait to be imported, with what was typed for each. Put aside, they stay until somebody goes on or discards them. Pure. */
import { symbolFrom } from "./csv-preview.ts";
import { emptyImportForm, type ImportForm } from "./import-form.ts";
import type { ImportFile } from "./read-file.ts";

export interface ImportQueue {
  /** The first is in the dialog, or would be. */
  readonly files: readonly ImportFile[];
  /** How many were dealt with before it. */
  readonly done: number;
  /** Its dialog is closed, and its files are not dealt with. */
  readonly isAside: boolean;
  /** The first is stored, and only still looked at. */
  readonly isStored: boolean;
  /** By file. */
  readonly forms: ReadonlyMap<string, ImportForm>;
}

export const noFiles: ImportQueue = { files: [], done: 0, isAside: false, isStored: false, forms: new Map() };

type Known = Pick<ImportFile, "name" | "body">;
/** A file that is chosen once more is another object, and the same file. */
const keyOf = ({ name, body }: Known): string => `${body.size} ${name}`;

/** The form as it is before anything is typed. @param symbol of the series that the page is about */
const formAtFirst = (file: Pick<ImportFile, "name">, symbol: string | undefined): ImportForm => ({
  ...emptyImportForm,
  symbol: symbol ?? symbolFrom(file.name),
});

export const formOf = (
  { forms }: Pick<ImportQueue, "forms">,
  file: ImportFile,
  symbol: string | undefined,
): ImportForm => forms.get(keyOf(file)) ?? formAtFirst(file, symbol);

/** More files. Of those put aside the same one is gone on with, and others wait until the new ones are dealt with. */
export function withFiles(queue: ImportQueue, more: readonly ImportFile[]): ImportQueue {
  if (more.length === 0) return queue;
  if (!queue.isAside) return { ...queue, files: [...queue.files, ...more] };
  const chosen = new Set(more.map(keyOf));
  const others = queue.files.filter((file) => !chosen.has(keyOf(file)));
  return { ...queue, files: [...more, ...others], isAside: false };
}

export const withForm = (queue: ImportQueue, file: ImportFile, form: ImportForm): ImportQueue => ({
  ...queue,
  forms: new Map([...queue.forms, [keyOf(file), form]]),
});

/** Without its first file, which is dealt with. */
export function withoutFirst({ files, done, forms }: ImportQueue): ImportQueue {
  const [first, ...rest] = files;
  if (!first || rest.length === 0) return noFiles;
  const key = keyOf(first);
  return {
    ...{ files: rest, done: done + 1, isAside: false, isStored: false },
    forms: new Map([...forms].filter(([of]) => of !== key)),
  };
}

/** Whether its end would lose more than a choice of one file. */
export function isWorthKeeping(queue: ImportQueue, symbol: string | undefined): boolean {
  const isTyped = (file: ImportFile) =>
    JSON.stringify(formOf(queue, file, symbol)) !== JSON.stringify(formAtFirst(file, symbol));
  const open = queue.isStored ? queue.files.slice(1) : queue.files;
  return queue.files.length > 1 || open.some(isTyped);
}
