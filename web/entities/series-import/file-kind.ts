/** Files that are no text, called what they are, with what to do about it. Pure but for the page's language. */
import { t } from "../../lib/words/t.ts";

interface Kind {
  readonly starts: readonly number[];
  readonly refusal: (name: string) => string;
}

const ascii = (text: string): number[] => [...text].map((sign) => sign.charCodeAt(0));
const picture = (name: string): string =>
  t("{name} is a picture, not a table. Download the prices as a CSV file instead.", { name });

const kinds: readonly Kind[] = [
  {
    starts: ascii("%PDF"),
    refusal: (name) =>
      t("{name} is a PDF document, not a table. Download the prices as a CSV file instead.", { name }),
  },
  { starts: [0x89, ...ascii("PNG")], refusal: picture },
  { starts: [0xff, 0xd8, 0xff], refusal: picture },
  { starts: ascii("GIF8"), refusal: picture },
  {
    starts: ascii("RIFF"),
    refusal: (name) => t("{name} is a picture or a recording, not a table.", { name }),
  },
  {
    starts: [0xd0, 0xcf, 0x11, 0xe0],
    refusal: (name) =>
      t(
        "{name} is a spreadsheet in the old Excel format. Open it, choose “Save as” and CSV, and drop the file that comes out.",
        { name },
      ),
  },
  {
    starts: [0x1f, 0x8b],
    refusal: (name) =>
      t("{name} is compressed (gzip). Unpack it, and drop the file that comes out.", { name }),
  },
  {
    starts: ascii("7z\u00bc\u00af"),
    refusal: (name) => t("{name} is an archive (7z). Unpack it, and drop the CSV file in it.", { name }),
  },
  {
    starts: ascii("Rar!"),
    refusal: (name) => t("{name} is an archive (RAR). Unpack it, and drop the CSV file in it.", { name }),
  },
  {
    starts: ascii("PAR1"),
    refusal: (name) =>
      t("{name} is a Parquet file. Write it as CSV, in pandas with to_csv, and drop that file.", { name }),
  },
  {
    starts: [0x89, ...ascii("HDF")],
    refusal: (name) =>
      t("{name} is an HDF5 file. Write its table as CSV, in pandas with to_csv, and drop that file.", {
        name,
      }),
  },
  {
    starts: ascii("SQLite format 3"),
    refusal: (name) => t("{name} is a database (SQLite). Export its table as CSV.", { name }),
  },
];

/** What to tell of a file that is no text; null for all that may be one. */
export function refusalOfKind(bytes: Uint8Array, name: string): string | null {
  if (beginsWith(bytes, [0x50, 0x4b, 0x03, 0x04])) return refusalOfZip(bytes, name);
  return kinds.find(({ starts }) => beginsWith(bytes, starts))?.refusal(name) ?? null;
}

export const noText = (name: string): string =>
  t(
    "{name} is not text: it has bytes that no text has. Save the prices as CSV in UTF-8, and drop that file.",
    {
      name,
    },
  );

/** The names of the files in a ZIP stand in it as they are. */
function refusalOfZip(bytes: Uint8Array, name: string): string {
  const names = new TextDecoder("latin1").decode(bytes.subarray(0, 8192));
  const isSheet = /xl\/|opendocument\.spreadsheet|\[Content_Types\]\.xml|\.numbers|Index\/Document\.iwa/.test(
    names,
  );
  return isSheet
    ? t(
        "{name} is a spreadsheet’s workbook. Open it, choose “Save as” (or “Download”) and CSV, and drop the file that comes out.",
        { name },
      )
    : t("{name} is a ZIP archive. Unpack it, and drop the CSV file in it.", { name });
}

const beginsWith = (bytes: Uint8Array, starts: readonly number[]): boolean =>
  starts.every((byte, at) => bytes[at] === byte);
