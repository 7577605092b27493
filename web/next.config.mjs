/**
 * How the dashboard is built. It runs inside the API's process, on its port; see server/main.api.ts. No TypeScript: Next
 * reads this file at each start, and would need its compiler (97 MB) in the image for it.
 */
import { join } from "node:path";

const root = join(import.meta.dirname, "..");

/** @type {import("next").NextConfig} */
const config = {
  // Both are guessed from lock files otherwise, and wrongly so when the project sits inside another one.
  outputFileTracingRoot: root,
  turbopack: { root },
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
  // npm run dev serves pages under this name, too.
  allowedDevOrigins: ["127.0.0.1"],
  // Turns /_next/image off: it would fetch and resize what an address asks for, and nothing here needs it.
  images: { unoptimized: true },
};
export default config;
