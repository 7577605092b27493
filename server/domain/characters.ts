/** Characters as people count them: an emoji is one, though JavaScript counts two. */

export function charactersIn(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** Cuts no character in half, which PostgreSQL would store as U+FFFD. */
export function firstCharacters(text: string, most: number): string {
  if (text.length <= most) return text;
  let [end, left] = [0, most];
  for (const character of text) {
    if (left-- === 0) break;
    end += character.length;
  }
  return text.slice(0, end);
}
