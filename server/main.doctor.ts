/** `npm run doctor`: which engines this machine has, how fast they are, and how to get those that are missing. */
import { hostname } from "node:os";
import { fastest, probeEngines } from "./engine/catalogue.ts";
import { diagnosis } from "./engine/diagnosis.ts";
import { openProbeMemory, writeOnly } from "./engine/probe-memory.ts";
import { cacheFolder } from "./settings.ts";

const about = `${hostname()}: ${process.platform} ${process.arch}, Node.js ${process.versions.node}`;
// Asked afresh, whatever is remembered; the workers that start next have the new answers.
const reports = await probeEngines(writeOnly(openProbeMemory(cacheFolder(process.env))));
process.stdout.write(`${diagnosis(reports, about)}\n`, () => process.exit(fastest(reports) ? 0 : 1));
