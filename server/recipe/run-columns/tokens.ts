/** An expression cut into words, quoted texts and signs, each with its place. */

export interface Token {
  readonly kind: "word" | "text" | "sign" | "end";
  readonly value: string;
  /** Of its first character, from 0. */
  readonly at: number;
}

const signs = ["<=", ">=", "!=", "!~", "==", "<", ">", "=", "~", "(", ")", ","] as const;
const blank = /\s/u;
const endsWord = /[\s()<>=~!,"]/u;

/** A quoted text that does not end goes to the end of the expression: `isOpen` says so. */
export function tokensOf(text: string): { readonly tokens: readonly Token[]; readonly isOpen: boolean } {
  const tokens: Token[] = [];
  let isOpen = false;
  let at = 0;
  while (at < text.length) {
    if (blank.test(text[at]!)) {
      at++;
      continue;
    }
    const sign = signs.find((one) => text.startsWith(one, at));
    if (sign !== undefined) {
      tokens.push({ kind: "sign", value: sign === "==" ? "=" : sign, at });
      at += sign.length;
      continue;
    }
    if (text[at] === '"') {
      const end = text.indexOf('"', at + 1);
      isOpen = end < 0;
      tokens.push({ kind: "text", value: text.slice(at + 1, isOpen ? undefined : end), at });
      at = isOpen ? text.length : end + 1;
      continue;
    }
    let end = at + 1;
    while (end < text.length && !endsWord.test(text[end]!)) end++;
    tokens.push({ kind: "word", value: text.slice(at, end), at });
    at = end;
  }
  tokens.push({ kind: "end", value: "", at: text.length });
  return { tokens, isOpen };
}
