/** The browser that the bench drives: the one that CHROMIUM_PATH names, or the machine's own. */
import { existsSync } from "node:fs";

const usualPlaces = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

export function findBrowser() {
  const found = process.env.CHROMIUM_PATH ?? usualPlaces.find((path) => existsSync(path));
  if (!found)
    throw new Error(
      `a Chromium is needed, and there is none at ${usualPlaces.join(", ")}: set CHROMIUM_PATH`,
    );
  return found;
}

export const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // Every page counts, also those behind the first one.
  "--disable-renderer-backgrounding",
  "--disable-backgrounding-occluded-windows",
];
