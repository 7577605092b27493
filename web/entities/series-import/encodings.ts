/** Which encoding a file's bytes are in, told by what the text then says. Pure but for the page's language. */
import { t } from "../../lib/words/t.ts";

export interface DecodedText {
  readonly text: string;
  /** As people call it. */
  readonly encoding: string;
  /** As TextDecoder calls it. */
  readonly label: string;
}

/**
 * The text, and what it was read as: by its byte order mark, by the zero bytes of UTF-16, as UTF-8 where it is valid,
 * and else as the one in which its letters make most sense. Null for bytes that are no text.
 */
export function decodeText(bytes: Uint8Array): DecodedText | null {
  const marked = byMark(bytes);
  if (marked) return decoded(marked, bytes);
  const zeros = zeroBytes(bytes);
  if (zeros.even + zeros.odd > 0) {
    const wide = utf16By(zeros);
    return wide && decoded(wide, bytes);
  }
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return { text, encoding: encodings.utf8.name(), label: encodings.utf8.label };
  } catch {
    return decoded(bestOf(bytes), bytes);
  }
}

interface Encoding {
  /** The TextDecoder's label. */
  readonly label: string;
  /** As people call it. */
  readonly name: () => string;
}
const encodings = {
  utf8: { label: "utf-8", name: () => "UTF-8" },
  utf16le: { label: "utf-16le", name: () => "UTF-16" },
  utf16be: { label: "utf-16be", name: () => t("UTF-16 (big-endian)") },
  gb18030: { label: "gb18030", name: () => t("GB18030 (Chinese)") },
  western: { label: "windows-1252", name: () => t("Windows-1252 (Western European)") },
  central: { label: "windows-1250", name: () => t("Windows-1250 (Central European)") },
} as const satisfies Record<string, Encoding>;

const decoded = ({ label, name }: Encoding, bytes: Uint8Array): DecodedText => ({
  text: new TextDecoder(label).decode(bytes),
  encoding: name(),
  label,
});

function byMark(bytes: Uint8Array): Encoding | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return encodings.utf8;
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return encodings.utf16le;
  return bytes[0] === 0xfe && bytes[1] === 0xff ? encodings.utf16be : null;
}

interface ZeroBytes {
  readonly even: number;
  readonly odd: number;
  readonly of: number;
}
/** A price file is mostly digits and delimiters, of which UTF-16 has one zero byte each. */
const seenForZeros = 65_536;

function zeroBytes(bytes: Uint8Array): ZeroBytes {
  const of = Math.min(bytes.length, seenForZeros);
  const zeros = [0, 0];
  for (let at = 0; at < of; at++) if (bytes[at] === 0) zeros[at % 2]!++;
  return { even: zeros[0]!, odd: zeros[1]!, of };
}

function utf16By({ even, odd, of }: ZeroBytes): Encoding | null {
  const [more, fewer] = even > odd ? [even, odd] : [odd, even];
  if (more < of * 0.2 || fewer > of * 0.02) return null;
  return even > odd ? encodings.utf16be : encodings.utf16le;
}

/** Enough letters to tell by; a file of 50 MB may have them in its last line alone. */
const seenBytes = 20_000;

/** Candidates of old single files, the first of equals winning. */
function bestOf(bytes: Uint8Array): Encoding {
  const sample = aroundHighBytes(bytes);
  const scored = [
    { encoding: encodings.utf8, score: brokenUtf8Score(sample) },
    { encoding: encodings.western, score: lettersScore(sample, encodings.western, westernLetter) },
    { encoding: encodings.central, score: lettersScore(sample, encodings.central, centralLetter) },
    { encoding: encodings.gb18030, score: chineseScore(sample) },
  ];
  return scored.reduce((best, it) => (it.score > best.score ? it : best)).encoding;
}

/** The lines that have bytes beyond ASCII, and no others. */
function aroundHighBytes(bytes: Uint8Array): Uint8Array {
  const lines: number[] = [];
  for (let at = 0; at < bytes.length && lines.length < seenBytes; at++) {
    if (bytes[at]! < 0x80) continue;
    const start = bytes.lastIndexOf(0x0a, at) + 1;
    const newline = bytes.indexOf(0x0a, at);
    const end = newline < 0 ? bytes.length : newline + 1;
    for (const byte of bytes.subarray(Math.max(start, at - 200), Math.min(end, at + seenBytes)))
      lines.push(byte);
    at = end - 1;
  }
  return Uint8Array.from(lines);
}

/** UTF-8 that was cut or mended in a few places; nothing else is valid in nearly all of its sequences. */
function brokenUtf8Score(sample: Uint8Array): number {
  const text = new TextDecoder("utf-8").decode(sample);
  const broken = text.split("\ufffd").length - 1;
  const others = [...text].filter((sign) => sign > "\u007f").length - broken;
  return (others - 5 * broken) / Math.max(others + broken, 1);
}

/**
 * Share of the bytes beyond ASCII that are Chinese as it is written. GB 2312 has the 3,755 most common characters in its
 * first level, ordered by their sound, and the rarer ones in the second; a European letter before an ASCII letter
 * falls beside both.
 */
function chineseScore(sample: Uint8Array): number {
  let [high, points] = [0, 0];
  for (let at = 0; at < sample.length; at++) {
    const [lead, trail] = [sample[at]!, sample[at + 1] ?? 0];
    if (lead < 0x80) continue;
    const isPair = trail >= 0x40 && trail !== 0x7f && lead > 0x80 && lead < 0xff;
    high += isPair && trail >= 0x80 ? 2 : 1;
    if (!isPair) continue;
    at++;
    const isOfGb2312 = trail >= 0xa1;
    if (isOfGb2312 && lead >= 0xb0 && lead <= 0xd7) points += 2;
    else if (isOfGb2312 && (lead <= 0xa3 || (lead >= 0xd8 && lead <= 0xf7))) points += 1;
  }
  return points / Math.max(high, 1) + wordsBonus(sample, encodings.gb18030, chineseWords);
}

const westernLetter = /[ÄÖÜäöüßÀÂÇÉÈÊËÎÏÔŒÙÛŸàâçéèêëîïôœùûÿÑÁÍÓÚñáíóúÃÕãõÅØÆåøæÌÒìò]/;
const centralLetter = /[ĄĆĘŁŃÓŚŹŻąćęłńóśźżÁČĎÉĚÍŇŘŠŤÚŮÝŽáčďéěíňřšťúůýžŐŰőűÄÖÜäöüß]/;

/** Share of the signs beyond ASCII that are letters of the languages, within words of ASCII letters. */
function lettersScore(sample: Uint8Array, encoding: Encoding, letter: RegExp): number {
  const text = new TextDecoder(encoding.label).decode(sample);
  let [high, points] = [0, 0];
  for (const { 0: run, index } of text.matchAll(/[^\p{ASCII}]+/gu)) {
    high += run.length;
    const isInWord = /[a-z]/i.test(text[index - 1] ?? "") || /[a-z]/i.test(text[index + run.length] ?? "");
    const signs = [...run];
    if (isInWord && signs.length <= 2) points += signs.filter((sign) => letter.test(sign)).length;
    // A currency, a degree, a blank that does not break, a dash.
    else points += signs.filter((sign) => /[€£¥°±–—’\u00a0]/.test(sign)).length * 0.6;
  }
  return points / Math.max(high, 1) + wordsBonus(sample, encoding, europeanWords);
}

const chineseWords =
  /日期|时间|开盘|收盘|最高|最低|成交|代码|名称|数据来源|复权|日线|涨跌|换手|股票|证券|昨收|今开/;
const europeanWords =
  /Eröffn|Höchst|Schluß|Stück|Währung|Umsätze|Clôture|Séance|Dernière|Máximo|Mínimo|Último|Fecha y|Variação|Najwyższy|Najniższy|Zamknięcie|Märkte/i;

/** A word that is known from the headers of price files leaves no doubt. */
const wordsBonus = (sample: Uint8Array, { label }: Encoding, words: RegExp): number =>
  words.test(new TextDecoder(label).decode(sample)) ? 1 : 0;
