/** How the tests run: five kinds, one embedded PostgreSQL for the whole run. */
import { createRequire } from "node:module";
import { defineConfig } from "vitest/config";

const require = createRequire(import.meta.url);

// Not "extends: true": a project would inherit globalSetup too, and start a PostgreSQL of its own.
const project = (name: string, include: string[], timeoutMs: number) => ({
  resolve: {
    // Vitest would load graphql once as a module and once as CommonJS, and graphql refuses to be two.
    alias: [{ find: /^graphql$/, replacement: require.resolve("graphql") }],
  },
  // TypeGraphQL's decorators are the older, "experimental" ones.
  oxc: { decorator: { legacy: true } },
  test: {
    name,
    include,
    setupFiles: ["test/support/property-seed.ts"],
    testTimeout: timeoutMs,
    hookTimeout: Math.max(30_000, timeoutMs),
    server: { deps: { inline: ["type-graphql", "graphql-scalars"] } },
  },
});

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
      project("unit", ["test/unit/**/*.test.ts", "test/*.test.ts"], 10_000),
      project("engine", ["test/engine/**/*.test.ts"], 120_000),
      project("integration", ["test/integration/**/*.test.ts"], 60_000),
      project("e2e", ["test/e2e/**/*.test.ts"], 120_000),
      // Alone, when the others are done: it measures how long the product lets others wait.
      alone(project("fuzz", ["test/fuzz/**/*.test.ts"], 60_000)),
    ],
  },
});
