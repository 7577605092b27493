/** The kinds of tests; each is a project of vitest.config.ts. */
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

// Not "extends: true": a project would inherit globalSetup too, and start a PostgreSQL of its own.
export const project = (name: string, include: string[], timeoutMs: number) => ({
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

export const unit = project("unit", ["test/unit/**/*.test.ts", "test/*.test.ts"], 10_000);

/** React components, each alone in a document without a browser. */
const alone = project("components", ["test/components/**/*.test.tsx"], 20_000);
export const components = {
  ...alone,
  // PostCSS, the usual one, warns of itself.
  css: { transformer: "lightningcss" as const },
  oxc: { jsx: { runtime: "automatic" as const } },
  test: {
    ...alone.test,
    environment: "happy-dom",
    setupFiles: ["test/components/support/setup.ts"],
    // For real: what a stylesheet hides is hidden, and a class that it has not is none.
    css: { include: [/\.module\.css$/] },
  },
};
