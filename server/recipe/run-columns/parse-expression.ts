/**
 * Reads expressions such as  lr < 1e-3 and series = SPX and not (units >= 100)
 *
 *   either   = both { "or" both }
 *   both     = one { "and" one }
 *   one      = "not" one | "(" either ")" | column comparison value | column "in" "(" value { "," value } ")"
 */
import { charactersIn } from "../../domain/characters.ts";
import { InvalidInput } from "../../domain/errors.ts";
import { quote } from "../../domain/quote.ts";
import type { Comparison, Condition, ConditionValue } from "./condition.ts";
import { readValue } from "./read-value.ts";
import { isNumeric, type RunColumn } from "./run-column.ts";
import { findRunColumn, runColumns } from "./run-columns.ts";
import { type Token, type Tokens, tokensOf } from "./tokens.ts";
import { type ValueAt, valueAt } from "./value-at.ts";

const longestExpression = 1_000;
/** Each comparison may look into other tables. */
const mostComparisons = 40;
const deepest = 20;

const comparisons = ["=", "!=", "<", "<=", ">", ">=", "~", "!~"] as const satisfies readonly Comparison[];

/** Null where it is empty. @throws InvalidInput with the place of what is wrong and what was expected there */
export function parseExpression(field: string, text: string | null | undefined): Condition | null {
  if (!text?.trim()) return null;
  const length = charactersIn(text);
  if (length > longestExpression)
    throw new InvalidInput(
      field,
      `${field} must have at most ${longestExpression} characters, got ${length}`,
    );
  if (text.includes("\0"))
    throw new InvalidInput(field, `${field} must be text without the character U+0000`);
  const narrowed = tokensOf(text, true);
  try {
    return new Parser(field, narrowed).whole();
  } catch (error) {
    const condition = narrowed.isOpen ? null : readAsTyped(field, text);
    if (condition === null) throw error;
    return condition;
  }
}

/** A tag such as 实验（一）, which the brackets cut when they are read as narrow ones. */
function readAsTyped(field: string, text: string): Condition | null {
  try {
    return new Parser(field, tokensOf(text, false)).whole();
  } catch {
    return null;
  }
}

interface Named {
  readonly column: RunColumn;
  /** Its name or alias, as it was typed. */
  readonly typed: string;
}

class Parser {
  readonly #field: string;
  readonly #tokens: readonly Token[];
  readonly #isOpen: boolean;
  #next = 0;
  #comparisons = 0;

  constructor(field: string, { tokens, isOpen }: Tokens) {
    [this.#field, this.#tokens, this.#isOpen] = [field, tokens, isOpen];
  }

  whole(): Condition {
    if (this.#isOpen) this.#refuse(this.#tokens.at(-1)!, 'the " that ends the text');
    const condition = this.#either(0);
    if (this.#token.kind !== "end") this.#refuse(this.#token, "and, or, or the end");
    return condition;
  }

  get #token(): Token {
    return this.#tokens[this.#next]!;
  }

  #either(depth: number): Condition {
    return this.#joined("any", "or", () => this.#joined("all", "and", () => this.#one(depth)));
  }

  #joined(kind: "all" | "any", by: string, read: () => Condition): Condition {
    const of = [read()];
    while (this.#takesWord(by)) of.push(read());
    return of.length === 1 ? of[0]! : { kind, of };
  }

  #one(depth: number): Condition {
    if (depth > deepest) this.#refuse(this.#token, `at most ${deepest} levels of parentheses and "not"`);
    if (this.#takesWord("not")) return { kind: "not", of: this.#one(depth + 1) };
    if (this.#takesSign("(")) {
      const condition = this.#either(depth + 1);
      if (!this.#takesSign(")")) this.#refuse(this.#token, "and, or, or )");
      return condition;
    }
    return this.#compare();
  }

  #compare(): Condition {
    const named = this.#column();
    const { column, typed } = named;
    if (this.#takesWord("in")) return { kind: "any", of: this.#list(named) };
    const token = this.#token;
    const comparison = comparisons.find((one) => token.kind === "sign" && token.value === one);
    if (comparison === undefined) this.#refuse(token, `a comparison (${fitting(column).join(" ")}) or in`);
    if (!fitting(column).includes(comparison))
      this.#refuse(token, `one of ${fitting(column).join(" ")} for ${typed}`);
    this.#next++;
    return this.#comparison(named, comparison, valueAt(this.#tokens, this.#next, column, true));
  }

  #list(named: Named): Condition[] {
    if (!this.#takesSign("(")) this.#refuse(this.#token, "( and the values");
    const of: Condition[] = [];
    do of.push(this.#comparison(named, "=", valueAt(this.#tokens, this.#next, named.column, false)));
    while (this.#takesSign(","));
    if (!this.#takesSign(")")) this.#refuse(this.#token, ", or )");
    return of;
  }

  #comparison(named: Named, comparison: Comparison, { token, length }: ValueAt): Condition {
    const { column } = named;
    if (++this.#comparisons > mostComparisons) this.#refuse(token, `at most ${mostComparisons} comparisons`);
    const value = this.#value(named, comparison, token);
    this.#next += length;
    const said = { kind: "compare", column, comparison, value } as const;
    if (token.kind !== "word" || typeof value !== "string" || !isText(column)) return said;
    if (token.value === token.written) return said;
    // What was typed in full width may be kept so, or be meant narrow.
    const of = [said, { ...said, value: token.written }];
    return { kind: comparison.startsWith("!") ? "all" : "any", of };
  }

  #value({ column, typed }: Named, comparison: Comparison, token: Token): ConditionValue {
    if (token.kind !== "word" && token.kind !== "text") this.#refuse(token, `a value of ${typed}`);
    const isPart = comparison === "~" || comparison === "!~";
    const read = isPart ? { value: token.value } : readValue(column, token.value, token.kind === "text");
    if ("expected" in read) this.#refuse(token, `${read.expected} for ${typed}`);
    if (read.value === null && comparison !== "=" && comparison !== "!=")
      this.#refuse(token, `a value: none goes with = and != only`);
    return read.value;
  }

  #column(): Named {
    const token = this.#token;
    const found = token.kind === "word" ? findRunColumn(token.value) : null;
    if (found === null)
      this.#refuse(
        token,
        "a column such as lr, series, tag or skill",
        runColumns.map(({ name }) => name),
      );
    this.#next++;
    return { column: found, typed: token.written };
  }

  #takesWord(word: string): boolean {
    const isIt = this.#token.kind === "word" && this.#token.value.toLowerCase() === word;
    if (isIt) this.#next++;
    return isIt;
  }

  #takesSign(sign: string): boolean {
    const isIt = this.#token.kind === "sign" && this.#token.value === sign;
    if (isIt) this.#next++;
    return isIt;
  }

  #refuse({ kind, written, at }: Token, expected: string, choices: readonly string[] | null = null): never {
    const got = kind === "end" ? "the end" : quote(written);
    throw new InvalidInput(
      this.#field,
      `${this.#field}, character ${at + 1}: expected ${expected}, got ${got}`,
      choices,
    );
  }
}

function fitting(column: RunColumn): readonly Comparison[] {
  if (isNumeric(column)) return ["=", "!=", "<", "<=", ">", ">="];
  return isText(column) ? ["=", "!=", "~", "!~"] : ["=", "!="];
}

const isText = ({ kind }: RunColumn): boolean => kind === "TEXT" || kind === "TEXTS";
