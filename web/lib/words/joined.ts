/** Puts a Chinese sentence together: a blank between Chinese and Latin letters or digits, and none within Chinese. Pure. */

/** @param parts the sentence's own words and, at odd places, what stands in them */
export const joined = (parts: readonly string[]): string =>
  parts
    .map((part, at) => (at % 2 === 1 ? part : besides(part, parts[at - 1], parts[at + 1])))
    .filter((part) => part !== "")
    .reduce((before, after) => (isMixed(before, after) ? `${before} ${after}` : before + after), "");

/** A sentence's words without the blank towards Chinese; a blank alone parts two values, and stays. */
function besides(words: string, before = "", after = ""): string {
  if (words.trim() === "") return words;
  const start = /\p{Script=Han}$/u.test(before) ? words.replace(/^ (?=\p{Script=Han})/u, "") : words;
  return /^\p{Script=Han}/u.test(after) ? start.replace(/(?<=\p{Script=Han}) $/u, "") : start;
}

const isMixed = (before: string, after: string): boolean =>
  (/\p{Script=Han}$/u.test(before) && /^[\w@+−-]/.test(after)) ||
  (/[\w%]$/.test(before) && /^\p{Script=Han}/u.test(after));
