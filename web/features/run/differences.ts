/** What sets one configuration apart from another, in the words that people know its fields by. Pure. */
import { t } from "../../lib/words/t.ts";

interface Fact {
  readonly name: string;
  readonly label: string;
  readonly text: string;
}

export interface Difference {
  readonly label: string;
  readonly text: string;
  /** Of the other one. */
  readonly before: string;
}

/** A field that only one of them tells of is "not set" in the other. */
export function differencesOf(facts: readonly Fact[], base: readonly Fact[]): Difference[] {
  const other = new Map(base.map((fact) => [fact.name, fact]));
  const own = new Set(facts.map(({ name }) => name));
  return [
    ...facts
      .filter(({ name, text }) => other.get(name)?.text !== text)
      .map(({ name, label, text }) => ({ label, text, before: other.get(name)?.text ?? t("not set") })),
    ...base
      .filter(({ name }) => !own.has(name))
      .map(({ label, text }) => ({ label, text: t("not set"), before: text })),
  ];
}
