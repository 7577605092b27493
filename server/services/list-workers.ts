/** The workers that are there, and those lost within the last hour. */
import type { WorkerRegistry } from "../ports/workers.ts";
import type { Services } from "./services.ts";

export const listWorkers =
  ({ workers }: { readonly workers: Pick<WorkerRegistry, "list"> }): Services["listWorkers"] =>
  () =>
    workers.list();
