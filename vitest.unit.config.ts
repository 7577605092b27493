/** `npm run test:unit` and `test:watch`: what needs no database, no browser and no built product. */
import { defineConfig } from "vitest/config";
import { unit } from "./vitest.projects.ts";

export default defineConfig({ test: { projects: [unit] } });
