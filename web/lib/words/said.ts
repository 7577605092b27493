/**
 * The API's sentences in Chinese. The API speaks English, also in what it stored long ago; here its sentences are recognised
 * by their form: "{runs} runs are trained" is found whatever the number. One that is not known is shown as it came.
 */
import { chineseSentences } from "./catalogue.ts";
import { language } from "./language.ts";

/** [in English, with {names} for what varies; in Chinese, with the same]. */
export type SaidTemplate = readonly [english: string, chinese: string];

/** @returns null where the page is English, or nobody has translated it. */
export function inChinese(sentence: string): string | null {
  return language() === "zh" ? translate(sentence, 0) : null;
}

/** A label or sentence of the API in the page's language. */
export const said = (sentence: string): string => inChinese(sentence) ?? sentence;

interface Form {
  readonly pattern: RegExp;
  readonly names: readonly string[];
  readonly chinese: string;
}

let source: readonly SaidTemplate[] | null = null;
let exact: ReadonlyMap<string, string> = new Map();
let forms: readonly Form[] = [];

function compile(templates: readonly SaidTemplate[]): void {
  source = templates;
  exact = new Map(templates);
  forms = templates
    .filter(([english]) => english.includes("{"))
    // The one with the most words of its own first: "{a} is {b}" would take every sentence.
    .toSorted((one, other) => lengthOf(other) - lengthOf(one))
    .map(([english, chinese]) => {
      const names = [...english.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
      const parts = english.split(/\{\w+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
      return { pattern: new RegExp(`^${parts.join("(.+?)")}$`, "s"), names, chinese };
    });
}
const lengthOf = ([english]: SaidTemplate): number => english.replace(/\{\w+\}/g, "").length;

const deepest = 3;

function translate(sentence: string, depth: number): string | null {
  if (source !== chineseSentences()) compile(chineseSentences());
  const known = exact.get(sentence);
  if (known !== undefined) return known;
  for (const { pattern, names, chinese } of forms) {
    const found = pattern.exec(sentence);
    if (!found) continue;
    const values = new Map(names.map((name, at) => [name, found[at + 1]!]));
    // What a sentence holds may be a label or a sentence itself.
    return chinese.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = values.get(name) ?? "";
      return (depth < deepest ? translate(value, depth + 1) : null) ?? value;
    });
  }
  return null;
}
