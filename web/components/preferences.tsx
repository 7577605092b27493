/** How one person wants to see the dashboard: kept in this browser, told to nobody. */
"use client";
import { useSyncExternalStore } from "react";
import { chooseTheme, onThemeChange, readThemeChoice } from "../lib/theme.ts";
import type { ThemeChoice } from "../lib/theme-choice.ts";
import { IconButton } from "./icon-button.tsx";
import styles from "./preferences.module.css";
import type { UpColour } from "./price-plot/plot-style.ts";
import { useUpColour } from "./price-plot/up-colour.ts";
import { Segmented } from "./segmented.tsx";

const themes: readonly { value: ThemeChoice; name: string }[] = [
  { value: "system", name: "As the system" },
  { value: "light", name: "Light" },
  { value: "dark", name: "Dark" },
];
const upColours: readonly { value: UpColour; name: string }[] = [
  { value: "green", name: "Green up" },
  { value: "red", name: "Red up" },
];
const sliders = "M3 6h8M15 6h2M3 14h2M9 14h8M13 4v4M7 12v4";

export function Preferences() {
  const theme = useSyncExternalStore(onThemeChange, readThemeChoice, () => "system" as const);
  const [upColour, setUpColour] = useUpColour();
  return (
    <div>
      <IconButton name="Preferences" path={sliders} popoverTarget="preferences" />
      <div id="preferences" popover="auto" className={styles.list}>
        <h2>Preferences</h2>
        <div className={styles.choice}>
          <p aria-hidden>Theme</p>
          <Segmented label="Theme" value={theme} choices={themes} onChange={chooseTheme} />
        </div>
        <div className={styles.choice}>
          <p aria-hidden>Rising prices</p>
          <Segmented label="Rising prices are" value={upColour} choices={upColours} onChange={setUpColour} />
        </div>
        <p className={styles.kept}>Kept in this browser.</p>
      </div>
    </div>
  );
}
