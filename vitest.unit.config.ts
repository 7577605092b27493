/**
 * `npm run test:unit` and `test:watch`: what needs no database, no browser and no built product. All but the look at every
 * regular expression (12 s) and the reader of CSV against thousands of made-up files (10 s), which say the same from one save
 * to the next; `npm test` has them.
 */
import { defineConfig } from "vitest/config";
import { components, unit } from "./vitest.projects.ts";

// Not isolated: what 110 files load is loaded once for each of two workers.
const slow = ["test/expressions.test.ts", "test/unit/csv-{fast-path,hostile,properties}.test.ts"];
const quick = { ...unit, test: { ...unit.test, exclude: slow, isolate: false } };

export default defineConfig({ test: { projects: [quick, components], maxWorkers: 2 } });
