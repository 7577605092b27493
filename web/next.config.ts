/** How the dashboard is built. It runs inside the API's process, on its port; see server/main.api.ts. */
import { join } from "node:path";
import type { NextConfig } from "next";

const root = join(import.meta.dirname, "..");

const config: NextConfig = {
  // Both are guessed from lock files otherwise, and wrongly so when the project sits inside another one.
  outputFileTracingRoot: root,
  turbopack: { root },
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
};
export default config;
