/**
 * The API's sentences in Chinese. The API speaks English, also in what it stored long ago; here its sentences are recognised
 * by their form: "{#runs} runs are trained" is found whatever the number. One that is not known is shown as it came.
 *
 *   {what}    anything; where it is a label or a sentence that is known, it is in Chinese, too
 *   {~what}   the same, but without brackets, colons and semicolons: a part of a sentence that has others
 *   {=what}   anything, which stays as it is: what a person or a file wrote
 *   {.what}   a word without blanks, which stays: a symbol, a version; of a day it is the date
 *   {"what}   what stands in double quotes, with them; it stays
 *   {#what}   a number
 *
 * In Chinese all stand as {what}; a number also as {what+1}, for what the API counts from 0.
 */
import { chinese, chineseSentences, type SaidTemplate } from "./catalogue.ts";
import { joined } from "./joined.ts";
import { language } from "./language.ts";

export type { SaidTemplate };

/** @returns null where the page is English, or nobody has translated it. */
export function inChinese(sentence: string): string | null {
  if (language() !== "zh") return null;
  if (source !== chineseSentences()) compile(chineseSentences());
  const known = told.get(sentence);
  if (known !== undefined) return known;
  const translated = translate(sentence, 0);
  // Pages say the same labels again and again, and a log never ends.
  if (told.size >= mostTold) told.clear();
  told.set(sentence, translated);
  return translated;
}

/** A label or sentence of the API in the page's language. */
export const said = (sentence: string): string => inChinese(sentence) ?? sentence;

const placeholder = /\{([#=.~"]?)(\w+)\}/g;
const kinds: Readonly<Record<string, string>> = {
  "": "(.+?)",
  "~": "([^();:]+?)",
  "=": "(.*?)",
  ".": "(\\S+)",
  '"': '("(?:[^"\\\\]|\\\\.)*")',
  "#": "([-−+]?\\d[\\d,]*(?:\\.\\d+)?(?:[eE][-+−]?\\d+)?)",
};

/** What varies, where it may not reach into the next sentence. */
const sentence = "(?![.!?]\\s+[A-Z\\d]|\\n|; line )";
const ofOneSentence: Readonly<Record<string, string>> = {
  "": `((?:${sentence}.)+?)`,
  "~": `((?:${sentence}[^();:])+?)`,
  "=": `((?:${sentence}.)*?)`,
};

interface Form {
  /** Its words before the first placeholder, and after the last: a quick look before the pattern's. */
  readonly start: string;
  readonly end: string;
  readonly pattern: RegExp;
  /** The same, where what it holds may be several sentences; null where that would take too much. */
  readonly wide: RegExp | null;
  readonly names: readonly string[];
  /** What is translated in turn. */
  readonly open: ReadonlySet<string>;
  /** Words without blanks. */
  readonly single: ReadonlySet<string>;
  readonly chinese: string;
}

const mostTold = 2000;
const told = new Map<string, string | null>();
let source: readonly SaidTemplate[] | null = null;
let exact: ReadonlyMap<string, string> = new Map();
/** Labels as they stand within a sentence. */
let small: ReadonlyMap<string, string> = new Map();
let forms: readonly Form[] = [];

function compile(templates: readonly SaidTemplate[]): void {
  source = templates;
  told.clear();
  exact = new Map(templates);
  small = new Map(templates.map(([english, inIt]) => [english.toLowerCase(), inIt]));
  forms = templates
    .filter(([english]) => english.includes("{"))
    // The one with the most words of its own first: "{a} is {b}" would take every sentence.
    .toSorted((one, other) => lengthOf(other) - lengthOf(one))
    .map(formOf);
}
const lengthOf = ([english]: SaidTemplate): number => english.replace(placeholder, "").length;

/** Forms with fewer words of their own never hold a second sentence: they would take too much. */
const vague = 20;
function formOf(template: SaidTemplate): Form {
  const [english, inIt] = template;
  const found = [...english.matchAll(placeholder)];
  const words = english.replace(placeholder, "\0").split("\0");
  const patternOf = (of: (kind: string) => string): RegExp =>
    new RegExp(
      `^${words
        .map((part, at) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&") + (found[at] ? of(found[at][1]!) : ""))
        .join("")}$`,
      "s",
    );
  const named = (kind: RegExp): ReadonlySet<string> =>
    new Set(found.filter(([, it]) => kind.test(it!)).map(([, , name]) => name!));
  return {
    start: words[0]!,
    end: words.at(-1)!,
    pattern: patternOf((kind) => ofOneSentence[kind] ?? kinds[kind]!),
    wide: lengthOf(template) < vague ? null : patternOf((kind) => kinds[kind]!),
    names: found.map(([, , name]) => name!),
    open: named(/^~?$/),
    single: named(/^\.$/),
    chinese: inIt,
  };
}

const deepest = 5;

function translate(text: string, depth: number): string | null {
  if (depth > deepest) return null;
  return (
    label(text, depth) ??
    asOne(text, depth, "pattern") ??
    inParts(text, depth, true) ??
    asOne(text, depth, "wide") ??
    inParts(text, depth, false)
  );
}

const asOne = (text: string, depth: number, by: "pattern" | "wide"): string | null =>
  whole(text, depth, by) ?? withStop(text, (it) => whole(it, depth, by));

const label = (text: string, depth: number): string | null =>
  exact.get(text) ??
  (depth > 0 ? (small.get(text.toLowerCase()) ?? constantOf(text)) : null) ??
  withStop(text, (it) => exact.get(it) ?? null) ??
  // What ends a sentence lost its own full stop to it.
  (depth > 0 ? (exact.get(`${text}.`)?.replace(/。$/, "") ?? null) : null);

function whole(text: string, depth: number, by: "pattern" | "wide"): string | null {
  for (const form of forms) {
    if (!text.startsWith(form.start) || !text.endsWith(form.end)) continue;
    const ofForm = (it: string): string | null => {
      const found = form[by]?.exec(it) ?? null;
      return found && filled(form, found.slice(1), depth);
    };
    // The full stop is no part of what stands last.
    const found = (form.end === "" ? withStop(text, ofForm) : null) ?? ofForm(text);
    if (found !== null) return found;
  }
  return null;
}

/** The same sentence with a full stop. */
function withStop(text: string, translated: (without: string) => string | null): string | null {
  const found = /[^.]\.$/.test(text) ? translated(text.slice(0, -1)) : null;
  return found === null ? null : /[。？！]$/.test(found) ? found : `${found}。`;
}

function filled(
  { names, open, single, chinese: inIt }: Form,
  values: readonly string[],
  depth: number,
): string {
  const shown = (name: string, plusOne: string | undefined): string => {
    const value = values[names.indexOf(name)] ?? "";
    if (plusOne) return String(Number(value) + 1);
    if (single.has(name)) return dateOr(value);
    return (open.has(name) ? translate(value, depth + 1) : null) ?? numberOr(value);
  };
  return joined(
    inIt
      .split(/(\{\w+(?:\+1)?\})/)
      .map((part) => part.replace(/^\{(\w+)(\+1)?\}$/, (_, name: string, plusOne) => shown(name, plusOne))),
  );
}

/** The longest numbers in groups, as everywhere on the page. */
const numberOr = (value: string): string =>
  /^-?\d{5,}$/.test(value) ? grouped.format(Number(value)) : value;
const grouped = new Intl.NumberFormat("en-US");

/** 2020-04-24 as the page writes days. */
const dateOr = (value: string): string =>
  value.replace(/^(\d{4})-0?(\d+)-0?(\d+)$/, (_, year, month, day) => `${year}年${month}月${day}日`);

/** LOG_RETURN. The API's own constants; what is none stays. */
const constantOf = (text: string): string | null =>
  /^[A-Z][A-Z_]+$/.test(text) ? (chinese()[`word|${text}`] ?? null) : null;

/** Several sentences, or a list. @param mustKnowAll of its sentences; else those that are not known stay as they are */
function inParts(text: string, depth: number, mustKnowAll: boolean): string | null {
  for (const { between, glue, isList } of joints) {
    const parts = text.split(between);
    if (parts.length < 2) continue;
    const translated = parts.map((part) => translate(part, depth + 1) ?? (isList ? itself(part) : null));
    const isUnknown = (part: string | null): boolean => part === null;
    if (isList || mustKnowAll ? translated.some(isUnknown) : translated.every(isUnknown)) continue;
    return parts
      .map((part, at) => translated[at] ?? part)
      .reduce((before, part) => `${before}${glue === "" && /[\w.!?]$/.test(before) ? " " : glue}${part}`);
  }
  return null;
}

interface Joint {
  readonly between: RegExp;
  readonly glue: string;
  /** All of a list is known, or nothing. */
  readonly isList: boolean;
}
const outsideQuotes = '(?=(?:[^"]*"[^"]*")*[^"]*$)';
const joints: readonly Joint[] = [
  { between: /\n+/, glue: "\n", isList: false },
  { between: /(?<=[.!?])\s+(?=[A-Z\d"“])/, glue: "", isList: false },
  { between: new RegExp(`; ${outsideQuotes}`), glue: "；", isList: false },
  { between: / → /, glue: " → ", isList: true },
  { between: / \+ /, glue: " + ", isList: true },
  { between: new RegExp(`, ${outsideQuotes}`), glue: "、", isList: true },
];

/** What is the same in both languages. */
const itself = (part: string): string | null =>
  part === "..." ? "……" : /^("(?:[^"\\]|\\.)*"|[-−+]?[\d,.]+)$/.test(part) ? part : null;
