/** What is heard live of a run's log, and what is fetched of it when its page is opened anew. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { buildSchema, type DocumentNode, Kind, parse, type SelectionSetNode, visit } from "graphql";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../../..");
const schema = buildSchema(readFileSync(join(root, "server/schema.graphql"), "utf8"));
const source = readFileSync(join(root, "web/entities/run-history/documents.ts"), "utf8");
const documents = [...source.matchAll(/graphql\(`([^`]*)`\)/g)].map(([, text]) =>
  parse(text!, { noLocation: true }),
);

/** Fields by the type of event that has them. */
function eventsOf(document: DocumentNode): Map<string, string[]> {
  const found = new Map<string, string[]>();
  visit(document, {
    InlineFragment({ typeCondition, selectionSet }) {
      if (typeCondition) found.set(typeCondition.name.value, namesOf(selectionSet));
    },
  });
  return found;
}
const namesOf = ({ selections }: SelectionSetNode): string[] =>
  selections
    .flatMap((one) => (one.kind === Kind.FIELD ? [one.alias?.value ?? one.name.value] : []))
    .toSorted();
const withOne = (kind: "fragment" | "subscription", name: string): DocumentNode => {
  const named = new RegExp(`${kind} ${name}\\b`);
  const at = [...source.matchAll(/graphql\(`([^`]*)`\)/g)].findIndex(([, text]) => named.test(text!));
  expect(at, `${kind} ${name} is among the documents of a run's history`).toBeGreaterThanOrEqual(0);
  return documents[at]!;
};

test("every kind of event is heard, and the log that is fetched has the same of each as the one that is heard", () => {
  const heard = eventsOf(withOne("subscription", "TrainingEvents"));
  const fetched = eventsOf(withOne("fragment", "LogLine"));
  const kinds = schema.getPossibleTypes(schema.getType("TrainingEvent") as never).map(({ name }) => name);
  expect([...heard.keys()].toSorted()).toEqual([...kinds].toSorted());
  // Losses are fetched as Run.epochs.
  heard.delete("EpochCompleted");
  expect(Object.fromEntries(fetched)).toEqual(Object.fromEntries(heard));
});
