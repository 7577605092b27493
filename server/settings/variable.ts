/** One variable of the environment: what is expected of it, and what it means. Its text is never empty. */
import { statSync } from "node:fs";
import { z } from "zod";

export interface Variable<Value> {
  /** The end of "expected ...". */
  readonly expects: string;
  /** From the text; from undefined where the variable is not set, or empty. */
  readonly schema: z.ZodType<Value>;
  /**
   * What is wrong, as the end of "got ...", of a variable that may hold a secret: its text is never printed. Absent: the
   * text is printed.
   */
  readonly problemOf?: (text: string) => string | null;
}

/** What the variables of a group mean, under their names. */
export type ValuesOf<Variables> = {
  readonly [Name in keyof Variables]: Variables[Name] extends Variable<infer Value> ? Value : never;
};

export type Environment = Readonly<Record<string, string | undefined>>;

interface Range {
  readonly least: number;
  readonly most: number;
}

const wholeNumberIn = ({ least, most }: Range) =>
  z
    .string()
    .refine((text) => /^\d{1,15}$/.test(text) && Number(text) >= least && Number(text) <= most)
    .transform(Number);

/** @param of a word after "a whole number", such as " of days" */
export const wholeNumber = (range: Range, usual: number, of = ""): Variable<number> => ({
  expects: rangeWords(range, of),
  schema: wholeNumberIn(range).default(usual),
});

export const wholeNumberOrNull = (range: Range, of = ""): Variable<number | null> => ({
  expects: rangeWords(range, of),
  schema: orNull(wholeNumberIn(range)),
});

const rangeWords = ({ least, most }: Range, of: string) => `a whole number${of} from ${least} to ${most}`;

/** Null where the variable is not set. */
export const orNull = <Value>(schema: z.ZodType<Value>): z.ZodType<Value | null> =>
  schema.optional().transform((value) => value ?? null);

export const folderExpected = "a folder that exists or can be made";

export function isFolderOrFree(path: string): boolean {
  // PostgreSQL keeps its folder's name on one line of a file.
  if (/\p{Cc}/u.test(path)) return false;
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? true;
  } catch {
    return false; // below a file, or behind a folder that is closed
  }
}
