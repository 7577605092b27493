/** Loads each engine once and keeps it, so that the next run need not wait. */
import type { EngineName } from "../domain/run.ts";
import type { Engine } from "../engine/engine.ts";

export function keptEngines(
  load: (name: EngineName) => Promise<Engine>,
): (name: EngineName) => Promise<Engine> {
  const kept = new Map<EngineName, Promise<Engine>>();
  return (name) => {
    const engine = kept.get(name) ?? load(name);
    kept.set(name, engine);
    // If an engine fails to load, the next run tries again.
    engine.catch(() => kept.delete(name));
    return engine;
  };
}
