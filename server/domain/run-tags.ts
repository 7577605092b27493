/** The rule for a run's tags: short, on one line, each once, in the order of the alphabet. */
import { InvalidInput } from "./errors.ts";
import { shortText } from "./short-text.ts";

export const longestTag = 40;
export const mostTags = 20;
export const longestNote = 2_000;

/** @throws InvalidInput unless each is a tag, 1..40 characters without the blanks around it */
export function tagsOf(field: string, tags: readonly string[] | null | undefined): string[] {
  if (!tags) return [];
  if (tags.length > mostTags)
    throw new InvalidInput(field, `${field} must be at most ${mostTags} tags, got ${tags.length}`);
  return [
    ...new Set(
      tags.map((tag, at) => {
        const path = `${field}.${at}`;
        const text = shortText(path, tag.trim(), longestTag);
        if (text === "")
          throw new InvalidInput(path, `${path} must have 1..${longestTag} characters, got none`);
        return text;
      }),
    ),
  ];
}
