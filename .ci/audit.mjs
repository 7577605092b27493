/** Lists the advisories on what the product runs on, and fails on high ones. Says so where the registry does not answer. */
import { spawnSync } from "node:child_process";

const { stdout } = spawnSync("npm", ["audit", "--omit=dev", "--json"], { encoding: "utf8" });
const report = parse(stdout);
if (report?.metadata?.vulnerabilities === undefined) {
  console.log("audit: the registry has no advisories to give; nothing was checked");
  process.exit(0);
}
const grave = Object.values(report.vulnerabilities).filter(({ severity }) =>
  ["high", "critical"].includes(severity),
);
console.log(`audit: ${JSON.stringify(report.metadata.vulnerabilities)}`);
for (const { name, severity, range, via } of grave) {
  const titles = via.map((cause) => (typeof cause === "string" ? cause : `${cause.title} (${cause.url})`));
  console.error(`audit: ${name} ${range} is ${severity}: ${titles.join("; ")}`);
}
process.exit(grave.length > 0 ? 1 : 0);

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
