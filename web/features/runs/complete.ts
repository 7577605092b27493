/** What may come next in an expression while it is typed. Pure. */
import { said } from "../../lib/words/said.ts";
import { t } from "../../lib/words/t.ts";
import type { Column } from "./columns.ts";

export interface Suggestion {
  /** What takes the place of the word at the caret. */
  readonly text: string;
  readonly hint: string;
}
export interface Completion {
  /** Of the word that is replaced: [from, to). */
  readonly from: number;
  readonly to: number;
  readonly suggestions: readonly Suggestion[];
}
export interface Vocabulary {
  readonly columns: readonly Column[];
  readonly series: readonly string[];
  readonly tags: readonly string[];
}

const most = 8;
const comparisons = /^(<=|>=|!=|!~|<|>|=|~)$/;
/** Signs, quoted texts, words. */
const parts = /<=|>=|!=|!~|[<>=~(),]|"[^"]*"?|[^\s<>=~!(),"]+/g;

/** As the server reads it: signs, digits and letters of full width are narrow where they are not quoted. Each keeps its place. */
const narrow = (text: string): string =>
  text.replace(/"[^"]*"?|[\uFF01-\uFF5E]|[“”]/g, (part) =>
    part.startsWith('"') ? part : /[“”]/.test(part) ? '"' : part.normalize("NFKC"),
  );

export function complete(typed: string, caret: number, vocabulary: Vocabulary): Completion {
  return completeNarrow(narrow(typed.slice(0, caret)), caret, vocabulary);
}

function completeNarrow(text: string, caret: number, { columns, series, tags }: Vocabulary): Completion {
  const before = [...text.matchAll(parts)].map(({ 0: value, index }) => ({ value, index }));
  const last = before.at(-1);
  const isTyping =
    last !== undefined && last.index + last.value.length === caret && !/^[<>=~(),!]/.test(last.value);
  const typed = isTyping ? last.value : "";
  const from = isTyping ? last.index : caret;
  const known = isTyping ? before.slice(0, -1) : before;
  const answer = (suggestions: readonly Suggestion[]): Completion => ({
    from,
    to: caret,
    suggestions: fitting(suggestions, typed),
  });

  const previous = known.at(-1)?.value.toLowerCase();
  const columnOf = (name: string | undefined) =>
    columns.find((column) =>
      [column.name, ...column.aliases].some((one) => one.toLowerCase() === name?.toLowerCase()),
    );

  if (previous !== undefined && comparisons.test(previous))
    return answer(valuesOf(columnOf(known.at(-2)?.value)));
  if (previous === undefined || ["and", "or", "not", "("].includes(previous)) {
    const names = columns.map((column) => ({
      text:
        column.aliases[0] && column.aliases[0].length < column.name.length ? column.aliases[0] : column.name,
      hint: said(column.label),
    }));
    return answer(
      previous === "not" ? names : [...names, { text: "not", hint: t("the opposite of what follows") }],
    );
  }
  const column = columnOf(previous);
  const isColumnsPlace =
    known.length === 1 || ["and", "or", "not", "("].includes(known.at(-2)?.value.toLowerCase() ?? "");
  if (column && isColumnsPlace) return answer(comparisonsOf(column));
  return answer([
    { text: "and", hint: t("both must hold") },
    { text: "or", hint: t("one of them must hold") },
  ]);

  function valuesOf(of: Column | undefined): Suggestion[] {
    if (!of) return [];
    const none = { text: "none", hint: t("has no value") };
    if (of.choices)
      return of.choices.map(({ value, label }) => ({ text: value.toLowerCase(), hint: said(label) }));
    if (of.kind === "BOOLEAN") return ["yes", "no"].map((value) => ({ text: value, hint: said(of.label) }));
    if (of.name === "series") return series.map((symbol) => ({ text: asWord(symbol), hint: t("Series") }));
    if (of.name === "tags") return [...tags.map((tag) => ({ text: asWord(tag), hint: t("Tag") })), none];
    return [none];
  }
}

function comparisonsOf({ kind }: Column): Suggestion[] {
  const words: Readonly<Record<string, string>> = {
    "=": t("sign|is"),
    "!=": t("is not"),
    "<": t("is below"),
    "<=": t("is at most"),
    ">": t("is above"),
    ">=": t("is at least"),
    "~": t("has this part"),
    "!~": t("has not this part"),
  };
  const signs =
    kind === "TEXT" || kind === "TEXTS"
      ? ["=", "!=", "~", "!~"]
      : kind === "CHOICE" || kind === "BOOLEAN"
        ? ["=", "!="]
        : ["<", "<=", ">", ">=", "=", "!="];
  return signs.map((text) => ({ text, hint: words[text]! }));
}

const asWord = (text: string): string =>
  /^[^\s<>=~!(),"“”]+$/.test(text) && text === text.normalize("NFKC")
    ? text
    : `"${text.replaceAll('"', "")}"`;

/** Those that begin so first, then those that have it within. */
function fitting(suggestions: readonly Suggestion[], typed: string): Suggestion[] {
  const wanted = typed.toLowerCase().replace(/^"/, "");
  const bare = (text: string) => text.toLowerCase().replace(/^"/, "");
  const begin = suggestions.filter(({ text }) => bare(text).startsWith(wanted));
  const within = suggestions.filter(
    ({ text, hint }) =>
      !bare(text).startsWith(wanted) && `${bare(text)} ${hint.toLowerCase()}`.includes(wanted),
  );
  return [...begin, ...within].filter(({ text }) => text !== typed).slice(0, most);
}
