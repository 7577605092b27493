/** Engines are loaded once and kept: the next run starts without the wait. */
import type { EngineName } from "../domain/run.ts";
import type { Engine } from "../engine/engine.ts";

export function keptEngines(
  load: (name: EngineName) => Promise<Engine>,
): (name: EngineName) => Promise<Engine> {
  const kept = new Map<EngineName, Promise<Engine>>();
  return (name) => {
    const engine = kept.get(name) ?? load(name);
    kept.set(name, engine);
    // One that failed to load is tried again with the next run.
    engine.catch(() => kept.delete(name));
    return engine;
  };
}
