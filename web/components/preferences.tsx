/** How one person wants to see the dashboard: kept in this browser, told to nobody. */
"use client";
import { useSyncExternalStore } from "react";
import { chooseTheme, onThemeChange, readThemeChoice } from "../lib/theme.ts";
import type { ThemeChoice } from "../lib/theme-choice.ts";
import { chooseLanguage } from "../lib/words/choose-language.ts";
import { type Language, language, languages } from "../lib/words/language.ts";
import { t } from "../lib/words/t.ts";
import { IconButton } from "./icon-button.tsx";
import styles from "./preferences.module.css";
import type { UpColour } from "./price-plot/plot-style.ts";
import { useUpColour } from "./price-plot/up-colour.ts";
import { Segmented } from "./segmented.tsx";

const themes = (): readonly { value: ThemeChoice; name: string }[] => [
  { value: "system", name: t("As the system") },
  { value: "light", name: t("Light") },
  { value: "dark", name: t("Dark") },
];
const upColours = (): readonly { value: UpColour; name: string }[] => [
  { value: "green", name: t("Green up") },
  { value: "red", name: t("Red up") },
];
/** Each in itself, so that who is lost finds the way back. */
const ownNames: Readonly<Record<Language, string>> = { en: "English", zh: "简体中文" };
const choices = languages.map((value) => ({ value, name: ownNames[value] }));
const sliders = "M3 6h8M15 6h2M3 14h2M9 14h8M13 4v4M7 12v4";

export function Preferences() {
  const theme = useSyncExternalStore(onThemeChange, readThemeChoice, () => "system" as const);
  const [upColour, setUpColour] = useUpColour();
  return (
    <div>
      <IconButton name={t("Preferences")} path={sliders} popoverTarget="preferences" />
      <div id="preferences" popover="auto" className={styles.list}>
        <h2>{t("Preferences")}</h2>
        <div className={styles.choice}>
          <p aria-hidden>{t("Language")}</p>
          <Segmented label={t("Language")} value={language()} choices={choices} onChange={chooseLanguage} />
        </div>
        <div className={styles.choice}>
          <p aria-hidden>{t("Theme")}</p>
          <Segmented label={t("Theme")} value={theme} choices={themes()} onChange={chooseTheme} />
        </div>
        <div className={styles.choice}>
          <p aria-hidden>{t("Rising prices")}</p>
          <Segmented
            label={t("Rising prices are")}
            value={upColour}
            choices={upColours()}
            onChange={setUpColour}
          />
        </div>
        <p className={styles.kept}>{t("Kept in this browser.")}</p>
      </div>
    </div>
  );
}
