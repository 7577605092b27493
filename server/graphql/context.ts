/** What every resolver is given, the same over HTTP and over WebSocket: one for each operation. */
import type { Services } from "../services/services.ts";
import { createLoaders, type Loaders } from "./loaders.ts";

export interface Context {
  readonly services: Services;
  readonly loaders: Loaders;
  /** Whoever has the same one may be given the very same answer. There are no accounts yet: all are one audience. */
  readonly audience: string;
}

export const createContext = (services: Services): Context => ({
  services,
  loaders: createLoaders(services),
  audience: "everyone",
});
