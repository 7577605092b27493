/** The product in one process: real services and database, the API on a free port, and a worker that trains. */
import pino from "pino";
import { composeApi } from "../../server/compose.ts";
import { startTestApi } from "./api.ts";
import { openTrainingBackend, startTestWorker } from "./worker.ts";

export type TestProduct = Awaited<ReturnType<typeof startTestProduct>>;

export async function startTestProduct() {
  const backend = await openTrainingBackend();
  const worker = await startTestWorker(backend);
  const { services, ping, close } = await composeApi({ databaseUrl: backend.url }, pino({ level: "silent" }));
  const api = await startTestApi(services, ping);
  return {
    api,
    services,
    worker,
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
