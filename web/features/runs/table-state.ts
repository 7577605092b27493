/** What the address says of the table: which runs, in which order, with which columns. Pure. */
import type { RunFilter, RunSort, RunStatus } from "../../graphql/generated/graphql.ts";
import { word } from "../../lib/format.ts";
import { t } from "../../lib/words/t.ts";

export const tabs = ["all", "active", "beat-naive", "failed", "archived"] as const;
export type Tab = (typeof tabs)[number];
export const tabNames = (): Readonly<Record<Tab, string>> => ({
  all: t("All"),
  active: t("Active"),
  "beat-naive": t("Beat naive"),
  failed: t("Failed"),
  archived: t("Archived"),
});

export interface Asked {
  readonly tab: Tab;
  readonly search: string;
  readonly where: string;
  /** "-skill": the largest first. */
  readonly sort: string;
}

const ofTab: Readonly<Record<Tab, RunFilter>> = {
  all: { archived: false },
  active: { archived: false, status: ["QUEUED", "RUNNING"] },
  "beat-naive": { archived: false, beatsNaive: true },
  failed: { archived: false, status: ["FAILED"] },
  archived: { archived: true },
};

const statuses: readonly RunStatus[] = ["QUEUED", "RUNNING", "SUCCEEDED", "FAILED", "CANCELLED"];

/** States that a row shows as a word that begins so, in the reader's language. */
const statusesAs = (words: string): RunStatus[] =>
  statuses.filter((status) => word(status).toLowerCase().startsWith(words.toLowerCase()));

function searchOf(words: string): RunFilter {
  const searchStatus = statusesAs(words);
  return searchStatus.length > 0 ? { search: words, searchStatus } : { search: words };
}

export const filterOf = ({ tab, search, where }: Pick<Asked, "tab" | "search" | "where">): RunFilter => ({
  ...ofTab[tab],
  ...(search.trim() && searchOf(search.trim())),
  ...(where.trim() && { expression: where.trim() }),
});

export const usualSort = "-createdAt";

export const sortOf = (sort: string): RunSort => ({
  by: sort.replace(/^-/, ""),
  descending: sort.startsWith("-"),
});

export const flipped = (sort: string): string => (sort.startsWith("-") ? sort.slice(1) : `-${sort}`);

/** The first click shows what one looks for: the best, the newest; the second turns it round. */
export function nextSort(
  sort: string,
  column: string,
  better: "LOWER" | "HIGHER" | null,
  isText: boolean,
): string {
  const usual = better === "LOWER" || isText ? column : `-${column}`;
  if (sort !== usual) return usual;
  return usual.startsWith("-") ? column : `-${column}`;
}

export const isNarrowed = ({ tab, search, where }: Pick<Asked, "tab" | "search" | "where">): boolean =>
  tab !== "all" || search.trim() !== "" || where.trim() !== "";
