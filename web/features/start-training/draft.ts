/** What was typed into the form for a new run, kept in this browser until it is sent. Pure but for the two that are given a store. */
import type { FormValues, RecipeField } from "./form-values.ts";
import type { Repeat } from "./repeat.ts";

export interface Draft {
  readonly values: FormValues;
  readonly repeat: Repeat;
  readonly presetId: string | null;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
}
/** As the browser's localStorage. */
export interface Store {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** Each run that a form may begin with has a draft of its own. */
const keyOf = (likeRunId: string | null): string => `gatecast.new-run.${likeRunId ?? "preset"}`;

/** @returns null where there is none, or none that this release understands */
export function readDraft(
  store: Store | null,
  likeRunId: string | null,
  begun: Omit<Draft, "savedAt">,
  fields: readonly RecipeField[],
): Draft | null {
  try {
    const kept = JSON.parse(store?.getItem(keyOf(likeRunId)) ?? "null") as Draft | null;
    return kept && typeof kept.savedAt === "number" ? asFarAsItFits(kept, begun, fields) : null;
  } catch {
    return null;
  }
}

export function keepDraft(store: Store | null, likeRunId: string | null, draft: Draft | null): void {
  try {
    if (draft) store?.setItem(keyOf(likeRunId), JSON.stringify(draft));
    else store?.removeItem(keyOf(likeRunId));
  } catch {
    // The browser keeps nothing, or its room is used up: the form works all the same.
  }
}

/** Of a release that had other fields, what this one has too. */
function asFarAsItFits(kept: Draft, begun: Omit<Draft, "savedAt">, fields: readonly RecipeField[]): Draft {
  const recipe = Object.fromEntries(
    fields.map(({ name }) => {
      const [typed, usual] = [kept.values.recipe[name], begun.values.recipe[name]!];
      return [name, typed !== undefined && kindOf(typed) === kindOf(usual) ? typed : usual];
    }),
  );
  return {
    values: { ...begun.values, ...textsOf(kept.values), recipe },
    repeat: { ...begun.repeat, ...kept.repeat },
    presetId: kept.presetId,
    savedAt: kept.savedAt,
  };
}

const kindOf = (value: unknown): string => (Array.isArray(value) ? "list" : typeof value);
const textsOf = ({ priceSeriesId, name, engine }: FormValues) => ({ priceSeriesId, name, engine });
