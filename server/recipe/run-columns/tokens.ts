/** An expression cut into words, quoted texts and signs, each with its place. */

export interface Token {
  readonly kind: "word" | "text" | "sign" | "end";
  readonly value: string;
  /** As it stands in the expression; of a quoted text without its quotes. */
  readonly written: string;
  /** Of its first character, from 0. */
  readonly at: number;
}

export interface Tokens {
  readonly tokens: readonly Token[];
  /** A quoted text that does not end goes to the end of the expression. */
  readonly isOpen: boolean;
}

const signs = ["<=", ">=", "!=", "!~", "==", "<", ">", "=", "~", "(", ")", ","] as const;
const blank = /\s/u;
const endsWord = /[\s()<>=~!,"]/u;

/** What keyboards of Chinese type instead; NFKC has the rest: ＝, （, ，, ０, ａ. */
const alike: Readonly<Record<string, string>> = { "“": '"', "”": '"', "≤": "<=", "≥": ">=", "≠": "!=" };

interface Read {
  readonly text: string;
  /** Of each of its characters the place in what was typed; of its end, too. */
  readonly places: readonly number[];
}

const asTyped = (typed: string): Read => ({
  text: typed,
  places: Array.from({ length: typed.length + 1 }, (_, at) => at),
});

/** Full-width signs, digits and letters as if they had been typed narrow; what is quoted stays as it is. */
function narrow(typed: string): Read {
  const places: number[] = [];
  let [text, at, isQuoted] = ["", 0, false];
  for (const character of typed) {
    const alone = alike[character] ?? character.normalize("NFKC");
    if (alone === '"') isQuoted = !isQuoted;
    const read = isQuoted && alone !== '"' ? character : alone;
    for (let unit = 0; unit < read.length; unit++) places.push(at);
    text += read;
    at += character.length;
  }
  return { text, places: [...places, typed.length] };
}

/** @param isNarrowed signs, digits and letters of full width are what they are in narrow */
export function tokensOf(typed: string, isNarrowed: boolean): Tokens {
  const { text, places } = isNarrowed ? narrow(typed) : asTyped(typed);
  const tokens: Token[] = [];
  let isOpen = false;
  let at = 0;
  const add = (kind: Token["kind"], value: string, from: number, end: number) =>
    tokens.push({ kind, value, written: typed.slice(places[from], places[end]), at: places[at]! });
  while (at < text.length) {
    if (blank.test(text[at]!)) {
      at++;
      continue;
    }
    const sign = signs.find((one) => text.startsWith(one, at));
    if (sign !== undefined) {
      add("sign", sign === "==" ? "=" : sign, at, at + sign.length);
      at += sign.length;
      continue;
    }
    if (text[at] === '"') {
      const end = text.indexOf('"', at + 1);
      isOpen = end < 0;
      const until = isOpen ? text.length : end;
      add("text", text.slice(at + 1, until), at + 1, until);
      at = isOpen ? text.length : end + 1;
      continue;
    }
    let end = at + 1;
    while (end < text.length && !endsWord.test(text[end]!)) end++;
    add("word", text.slice(at, end), at, end);
    at = end;
  }
  add("end", "", text.length, text.length);
  return { tokens, isOpen };
}
