/**
 * `npm run test:unit` and `test:watch`: what needs no database, no browser and no built product. All but the look at every
 * regular expression, which takes 12 s and changes nothing from one save to the next; `npm test` has it.
 */
import { defineConfig } from "vitest/config";
import { unit } from "./vitest.projects.ts";

// Not isolated: what 110 files load is loaded once for each of two workers.
const quick = { ...unit, test: { ...unit.test, exclude: ["test/expressions.test.ts"], isolate: false } };

export default defineConfig({ test: { projects: [quick], maxWorkers: 2 } });
