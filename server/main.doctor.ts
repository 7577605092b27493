/** `npm run doctor`: which engines this machine has, how fast they are, how to get those that are missing, and whether its disk has room. */
import { hostname } from "node:os";
import { spaceWarning } from "./free-space.ts";
import { fastest, probeEngines } from "./machine/catalogue.ts";
import { diagnosis } from "./machine/diagnosis.ts";
import { openProbeMemory, writeOnly } from "./machine/probe-memory.ts";
import { cacheFolder } from "./settings/cache-folder.ts";
import { readSettings, settingsOrExit } from "./settings/settings.ts";

const about = `${hostname()}: ${process.platform} ${process.arch}, Node.js ${process.versions.node}`;
// Probes again, whatever is remembered; workers that start later use the new answers.
const reports = await probeEngines(writeOnly(openProbeMemory(cacheFolder(process.env))));
const { databaseUrl, dataFolder } = settingsOrExit(readSettings);
const warning = databaseUrl === null ? spaceWarning(dataFolder) : null;
const answer = [diagnosis(reports, about), ...(warning === null ? [] : [warning])].join("\n\n");
process.stdout.write(`${answer}\n`, () => process.exit(fastest(reports) ? 0 : 1));
