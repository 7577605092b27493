/** Tells whether two requests with one idempotency key ask for the same. */
import { createHash } from "node:crypto";
import { recipeFields } from "../recipe/catalogue.ts";
import type { StartTrainingRequest } from "./services.ts";

/**
 * SHA-256 of what is asked for, whatever the order of fields. Keys never expire, so what this hashes to must stay: a field
 * that came later than a key was not asked for then, and its default asks for the same.
 */
export function hashRequest({ idempotencyKey: _, ...request }: StartTrainingRequest): string {
  const asked = { ...request, ...(request.preset == null && withoutPreset(request)) };
  return createHash("sha256")
    .update(JSON.stringify(canonical(asked)))
    .digest("hex");
}

/**
 * The hyperparameters as the first releases hashed them: their GraphQL schema filled in a default where a field was
 * omitted, not where it was null. A preset's request is hashed as it was made, since its values may change.
 */
function withoutPreset(request: StartTrainingRequest): Record<string, unknown> {
  const asked: Readonly<Record<string, unknown>> = { ...request };
  return Object.fromEntries(
    recipeFields.map(({ name, field }) => {
      const value = asked[name];
      if (field.since === 1) return [name, value === undefined ? field.default : value];
      return [name, isSame(value, field.default) ? null : value];
    }),
  );
}

const isSame = (one: unknown, other: unknown): boolean =>
  JSON.stringify(canonical(one)) === JSON.stringify(canonical(other));

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).filter(([, part]) => part !== null && part !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([k, v]) => [k, canonical(v)]));
}
