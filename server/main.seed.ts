/** Gives a first start something to look at: the sample series, and one training on it. */
import { readFile } from "node:fs/promises";
import { connectPorts } from "./compose.ts";
import { createLogger } from "./log.ts";
import { firstTraining } from "./recipe/presets.ts";
import { importSampleSeries } from "./services/import-sample-series.ts";
import { startTraining } from "./services/start-training.ts";
import { readServerSettings, settingsOrExit } from "./settings/settings.ts";

const projectFolder = import.meta.url.includes("/dist/") ? "../.." : "..";
const sampleFile = new URL(`${projectFolder}/prisma/sample-data/sp500-2000.csv`, import.meta.url);

const settings = settingsOrExit(readServerSettings);
const ports = await connectPorts(settings, createLogger("first start", settings.logLevel));
try {
  const readSampleFile = () => readFile(sampleFile, "utf8");
  const series = await importSampleSeries({ priceSeries: ports.series, readSampleFile })();
  if (series !== null) {
    // The key makes it one training, also when two starts seed the same database at once.
    const start = startTraining({ ...ports, jobs: ports.queue });
    await start({ ...firstTraining.request, priceSeriesId: series.id, idempotencyKey: "first-start" });
  }
} finally {
  await ports.close();
}
process.exit(0);
