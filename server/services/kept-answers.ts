/** Answers that stay right, kept for who asks the same again. Those who ask at once share one. */

export interface KeptAnswers<T> {
  /** @param make of an answer that fails is called again for who asks next. */
  get(key: string, make: () => Promise<T>): Promise<T>;
}

/** @param most that are kept: the one that was asked for longest ago gives way. */
export function keptAnswers<T>(most: number): KeptAnswers<T> {
  const kept = new Map<string, Promise<T>>();
  return {
    get(key, make) {
      const answer = kept.get(key) ?? make();
      kept.delete(key);
      kept.set(key, answer);
      answer.catch(() => {
        if (kept.get(key) === answer) kept.delete(key);
      });
      for (const oldest of kept.keys()) {
        if (kept.size <= most) break;
        kept.delete(oldest);
      }
      return answer;
    },
  };
}
