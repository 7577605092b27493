/** The keys that work everywhere, and those of the list of runs, as people read them. */
import { t } from "../../lib/words/t.ts";

interface KeyGroup {
  readonly title: string;
  readonly keys: readonly (readonly [keys: string, does: string])[];
}

export const keyGroups = (): readonly KeyGroup[] => [
  {
    title: t("Everywhere"),
    keys: [
      ["Ctrl K", t("Find a run, a series or an action (⌘ K on a Mac)")],
      ["/", t("Search on this page")],
      ["?", t("Show these keys")],
      ["Esc", t("Close what is open, or go one step back in a chart")],
    ],
  },
  {
    title: t("In the list of runs"),
    keys: [
      ["j", t("Down")],
      ["k", t("Up")],
      ["x", t("Choose")],
      ["c", t("Compare the chosen ones")],
      ["Enter", t("Open")],
    ],
  },
  {
    title: t("In a chart"),
    keys: [
      ["← →", t("Read its values one by one")],
      ["+ −", t("Look closer, look further")],
    ],
  },
];

interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** What a key asks for. @param isTyping where letters belong into a field */
export function askedBy(pressed: Pressed, isTyping: boolean): "palette" | "search" | "keys" | null {
  const { key, ctrlKey, metaKey, altKey } = pressed;
  if (altKey) return null;
  if (ctrlKey || metaKey) return key.toLowerCase() === "k" ? "palette" : null;
  if (isTyping) return null;
  if (key === "/") return "search";
  return key === "?" ? "keys" : null;
}
