/** How all tests run: one embedded PostgreSQL for the whole run. */
import { defineConfig } from "vitest/config";
import { components, project, unit } from "./vitest.projects.ts";

const alone = (it: ReturnType<typeof project>) => ({
  ...it,
  test: { ...it.test, fileParallelism: false, sequence: { groupOrder: 1 } },
});

export default defineConfig({
  test: {
    // For .ci/run, which counts.
    reporters: process.env.TEST_RESULTS
      ? ["default", ["json", { outputFile: process.env.TEST_RESULTS }]]
      : ["default"],
    globalSetup: ["test/support/global-setup.ts"],
    projects: [
      unit,
      components,
      project("engine", ["test/engine/**/*.test.ts"], 120_000),
      project("integration", ["test/integration/**/*.test.ts"], 120_000),
      project("e2e", ["test/e2e/**/*.test.ts"], 120_000),
      // Alone, when the others are done: it measures how long the product lets others wait.
      alone(project("fuzz", ["test/fuzz/**/*.test.ts"], 60_000)),
    ],
  },
});
