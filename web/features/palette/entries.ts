/** What the palette offers for what is typed, in its order. Pure. */
import { listed } from "../../entities/run/listed.ts";
import type { PaletteQuery } from "../../graphql/generated/graphql.ts";
import { word } from "../../lib/format.ts";
import type { ThemeChoice } from "../../lib/theme-choice.ts";
import { t } from "../../lib/words/t.ts";

export type Act =
  | { readonly kind: "go"; readonly href: string }
  | { readonly kind: "theme"; readonly theme: ThemeChoice }
  | { readonly kind: "keys" };

export interface Entry {
  readonly key: string;
  readonly group: "Actions" | "Runs" | "Series";
  readonly name: string;
  readonly note: string;
  readonly act: Act;
}

const go = (name: string, href: string, words = ""): [string, Act, string] => [
  name,
  { kind: "go", href },
  words,
];
const theme = (name: string, choice: ThemeChoice): [string, Act, string] => [
  name,
  { kind: "theme", theme: choice },
  t("find|colours appearance"),
];
/** With words that people may look for instead of the name. */
const actions = (): readonly [name: string, act: Act, words: string][] => [
  go(t("New run"), "/runs/new", t("find|start train")),
  go(t("Import prices"), "/series", t("find|csv file upload")),
  go(t("What is happening now"), "/", t("find|home live")),
  go(t("All runs"), "/runs", t("find|table list")),
  go(t("Compare runs"), "/compare", t("find|differences")),
  go(t("All series"), "/series", t("find|prices catalogue")),
  go(t("System"), "/system", t("find|workers engines queue")),
  go(t("Screen on a wall"), "/?wall=1", t("find|large")),
  theme(t("Dark theme"), "dark"),
  theme(t("Light theme"), "light"),
  theme(t("Theme as the system has it"), "system"),
  [t("Keys"), { kind: "keys" }, t("find|shortcuts help")],
];

/** Every typed word begins one of the words, in any order; Chinese, which has no spaces, may stand anywhere. */
function fits(text: string, typed: string): boolean {
  const words = text.toLowerCase().split(/[\s,，]+/);
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((part) =>
      words.some((word) => (/\p{Script=Han}/u.test(part) ? word.includes(part) : word.startsWith(part))),
    );
}

/**
 * Actions first: what comes from the server a moment later must not move beneath a finger that is about to press Enter.
 * @param isCurrent false: `found` answers an earlier question, and of it only what has the typed words in sight is offered
 */
export function entriesFor(typed: string, found: PaletteQuery | undefined, isCurrent: boolean): Entry[] {
  const asked = typed.trim();
  const fitting = actions()
    .filter(([name, , words]) => asked === "" || fits(`${name} ${words}`, asked))
    .map(([name, act]): Entry => ({ key: name, group: "Actions", name, note: "", act }));
  if (!found) return fitting;
  const runs = found.runs.edges.map(
    ({ node: { id, name, status, priceSeries } }): Entry => ({
      ...{ key: id, group: "Runs", name, note: listed([priceSeries.symbol, word(status)]) },
      act: { kind: "go", href: `/runs/${id}` },
    }),
  );
  const series = found.allPriceSeries.edges.map(
    ({ node: { id, symbol, name } }): Entry => ({
      ...{ key: id, group: "Series", name: name ?? symbol, note: name ? symbol : "" },
      act: { kind: "go", href: `/series/${id}` },
    }),
  );
  const things = [...runs, ...series].filter(
    ({ name, note }) => isCurrent || asked === "" || fits(`${name} ${note}`, asked),
  );
  return [...fitting, ...things];
}

/** The place that an arrow leads to; round the ends. */
export function moved(at: number, key: string, count: number): number {
  if (count === 0) return -1;
  if (key === "ArrowDown") return (at + 1) % count;
  if (key === "ArrowUp") return (at - 1 + count) % count;
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  return at;
}
