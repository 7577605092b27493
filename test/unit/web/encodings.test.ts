/** A file's text is read as it was written, told by what it then says; what is no text is called what it is. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { decodeText } from "../../../web/entities/series-import/encodings.ts";
import { readFile } from "../../../web/entities/series-import/read-file.ts";

const caseBytes = (file: string): Uint8Array =>
  new Uint8Array(readFileSync(join(import.meta.dirname, "../../fixtures/cases", file)));
const read = (bytes: Uint8Array) => decodeText(bytes);

/** Bytes of text in an encoding that has one byte a sign, or in GBK, made from what the decoder says of each. */
function encode(label: string, text: string): Uint8Array {
  const decoder = new TextDecoder(label);
  const bytesOf = new Map<string, number[]>();
  for (let lead = 0xff; lead >= 0; lead--) {
    if (label === "gb18030" && lead >= 0x81 && lead < 0xff)
      for (let trail = 0x40; trail < 0xff; trail++)
        bytesOf.set(decoder.decode(Uint8Array.of(lead, trail)), [lead, trail]);
    else bytesOf.set(decoder.decode(Uint8Array.of(lead)), [lead]);
  }
  return Uint8Array.from(
    [...text].flatMap((sign) => {
      const bytes = bytesOf.get(sign);
      if (!bytes) throw new Error(`${label} has no ${sign}`);
      return bytes;
    }),
  );
}

describe("the cases' files", () => {
  test.each([
    ["windows-1252-german.csv", /^Windows-1252/, "Datum;Eröffnung;Hoch;Tief;Schluss;Stücke"],
    ["gbk-desktop-export-title-and-footer.txt", /^GB18030/, "成交量"],
    ["utf-16-with-byte-order-mark.csv", /^UTF-16$/, "Date,Open,High,Low,Close,Volume"],
    ["chinese-desktop-export-utf8.txt", /^UTF-8$/, "开盘"],
    ["several-tickers-in-one-file.csv", /^UTF-8$/, "date,open"],
  ])("%s is %s", (file, encoding, header) => {
    const found = read(caseBytes(file))!;
    expect(found.encoding).toMatch(encoding);
    expect(found.text).toContain(header);
  });
});

describe("single letters and words", () => {
  test.each([
    ["windows-1252", "Datum;Schlusskurs in CHF;Größe\n2020-01-02;1,5;2\n"],
    ["windows-1252", "Fecha;Último;Máximo;Mínimo;Variación\n"],
    ["windows-1252", "Date;Clôture;Séance\n"],
    ["windows-1252", "Date;Close;Note\n2020-01-02;1;Bär\n"],
    ["windows-1252", "Date;Close (£)\n2020-01-02;1\n"],
    ["windows-1250", "Data;Otwarcie;Najwyższy;Najniższy;Zamknięcie\n"],
    ["gb18030", "日期,开盘价,收盘价\n"],
    ["gb18030", "交易日,价格\n2020-01-02,1\n"],
    ["gb18030", "date,close,名\n2020-01-02,1,贵州茅台\n"],
  ])("%s: %j", (label, text) => {
    const found = read(encode(label, text))!;
    expect(found.text).toBe(text);
    expect(found.encoding.toLowerCase()).toContain(label);
  });

  test("the only letter of a long file decides", () => {
    const digits = "2020-01-02;1,5;1,6\n".repeat(100_000);
    const text = `Datum;Kurs;Hoch\n${digits}Quelle: Börse München\n`;
    expect(read(encode("windows-1252", text))!.text).toBe(text);
  });

  test("UTF-8 that was cut in a few places stays UTF-8", () => {
    const whole = new TextEncoder().encode("日期,开盘,收盘,名称\n2020-01-02,1,2,贵州茅台\n".repeat(20));
    const found = read(whole.subarray(0, whole.length - 2))!;
    expect(found.encoding).toBe("UTF-8");
    expect(found.text.startsWith("日期,开盘")).toBe(true);
  });
});

describe("UTF-16", () => {
  const text = "日期,开盘,收盘\r\n2020-01-02,25.80,26.10\r\n2020-01-03,25.90,26.20\r\n";
  const littleEndian = new Uint8Array(Buffer.from(text, "utf16le"));
  const bigEndian = new Uint8Array(Buffer.from(text, "utf16le").swap16());
  test.each([
    ["little-endian behind its mark", Uint8Array.of(0xff, 0xfe, ...littleEndian)],
    ["big-endian behind its mark", Uint8Array.of(0xfe, 0xff, ...bigEndian)],
    ["little-endian without a mark", littleEndian],
    ["big-endian without a mark", bigEndian],
  ])("%s", (_, bytes) => {
    expect(read(bytes)).toMatchObject({ text, encoding: expect.stringContaining("UTF-16") });
  });
});

describe("a file that is no text", () => {
  const ascii = (text: string) => Uint8Array.from(text, (sign) => sign.charCodeAt(0));
  test.each([
    ["prices.xlsx", ascii("PK\u0003\u0004\u0014\u0000[Content_Types].xml xl/workbook.xml"), /workbook.*CSV/],
    ["prices.zip", ascii("PK\u0003\u0004\u0014\u0000prices.csv"), /ZIP archive. Unpack it/],
    ["prices.xls", Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1), /old Excel format.*CSV/],
    ["report.pdf", ascii("%PDF-1.7"), /PDF document.*CSV/],
    ["chart.png", Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0), /picture.*CSV/],
    ["chart.jpg", Uint8Array.of(0xff, 0xd8, 0xff, 0xe0), /picture/],
    ["prices.csv.gz", Uint8Array.of(0x1f, 0x8b, 8, 0), /compressed/],
    ["prices.parquet", ascii("PAR1\u0000\u0000"), /Parquet/],
    ["prices.bin", Uint8Array.of(1, 2, 0, 3, 4, 5, 6, 7, 8, 9, 10, 11), /not text/],
    ["prices.csv", new Uint8Array(), /is empty/],
  ])("%s is called what it is", async (name, bytes, words) => {
    const found = await readFile(new File([Buffer.from(bytes)], name));
    expect(found).toEqual({ problem: expect.stringMatching(words) });
    expect("problem" in found && found.problem.startsWith(name)).toBe(true);
  });
});
