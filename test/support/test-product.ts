/** The product in one process: real services and database, the API on a free port, and a worker that trains. */
import pino from "pino";
import { composeApi } from "../../server/compose.ts";
import type { Engine } from "../../server/engine/engine.ts";
import { readyNetworks } from "../../server/machine/ready-networks.ts";
import { startTestApi } from "./api.ts";
import { openTrainingBackend, startTestWorker } from "./worker.ts";

export type TestProduct = Awaited<ReturnType<typeof startTestProduct>>;

/** @param engine what trains and predicts, the quick linear one when absent */
export async function startTestProduct(engine?: Engine) {
  const backend = await openTrainingBackend();
  const worker = await startTestWorker(backend, engine && { loadEngine: async () => engine });
  const { services, ping, close } = await composeApi(
    { databaseUrl: backend.url },
    pino({ level: "silent" }),
    // A linear model's weights fit no network.
    engine ? readyNetworks() : readyNetworks([() => worker.engine]),
  );
  const api = await startTestApi(services, ping);
  return {
    api,
    services,
    worker,
    backend,
    /** Of the series that the backend begins with. */
    seriesId: backend.seriesId,
    async close() {
      await api.close();
      await close();
      await worker.drain();
      await backend.close();
    },
  };
}
