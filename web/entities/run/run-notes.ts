/** What was typed of a run's name, tags and note, and what of it has to be sent. Pure. */

import type { UpdateRunsInput } from "../../graphql/generated/graphql.ts";
import { charactersIn } from "../../lib/characters.ts";
import { t } from "../../lib/words/t.ts";

export interface TypedNotes {
  readonly name: string;
  /** Separated by commas. */
  readonly tags: string;
  readonly note: string;
}

interface Stored {
  readonly name: string;
  readonly tags: readonly string[];
  readonly note: string | null;
}

export const typedOf = ({ name, tags, note }: Stored): TypedNotes => ({
  name,
  tags: tags.join(", "),
  note: note ?? "",
});

/** A comma of any width ends a tag. */
export const tagsIn = (text: string): string[] => [
  ...new Set(
    text
      .split(/[,，、;；]/)
      .map((tag) => tag.trim())
      .filter((tag) => tag !== ""),
  ),
];

/** Only what differs, so that two people who change different things do not undo each other. Null: nothing does. */
export function changesOf(stored: Stored, typed: TypedNotes): UpdateRunsInput | null {
  const tags = tagsIn(typed.tags);
  const addTags = tags.filter((tag) => !stored.tags.includes(tag));
  const removeTags = stored.tags.filter((tag) => !tags.includes(tag));
  const note = typed.note.trim();
  const changes: UpdateRunsInput = {
    ...(typed.name.trim() !== stored.name && { name: typed.name.trim() }),
    ...(addTags.length > 0 && { addTags }),
    ...(removeTags.length > 0 && { removeTags }),
    ...(note !== (stored.note ?? "") && { note }),
  };
  return Object.keys(changes).length > 0 ? changes : null;
}

/** What is wrong with it before it is sent; null: nothing. */
export function notesProblem({ name, tags, note }: TypedNotes): string | null {
  if (name.trim() === "") return t("A run needs a name.");
  const nameLength = charactersIn(name.trim());
  if (nameLength > 200) return t("A name has at most 200 characters, this one has {n}.", { n: nameLength });
  const found = tagsIn(tags);
  if (found.length > 20) return t("A run has at most 20 tags, these are {n}.", { n: found.length });
  const long = found.find((tag) => charactersIn(tag) > 40);
  if (long !== undefined)
    return t('A tag has at most 40 characters, "{tag}…" has {n}.', {
      tag: [...long].slice(0, 20).join(""),
      n: charactersIn(long),
    });
  const noteLength = charactersIn(note.trim());
  if (noteLength > 2000)
    return t("A note has at most 2,000 characters, this one has {n}.", { n: noteLength });
  return null;
}
