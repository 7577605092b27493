import type { Catalogue } from "../catalogue.ts";

export const startTraining: Catalogue = {};
