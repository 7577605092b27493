/** Gives a first start something to look at: the sample series, and three recipes trained on it. */
import { readFile } from "node:fs/promises";
import { connectPorts } from "./compose.ts";
import { createLogger } from "./log.ts";
import { firstTrainings } from "./recipe/presets.ts";
import { importSampleSeries } from "./services/import-sample-series.ts";
import { startExperiment } from "./services/start-experiment.ts";
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
    const queues = { ...ports, jobs: ports.queue };
    for (const { id, title, seeds } of firstTrainings) {
      const training = { preset: id, name: title, priceSeriesId: series.id };
      // The key makes it one training, also when two starts seed the same database at once.
      const idempotencyKey = `first-start ${id}`;
      if (seeds === 1) await startTraining(queues)({ ...training, idempotencyKey });
      else await startExperiment(queues)({ name: title, plan: "SEEDS", seeds, training, idempotencyKey });
    }
  }
} finally {
  await ports.close();
}
process.exit(0);
