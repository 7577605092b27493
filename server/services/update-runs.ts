/** What people say of runs: names, tags, notes, and which they want out of sight. */
import { InvalidInput } from "../domain/errors.ts";
import { longestNote, mostTags, tagsOf } from "../domain/run-tags.ts";
import { longestName, noteText, trimmedText } from "../domain/short-text.ts";
import type { Run, RunNotes, RunStore } from "../ports/runs.ts";
import type { RunInTransaction } from "../ports/transaction.ts";
import type { Services, UpdateRunsRequest } from "./services.ts";

interface Ports {
  readonly transaction: RunInTransaction;
  readonly runs: Pick<RunStore, "lockAll" | "annotate">;
}

const mostAtATime = 500;

/** All of them or none; ids that no run has are passed over. @throws InvalidInput */
export const updateRuns =
  ({ transaction, runs }: Ports): Services["updateRuns"] =>
  async (ids, request) => {
    const unique = [...new Set(ids)];
    if (unique.length > mostAtATime)
      throw new InvalidInput("ids", `ids must be at most ${mostAtATime}, got ${unique.length}`);
    const notes = notesOf(unique, request);
    return transaction(async (tx) => {
      const found = await runs.lockAll(tx, unique);
      const updated = await runs.annotate(
        tx,
        found.map(({ id }) => id),
        notes,
      );
      for (const run of updated) checkTags(run);
      return updated;
    });
  };

function notesOf(
  ids: readonly string[],
  { name, addTags, removeTags, note, archived }: UpdateRunsRequest,
): RunNotes {
  return {
    ...(name != null && { name: nameOf(ids, name) }),
    addTags: tagsOf("input.addTags", addTags),
    removeTags: tagsOf("input.removeTags", removeTags),
    ...(note != null && { note: noteText("input.note", note, longestNote) }),
    ...(archived != null && { archived }),
  };
}

function nameOf(ids: readonly string[], name: string): string {
  if (ids.length > 1)
    throw new InvalidInput(
      "input.name",
      `input.name is for one run, got ${ids.length} ids: name them one by one`,
    );
  const text = trimmedText("input.name", name, longestName);
  if (text === null)
    throw new InvalidInput("input.name", `input.name must have 1..${longestName} characters, got none`);
  return text;
}

function checkTags({ name, tags }: Pick<Run, "name" | "tags">): void {
  if (tags.length <= mostTags) return;
  throw new InvalidInput(
    "input.addTags",
    `a run has at most ${mostTags} tags, and ${name} would have ${tags.length}: remove some of them. Nothing was changed`,
  );
}
