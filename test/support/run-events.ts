/** What a run's events tell. */
import type { RunEvent } from "../../server/domain/run-event.ts";

export const epochsIn = (events: readonly RunEvent[]) =>
  events.flatMap(({ body }) => (body.kind === "epoch" ? [body.epoch] : []));

export const statusesIn = (events: readonly RunEvent[]) =>
  events.flatMap(({ body }) => (body.kind === "status" ? [body.status] : []));
