/** Tells whether two requests with one idempotency key ask for the same. */
import { createHash } from "node:crypto";
import type { StartTrainingRequest } from "./services.ts";

/** SHA-256 of what is asked for: the order of fields does not matter, nor whether a default is null or absent. */
export function hashRequest({ idempotencyKey: _, weightDecay, ...request }: StartTrainingRequest): string {
  // The API fills in 0, which keys from before there was a weight decay were stored without.
  const asked = { ...request, weightDecay: weightDecay === 0 ? null : weightDecay };
  return createHash("sha256")
    .update(JSON.stringify(canonical(asked)))
    .digest("hex");
}

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).filter(([, part]) => part !== null && part !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([k, v]) => [k, canonical(v)]));
}
