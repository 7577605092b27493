/** The tokens that make one value, as people write numbers: 1,500 or 90 s or 1 h 30 min or 5 %. */
import { isNumeric, type RunColumn } from "./run-column.ts";
import type { Token } from "./tokens.ts";

export interface ValueAt {
  /** All of them as one. */
  readonly token: Token;
  readonly length: number;
}

const beforeThousands = /^[+\-−]?[1-9]\d{0,2}$/;
const thousands = /^\d{3}(?!\d)/;
const endsInDigit = /[\d.]$/;
const joins = /^(and|or)$/i;

/** @param hasThousands not in a list, where 1,500 are two numbers */
export function valueAt(
  tokens: readonly Token[],
  at: number,
  { kind }: Pick<RunColumn, "kind">,
  hasThousands: boolean,
): ValueAt {
  const first = tokens[at]!;
  if (first.kind !== "word" || !isNumeric({ kind }) || kind === "TIME") return { token: first, length: 1 };
  let { value, written } = first;
  let length = 1;
  const next = (): Token => tokens[at + length]!;
  const endOf = (token: Token): number => token.at + token.written.length;

  while (hasThousands && (length === 1 ? beforeThousands.test(value) : endsInDigit.test(value))) {
    const [comma, group] = [next(), tokens[at + length + 1]];
    const isGroup =
      comma.value === "," && comma.at === endOf(tokens[at + length - 1]!) && group?.at === endOf(comma);
    if (!isGroup || group.kind !== "word" || !thousands.test(group.value)) break;
    value += group.value;
    written += comma.written + group.written;
    length += 2;
  }
  // A unit after a blank, and of a duration the smaller units after it.
  const isPart = (text: string) =>
    kind === "DURATION"
      ? !joins.test(text) && (endsInDigit.test(value) ? /^\p{L}+$/u : /^[\d.]+\p{L}*$/u).test(text)
      : text === "%" && endsInDigit.test(value);
  while (next().kind === "word" && /\d/.test(value) && isPart(next().value)) {
    value += next().value;
    written += ` ${next().written}`;
    length++;
  }
  return { token: { ...first, value, written }, length };
}
