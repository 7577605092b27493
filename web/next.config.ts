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
  // Turns /_next/image off: it would fetch and resize what an address asks for, and nothing here needs it.
  images: { unoptimized: true },
};
export default config;
