/** What the page says of workers. Pure. */
import type { SystemQuery } from "../../graphql/generated/graphql.ts";
import { compactBytes, percent } from "../../lib/format.ts";
import { t } from "../../lib/words/t.ts";

export type Worker = SystemQuery["workers"][number];

/** Several of one machine are told apart by their device slot or, where they have none, by their number. */
export function workerName({ id, host, name }: Worker, all: readonly Worker[]): string {
  if (name !== null) return `${host}, ${name}`;
  const namesakes = all.filter((one) => one.host === host && one.name === null);
  return namesakes.length > 1 ? `${host}, ${namesakes.findIndex((one) => one.id === id) + 1}` : host;
}

/** "42% of its machine, 310 MB"; a dash while nothing is known. */
export const loadInWords = ({ load, memoryBytes }: Worker): string =>
  load === null || memoryBytes === null
    ? "–"
    : t("{load} of its machine, {memory}", { load: percent(load), memory: compactBytes(memoryBytes) });
