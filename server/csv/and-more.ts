/** A list of findings that is cut: the first few, and how many more there are. */
export const shownAtMost = 3;

export const andMore = (first: readonly string[], count: number, what: string): string[] =>
  count > first.length ? [...first, `and ${count - first.length} more ${what}`] : [...first];
