/** Files that are no text, called what they are, with what to do about it. Pure. */

interface Kind {
  readonly starts: readonly number[];
  readonly words: string;
}

const ascii = (text: string): number[] => [...text].map((sign) => sign.charCodeAt(0));
const pictureWords = "is a picture, not a table. Download the prices as a CSV file instead";

const kinds: readonly Kind[] = [
  {
    starts: ascii("%PDF"),
    words: "is a PDF document, not a table. Download the prices as a CSV file instead",
  },
  { starts: [0x89, ...ascii("PNG")], words: pictureWords },
  { starts: [0xff, 0xd8, 0xff], words: pictureWords },
  { starts: ascii("GIF8"), words: pictureWords },
  { starts: ascii("RIFF"), words: "is a picture or a recording, not a table" },
  {
    starts: [0xd0, 0xcf, 0x11, 0xe0],
    words:
      "is a spreadsheet in the old Excel format. Open it, choose “Save as” and CSV, and drop the file that comes out",
  },
  { starts: [0x1f, 0x8b], words: "is compressed (gzip). Unpack it, and drop the file that comes out" },
  { starts: ascii("7z\u00bc\u00af"), words: "is an archive (7z). Unpack it, and drop the CSV file in it" },
  { starts: ascii("Rar!"), words: "is an archive (RAR). Unpack it, and drop the CSV file in it" },
  {
    starts: ascii("PAR1"),
    words: "is a Parquet file. Write it as CSV, in pandas with to_csv, and drop that file",
  },
  {
    starts: [0x89, ...ascii("HDF")],
    words: "is an HDF5 file. Write its table as CSV, in pandas with to_csv, and drop that file",
  },
  { starts: ascii("SQLite format 3"), words: "is a database (SQLite). Export its table as CSV" },
];

/** What to tell of a file that is no text; null for all that may be one. */
export function refusalOfKind(bytes: Uint8Array): string | null {
  if (beginsWith(bytes, [0x50, 0x4b, 0x03, 0x04])) return refusalOfZip(bytes);
  return kinds.find(({ starts }) => beginsWith(bytes, starts))?.words ?? null;
}

export const noText =
  "is not text: it has bytes that no text has. Save the prices as CSV in UTF-8, and drop that file";

/** The names of the files in a ZIP stand in it as they are. */
function refusalOfZip(bytes: Uint8Array): string {
  const names = new TextDecoder("latin1").decode(bytes.subarray(0, 8192));
  const isSheet = /xl\/|opendocument\.spreadsheet|\[Content_Types\]\.xml|\.numbers|Index\/Document\.iwa/.test(
    names,
  );
  return isSheet
    ? "is a spreadsheet’s workbook. Open it, choose “Save as” (or “Download”) and CSV, and drop the file that comes out"
    : "is a ZIP archive. Unpack it, and drop the CSV file in it";
}

const beginsWith = (bytes: Uint8Array, starts: readonly number[]): boolean =>
  starts.every((byte, at) => bytes[at] === byte);
