/** What can be told of a CSV file before the server reads it: its text, its header, a symbol to suggest. Pure. */

/**
 * The file's text: UTF-8, or UTF-16 where a byte order mark says so, and GB18030 where it is not valid UTF-8,
 * as Chinese sources still write it.
 */
export function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("gb18030").decode(bytes);
  }
}

/** The header's names, for those who must say which column is which; columns without a name are left out. */
export function headerOf(csv: string): string[] {
  const line = csv.slice(0, 10_000).split(/\r?\n/, 1)[0] ?? "";
  const separator = [",", ";", "\t"].reduce((best, sign) =>
    line.split(sign).length > line.split(best).length ? sign : best,
  );
  return line
    .split(separator)
    .map((name) =>
      name
        .trim()
        .replace(/^"(.*)"$/, "$1")
        .replaceAll('""', '"')
        .trim(),
    )
    .filter((name) => name !== "");
}

/** "sh600519_daily.csv" suggests SH600519: the name up to the first sign that no symbol has. */
export function symbolFrom(fileName: string): string {
  const base = fileName.replace(/\.[^.]*$/, "");
  return (/[A-Za-z0-9^.=-]+/.exec(base)?.[0] ?? "").toUpperCase();
}
