/** Light or dark: by the reader's choice, kept in the browser, and as the system has it until there is one. */
import { type ThemeChoice, themeChoices } from "./theme-choice.ts";

const key = "gatecast.theme";
const chosen = "gatecast:theme-chosen";
const changed = "gatecast:theme";

/**
 * Runs before the first paint, so that no page flashes in the other theme, and goes on keeping the page's theme: the one
 * place that sets it.
 */
export const themeScript = `(() => {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const apply = () => {
    let kept = null;
    try { kept = localStorage.getItem("${key}"); } catch {}
    const theme = kept === "light" || kept === "dark" ? kept : dark.matches ? "dark" : "light";
    document.documentElement.dataset.theme = theme;
    dispatchEvent(new Event("${changed}"));
  };
  apply();
  dark.addEventListener("change", apply);
  addEventListener("storage", apply);
  addEventListener("${chosen}", apply);
})();`;

export function readThemeChoice(): ThemeChoice {
  try {
    const kept = localStorage.getItem(key);
    return themeChoices.find((choice) => choice === kept) ?? "system";
  } catch {
    return "system";
  }
}

export function chooseTheme(choice: ThemeChoice): void {
  try {
    localStorage.setItem(key, choice);
  } catch {
    return; // a browser that keeps nothing goes by the system
  }
  dispatchEvent(new Event(chosen));
}

/** @returns what ends the listening. Forced colours change what is drawn, too. */
export function onThemeChange(hear: () => void): () => void {
  const forced = matchMedia("(forced-colors: active)");
  addEventListener(changed, hear);
  forced.addEventListener("change", hear);
  return () => {
    removeEventListener(changed, hear);
    forced.removeEventListener("change", hear);
  };
}
