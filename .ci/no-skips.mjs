/**
 * Fails when a test was skipped although CI brought what it needs (a browser, docker-compose, proxies, root): a test that
 * never runs promises nothing. Only those may be skipped that read files from beside the project, where none lie there.
 */
import { existsSync, readFileSync } from "node:fs";

const { testResults } = JSON.parse(readFileSync(process.env.TEST_RESULTS, "utf8"));
const skipped = testResults.flatMap(({ name, assertionResults }) =>
  assertionResults
    .filter(({ status }) => ["pending", "skipped", "todo", "disabled"].includes(status))
    .map(({ fullName }) => `${name.replace(`${process.cwd()}/`, "")}: ${fullName}`),
);
const fromBeside = [/SH600519/, /original/i];
const wrong = skipped.filter((test) => existsSync("../shared") || !fromBeside.some((one) => one.test(test)));
for (const test of wrong) console.error(`skipped, and must not be: ${test}`);
process.exit(wrong.length > 0 ? 1 : 0);
