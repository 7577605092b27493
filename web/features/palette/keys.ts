/** The keys that work everywhere, and those of the list of runs, as people read them. */

export const keyGroups: readonly {
  readonly title: string;
  readonly keys: readonly (readonly [keys: string, does: string])[];
}[] = [
  {
    title: "Everywhere",
    keys: [
      ["Ctrl K", "Find a run, a series or an action (⌘ K on a Mac)"],
      ["/", "Search on this page"],
      ["?", "Show these keys"],
      ["Esc", "Close what is open, or go one step back in a chart"],
    ],
  },
  {
    title: "In the list of runs",
    keys: [
      ["j", "Down"],
      ["k", "Up"],
      ["x", "Choose"],
      ["c", "Compare the chosen ones"],
      ["Enter", "Open"],
    ],
  },
  {
    title: "In a chart",
    keys: [
      ["← →", "Read its values one by one"],
      ["+ −", "Look closer, look further"],
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
