/** The chart colours of the moment; they follow the reader's choice of light or dark. */
"use client";
import { useEffect, useState } from "react";
import { type ChartTheme, readChartTheme } from "./chart-theme.ts";
import { onThemeChange } from "./theme.ts";

/** Null until the browser has told. */
export function useChartTheme(): ChartTheme | null {
  const [theme, setTheme] = useState<ChartTheme | null>(null);
  useEffect(() => {
    const read = () => {
      const style = getComputedStyle(document.documentElement);
      setTheme(readChartTheme((variable) => style.getPropertyValue(variable)));
    };
    read();
    return onThemeChange(read);
  }, []);
  return theme;
}
